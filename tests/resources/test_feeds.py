"""What readers make of rows: every quirk here stands in some real feed."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.feeds import Defaults, UnreadableFeed, read, values
from resources.feeds.reading import MOST_BYTES, RejectedRow
from tests.resources.feeding import DEFAULTS, entry_of, feed, meeting, read_rows


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("19:00", "19:00"), ("9:05", "09:05"), ("19:30:00", "19:30"), ("8:00 PM", "20:00"), ("12:15 pm", "12:15"),
        ("12:00 AM", "00:00"), ("noon", "12:00"), ("midnight", "00:00"), ("7 p.m.", "19:00"), ("8:00p", "20:00"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(said, meant):
    assert values.wall_time(said) == meant


@pytest.mark.parametrize("said", ["25:00", "12:60", "13:00 am", "soon", "", None, [1], "24:01"])
def test_what_is_no_time_rejects_its_row(said):
    with pytest.raises(RejectedRow):
        values.wall_time(said)


@pytest.mark.parametrize(
    ("said", "base", "days"),
    [
        (0, 0, [6]), (6, 0, [5]), ("1", 0, [0]), ("7", 0, [6]), (1, 1, [6]), ("7", 1, [5]), ("Sunday", 0, [6]),
        ("tuesdays", 0, [1]), ("Mon, Wed", 0, [0, 2]), ([5, 1], 0, [0, 4]), ("Ongoing", 0, []), ("the", 0, []),
        (None, 0, []), ("", 0, []), ([2, 2], 0, [1]),
    ],
)  # fmt: skip
def test_days_are_read_in_every_count_of_the_week(said, base, days):
    assert values.weekdays(said, base) == days


@pytest.mark.parametrize("said", [8, -1, "someday", "t", "d3"])
def test_what_is_no_day_rejects_its_row(said):
    with pytest.raises(RejectedRow, match="no day"):
        values.weekdays(said)


@given(st.times(), st.times())
def test_an_end_that_is_not_later_lies_on_the_next_day(start, end):
    minutes = values.minutes_between(f"{start:%H:%M}", f"{end:%H:%M}")

    assert 1 <= minutes <= 1440
    assert (start.hour * 60 + start.minute + minutes) % 1440 == end.hour * 60 + end.minute


def test_a_zone_is_trimmed_and_never_guessed():
    assert entry_of(timezone=" Europe/Moscow")["hours"][0]["tz"] == "Europe/Moscow"
    assert entry_of()["hours"][0]["tz"] == "America/New_York"
    [issue] = read_rows(meeting("a", timezone="Mars/Olympus"), meeting("b")).rejected
    assert issue.at == "[0]"
    assert "no time zone" in issue.says


def test_without_any_zone_a_row_is_rejected_and_not_put_into_utc():
    with pytest.raises(UnreadableFeed, match="time zone"):
        read_rows(meeting(), defaults=Defaults(country="US"))


def test_a_hall_abroad_keeps_the_time_of_its_own_country():
    [here, there] = read_rows(
        meeting("a"), meeting("b", formatted_address="1 Keizersgracht, 1015 Amsterdam, Noord-Holland, Netherlands")
    ).entries

    assert here.entry["hours"][0]["tz"] == "America/New_York"
    assert (there.entry["country"], there.entry["hours"][0]["tz"]) == ("NL", "Europe/Amsterdam")


@pytest.mark.parametrize("updated", ["0023-03-31", "never", "2999-01-01", ""])
def test_a_moment_out_of_range_is_left_out(updated):
    assert read_rows(meeting(updated=updated)).entries[0].updated == ""


def test_a_moment_in_american_order_is_read():
    assert read_rows(meeting(updated="8/25/2022 11:17:07 AM")).entries[0].updated.startswith("2022-08-25T11:17:07")


@pytest.mark.parametrize(
    ("latitude", "longitude", "kept"),
    [
        (39.92, -83.81, ("39.920000", "-83.810000")), ("39.92", "-83.81", ("39.920000", "-83.810000")),
        (0, 0, None), (-83.81, 239.0, None), ("nan", 1, None), (121.5, 31.2, ("31.200000", "121.500000")),
        ("39.9200000000000000000000000000000000001", "-83.81", ("39.920000", "-83.810000")), (None, None, None),
    ],
)  # fmt: skip
def test_coordinates_are_on_earth_or_left_out(latitude, longitude, kept):
    assert values.coordinates(latitude, longitude) == kept


@pytest.mark.parametrize(
    ("changes", "venue", "status"),
    [
        ({}, "in_person", "active"),
        ({"conference_url": "https://zoom.us/j/1"}, "hybrid", "active"),
        ({"conference_url": "https://zoom.us/j/1", "types": ["TC"]}, "online", "active"),
        ({"types": ["TC"]}, "in_person", "temporarily_closed"),
        ({"types": ["tc", "O"]}, "in_person", "temporarily_closed"),
        ({"attendance_option": "inactive"}, "in_person", "temporarily_closed"),
        ({"conference_url": "https://zoom.us/j/1", "approximate": "yes"}, "online", "active"),
        ({"conference_url": "https://zoom.us/j/1", "formatted_address": "Springfield, OH, USA"}, "online", "active"),
        ({"types": ["ONL"], "conference_phone": "+1 555 010 0100"}, "online", "active"),
    ],
)  # fmt: skip
def test_how_and_whether_it_meets_follows_from_what_the_row_has(changes, venue, status):
    entry = entry_of(**changes)

    assert (entry["venue"], entry["status"]) == (venue, status)


def test_open_and_closed_at_once_is_closed():
    assert entry_of(types=["O", "C"])["facets"] == ["closed"]


def test_a_meeting_on_a_screen_has_no_steps():
    online = entry_of(types=["X", "XB", "BA", "ST"], conference_url="https://zoom.us/j/1", attendance_option="online")

    assert online["facets"] == ["steps"]


def test_a_code_is_kept_beside_its_program_whatever_it_means_elsewhere():
    assert entry_of(types=["SL", "AC", "12x12"])["codes"] == ["aa:12x12", "aa:AC", "aa:SL"]


def test_text_is_plain_and_entities_are_decoded_once():
    entry = entry_of(notes="Ring <b>twice</b><br>then wait &amp;amp; sit<script>alert(1)</script>\u202e")

    assert entry["notes"] == "Ring twice\nthen wait &amp; sitalert(1)"


def test_a_password_goes_where_no_export_reads_and_is_in_no_note():
    entry = entry_of(
        notes="Doors at 7.\nPassword: serenity", conference_url="https://zoom.us/j/1", conference_url_notes="PW: 6124"
    )

    assert entry["notes"] == "Doors at 7."
    assert entry["access"][0]["secret"] == "PW: 6124 Password: serenity"
    assert "6124" not in entry["access"][0]["note"]


def test_what_is_no_number_goes_into_the_notes_and_is_not_lost():
    reading = read_rows(meeting(conference_phone="ID: 372 114, ask for Ann"))

    assert "ID: 372 114, ask for Ann" in reading.entries[0].entry["notes"]
    assert reading.entries[0].entry["access"] == []
    assert [issue.rejected for issue in reading.issues] == [False]


def test_a_number_stays_as_it_is_dialled():
    [way] = entry_of(conference_phone="16694440000,,789591538#")["access"]

    assert (way["number"], way["note"]) == ("16694440000", "Then type 789591538#")


def test_a_region_that_is_null_breaks_nothing():
    assert entry_of(regions=[None, "Springfield", ""])["place"]["regions"] == ["Springfield"]


def test_no_day_or_no_time_is_by_appointment():
    assert entry_of(day=None, time=None)["hours"] == [{"by_appointment": True}]
    assert entry_of(time="")["hours"] == [{"by_appointment": True}]


def test_several_days_in_a_row_are_one_rule():
    assert entry_of(day=[0, 2, 4])["hours"][0]["rrule"] == "FREQ=WEEKLY;BYDAY=TU,TH,SU"


def test_people_are_kept_by_first_name_and_initial_only():
    assert entry_of(contact_1_name="Ana Maria Lopez", contact_1_phone="555 0100")["contacts"] == [
        {"name": "Ana M.", "phone": "555 0100"}
    ]


def test_rows_that_share_a_name_are_told_apart_and_the_same_row_is_there_once():
    reading = read_rows(meeting("twin"), meeting("twin", day=3), meeting("twin"), meeting("twin", day=3))

    assert reading.rows == len(reading.entries) + len(reading.rejected) == 4
    assert len({entry.key for entry in reading.entries}) == 2


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"   ", b"[]", b"{}", b"null", b"7", b"[[]]", b"[1, 2]", b"<html>Just a moment\xe2\x80\xa6</html>",
        feed(meeting())[:-9], b"\xff\xfe\x00[", b"[" * 100_000, b'{"meetings": 5}', b"[NaN]", b'[{"slug": "a"}]',
        b"[" + b"1" * 5_000 + b"]", b"[" + b" " * MOST_BYTES + b"]", b"[" + b"{}," * 2_100_000 + b"{}]",
    ],
    ids=range(18),
)  # fmt: skip
def test_a_file_that_is_no_feed_is_refused_in_words(payload):
    for format in ("meeting_guide", "bmlt", "find_treatment", "hsds", "table"):
        with pytest.raises(UnreadableFeed) as refused:
            read(format, payload, DEFAULTS)
        assert str(refused.value).endswith(".")


WORDS = st.text(max_size=9)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
JSON = SCALAR | st.lists(SCALAR, max_size=2) | st.dictionaries(st.sampled_from("ab"), SCALAR, max_size=2)


@given(st.dictionaries(st.sampled_from([*meeting(), "conference_url", "conference_phone", "state", "id"]), JSON))
def test_no_row_however_strange_is_an_uncaught_error(row):
    reading = read_rows(meeting("sound", name="Sound"), row)

    assert reading.rows == len(reading.entries) + len(reading.rejected) == 2


@given(
    st.dictionaries(st.sampled_from(["id", "name", "status", "schedules", "phones", "locations", "languages"]), JSON)
)
def test_no_service_however_strange_is_an_uncaught_error(row):
    sound = {"id": "1", "name": "Sound", "status": "active"}

    reading = read("hsds", json.dumps([sound, row]).encode(), DEFAULTS)

    assert reading.rows == len(reading.entries) + len(reading.rejected) == 2


@given(st.binary(max_size=300))
def test_no_bytes_however_strange_are_an_uncaught_error(payload):
    for format in ("meeting_guide", "bmlt", "find_treatment", "hsds", "table"):
        with suppress(UnreadableFeed):
            assert read(format, payload, DEFAULTS).entries


BMLT = {
    "id_bigint": "12", "meeting_name": "One day", "weekday_tinyint": "1", "start_time": "19:30:00",
    "duration_time": "01:30:00", "time_zone": "", "formats": "O,St,VM", "venue_type": "2", "lang_enum": "en",
    "latitude": "0", "longitude": "0", "virtual_meeting_link": "https://zoom.us/j/1", "published": "1",
    "location_nation": "USA", "location_province": "NY", "location_municipality": "New York",
}  # fmt: skip


def test_bmlt_counts_its_days_from_one_and_its_lengths_in_hours():
    [found] = read("bmlt", json.dumps([BMLT]).encode(), DEFAULTS).entries

    assert found.key == "12"
    assert found.entry["hours"] == [
        {"rrule": "FREQ=WEEKLY;BYDAY=SU", "starts_at": "19:30", "tz": "America/New_York", "minutes": 90}
    ]
    assert (found.entry["venue"], found.entry["facets"]) == ("online", ["open", "steps"])
    assert "latitude" not in found.entry["place"]


def test_what_a_bmlt_server_keeps_back_is_marked():
    [found] = read("bmlt", json.dumps([{**BMLT, "published": "0"}]).encode(), DEFAULTS).entries

    assert found.entry["withheld"]


TABLE = (
    "Meeting Name,Weekday,Start Time,Street,City,State,Zip,Zoom\n"
    "Early birds,Mondays,7:00 AM,1 Elm St,Dayton,OH,45402,\n"
)


@pytest.mark.parametrize(
    "payload",
    [
        TABLE.encode(), b"\xef\xbb\xbf" + TABLE.encode(), TABLE.replace("\n", "\r").encode("mac_roman"),
        TABLE.replace(",", ";").encode(), TABLE.replace("\n", "\r\n").encode("cp1252"),
    ],
)  # fmt: skip
def test_a_table_is_read_whatever_saved_it(payload):
    [found] = read("table", payload, DEFAULTS).entries

    assert found.entry["name"] == "Early birds"
    assert found.entry["hours"][0]["rrule"] == "FREQ=WEEKLY;BYDAY=MO"
    assert found.entry["place"]["postal_code"] == "45402"


def test_a_mapping_says_which_column_is_which():
    payload = b"Wann,Was\nMonday,Treffen\n"

    with pytest.raises(UnreadableFeed, match="name"):
        read("table", payload, DEFAULTS)
    [found] = read("table", payload, Defaults("DE", "Europe/Berlin", mapping={"name": "Was", "day": "Wann"})).entries
    assert found.entry["name"] == "Treffen"


CENTER = {
    "name1": "Harbor House", "name2": "", "street1": "1 Quay", "city": "Salem", "state": "MA", "zip": "1970",
    "phone": "(999) 999-9999", "intake1": "978-555-0100 x12", "website": "harbor.example.org",
    "latitude": "42.5", "longitude": "-70.9",
    "services": [
        {"f1": "Type of Care", "f2": "TC", "f3": "Detoxification; Intensive outpatient treatment"},
        {"f1": "Opioid Medications used in Treatment", "f2": "OM", "f3": "Buprenorphine used in Treatment"},
        {"f1": "Payment", "f2": "PAY", "f3": "Medicaid; Cash or self-payment"},
    ],
}  # fmt: skip


def test_a_center_is_read_with_its_care_its_payment_and_its_postcode():
    [found] = read("find_treatment", json.dumps({"rows": [CENTER]}).encode(), DEFAULTS).entries

    assert found.entry["facets"] == ["buprenorphine", "detox", "intensive", "medicaid", "self_pay"]
    assert found.entry["medication"] == "welcoming"
    assert found.entry["place"]["postal_code"] == "01970"
    assert [(way["number"], way["extension"]) for way in found.entry["access"]] == [("978-555-0100", "12")]
    assert found.entry["url"] == "https://harbor.example.org"


def test_a_center_without_services_is_read_and_one_that_stands_twice_is_there_once():
    payload = json.dumps({"rows": [{**CENTER, "services": None}, CENTER]}).encode()

    reading = read("find_treatment", payload, DEFAULTS)

    assert len(reading.entries) == len(reading.rejected) == 1


SERVICE = {
    "id": "6f0c0f1e-0000-4000-8000-000000000001", "name": "A helpline", "status": "active",
    "description": "A helpline for families.", "phones": [{"number": "+1741741", "type": "text"}],
    "schedules": [
        {
            "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "08:00", "closes_at": "18:00",
            "attributes": [{"value": "America/Chicago"}],
        }
    ],
    "languages": [{"name": "Spanish"}], "minimum_age": 12, "maximum_age": 25,
}  # fmt: skip


def test_a_service_is_read_and_its_short_number_never_has_a_plus():
    [found] = read("hsds", json.dumps({"contents": [SERVICE]}).encode(), DEFAULTS).entries

    [way] = found.entry["access"]
    assert (found.entry["kind"], way["method"]) == ("hotline", "text")
    assert found.entry["hours"][0] == {
        "rrule": "FREQ=WEEKLY;BYDAY=MO,TU", "starts_at": "08:00", "minutes": 600, "tz": "America/Chicago"
    }  # fmt: skip
    assert (found.entry["languages"], found.entry["youngest"], found.entry["oldest"]) == (["es"], 12, 25)


@pytest.mark.parametrize("status", ["open", "", None])
def test_a_service_without_a_known_status_is_rejected(status):
    with pytest.raises(UnreadableFeed, match="status"):
        read("hsds", json.dumps([{**SERVICE, "status": status}]).encode(), DEFAULTS)
