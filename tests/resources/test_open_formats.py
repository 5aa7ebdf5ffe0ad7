"""BMLT, HSDS and linked data: each is what its standard says, and comes in again as it went out."""

import json
import re
import uuid
from datetime import date, time

import pytest
from django.urls import reverse

from resources.feeds import read
from resources.models import Group, Listing, Organization
from tests.resources.factories import AccessFactory, ListingFactory, ProgramFactory, ScheduleFactory
from tests.resources.feeding import counts, make_source, run_file
from tests.resources.going_out import BARE, BMLT, EVENING, HSDS, JSONP, TABLE, essence, hall, linked_data, meeting

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


ROUND_TRIPS = [("table", f"{TABLE}?kind=meeting"), ("bmlt", BMLT), ("hsds", HSDS)]


@pytest.mark.parametrize(("format", "url"), ROUND_TRIPS, ids=["table", "bmlt", "hsds"])
def test_an_empty_directory_is_filled_from_what_another_one_gives_out(client, format, url):
    one_day = {**EVENING, "rrule": "FREQ=WEEKLY;BYDAY=TU"}
    places = [hall(name=f"Hall {n}") for n in range(3)]
    names = {meeting(one_day, name=f"@Meeting {n}", place=place).name for n, place in enumerate(places)}
    payload = client.get(url).content
    Listing.objects.all().delete()
    source = make_source(format=format, default_tz="")

    first, second = run_file(source, payload), run_file(source, payload)

    assert {"added": 3, "rejected": 0}.items() <= counts(first).items()
    assert {"added": 0, "changed": 0, "same": 3, "missing": 0}.items() <= counts(second).items()
    assert {listing.name for listing in Listing.objects.all()} == names
    # HSDS has no word for a meeting, so there it comes back as a service of another kind.
    before, after = (read(format, said, BARE).entries for said in (payload, client.get(url).content))
    assert sorted((essence(each.entry) for each in before), key=str) == sorted(
        (essence(each.entry) for each in after), key=str
    )


def test_a_meeting_comes_back_from_bmlt_as_it_went_out(client):
    meeting(name="Hope")

    reading = read("bmlt", client.get(BMLT).content, BARE)

    same = {"starts_at": "19:00", "minutes": 90, "tz": "America/New_York"}
    assert [essence(each.entry) for each in reading.entries] == [
        ("Hope", [{"rrule": f"FREQ=WEEKLY;BYDAY={day}", **same}], ["+15550100100"]) for day in ("MO", "WE")
    ]
    [entry, _other] = (each.entry for each in reading.entries)
    assert (entry["venue"], entry["facets"], entry["place"]["city"]) == ("hybrid", ["open"], "Springfield")
    assert (entry["place"]["latitude"], entry["access"][0]["url"]) == ("39.920000", "https://zoom.us/j/123")


def test_every_value_of_bmlt_is_text_and_days_count_from_sunday(client):
    meeting({**EVENING, "rrule": "FREQ=DAILY"})

    records = client.get(BMLT).json()

    assert [row["weekday_tinyint"] for row in records] == ["2", "3", "4", "5", "6", "7", "1"]
    assert {type(value) for row in records for value in row.values()} == {str}
    assert len({row["id_bigint"] for row in records}) == 7
    assert all(int(row["id_bigint"]) < 2**53 for row in records)
    assert (records[0]["start_time"], records[0]["duration_time"]) == ("19:00:00", "01:30:00")


def test_a_guess_at_a_place_and_what_meets_on_a_screen_have_no_coordinates(client):
    meeting(place=hall(precision="approximate"))
    meeting(venue="online")

    assert {row["latitude"] for row in client.get(BMLT).json()} == {""}


def test_a_client_of_bmlt_gets_the_formats_that_are_used_and_the_one_service_body(client):
    meeting()

    found = client.get(f"{BMLT}?switcher=GetSearchResults&get_used_formats").json()
    everything = client.get(f"{BMLT}?switcher=GetFormats").json()
    [body] = client.get(f"{BMLT}?switcher=GetServiceBodies").json()

    assert {row["key_string"] for row in found["formats"]} == {"O", "HY"}
    assert {row["formats"] for row in found["meetings"]} == {"HY,O"}
    assert {row["service_body_bigint"] for row in found["meetings"]} == {body["id"]}
    assert {"TC", "VM", "HY"} <= {row["key_string"] for row in everything}
    assert client.get(f"{BMLT}?switcher=GetChanges").status_code == 400


@pytest.mark.parametrize("name", ["callback", "jQuery1_2", "crouton.load", "$", "_" * 64])
def test_jsonp_calls_the_function_that_a_page_names(client, name):
    meeting()

    response = client.get(JSONP, {"callback": name})

    text = response.content.decode()
    assert json.loads(text.removeprefix(f"/**/{name}(").removesuffix(");")) == client.get(BMLT).json()
    assert response["Content-Type"].startswith("application/javascript")
    assert (response["X-Content-Type-Options"], response["Cross-Origin-Resource-Policy"]) == ("nosniff", "cross-origin")
    assert text.isascii()


@pytest.mark.parametrize(
    "name",
    ["", "alert(1)", "a;b", "a b", "1a", ".a", "a\n", "a-b", "<script>", "a[0]", "é", "aé", "a" * 65, "a\u2028b"],
)
def test_jsonp_calls_nothing_that_is_no_name(client, name):
    response = client.get(JSONP, {"callback": name})

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert "callback" in response.content.decode()
    assert not name or name not in response.content.decode() or name == "a b"


@pytest.mark.parametrize(
    ("when", "same"),
    [
        (EVENING, {"rrule": "FREQ=WEEKLY;BYDAY=MO,WE", "starts_at": "19:00", "minutes": 90, "tz": "America/New_York"}),
        (
            {"rrule": "FREQ=MONTHLY;BYDAY=1TU,-1FR", "starts_at": time(8), "minutes": None, "tz": "Asia/Kolkata"},
            {"rrule": "FREQ=MONTHLY;BYDAY=1TU,-1FR", "starts_at": "08:00", "tz": "Asia/Kolkata"},
        ),
        (
            {**EVENING, "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "valid_from": date(2026, 1, 4),
             "valid_until": date(2026, 3, 29)},
            {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "starts_at": "19:00", "minutes": 90,
             "tz": "America/New_York", "valid_from": "2026-01-04", "valid_until": "2026-03-29"},
        ),
        ({"always_open": True}, {"always_open": True}),
    ],
    ids=["weekly", "monthly", "every second week", "always"],
)  # fmt: skip
def test_a_service_comes_back_from_hsds_as_it_went_out(client, when, same):
    listing = ListingFactory(kind="treatment", sub_kind="facility", venue="in_person", place=hall(), name="A center")
    ScheduleFactory(listing=listing, **{"always_open": False, **when})
    AccessFactory(listing=listing, number="1-800-555-0142")

    [found] = read("hsds", client.get(HSDS).content, BARE).entries

    assert essence(found.entry) == ("A center", [same], ["18005550142"])
    assert (found.key, found.entry["place"]["postal_code"]) == (str(listing.pk), "01234")


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        ({"interval": 2}, [{"text": "Every second Monday"}]),
        ({"interval": "2", "dtstart": "2026-01-05"}, [{"text": "Every second Monday"}]),
        ({"closes_at": None}, [{"rrule": "FREQ=WEEKLY;BYDAY=MO", "starts_at": "08:00", "tz": "Europe/London",
                                "text": "Every second Monday"}]),
    ],
    ids=["no day to count from", "not a number", "no end"],
)  # fmt: skip
def test_what_skips_weeks_is_never_read_as_every_week(schedule, hours):
    row = {
        "freq": "WEEKLY", "byday": "MO", "opens_at": "08:00", "closes_at": "09:00",
        "description": "Every second Monday", "attributes": [{"value": "Europe/London"}], **schedule,
    }  # fmt: skip
    service = {"id": "1", "name": "A center", "status": "active", "schedules": [row]}

    [found] = read("hsds", json.dumps([service]).encode(), BARE).entries

    assert found.entry["hours"] == hours


def test_a_text_telephone_comes_back_as_one(client):
    AccessFactory(method="tty", number="1-800-555-0143")

    [found] = read("hsds", client.get(HSDS).content, BARE).entries

    assert [(way["method"], way["number"]) for way in found.entry["access"]] == [("tty", "1-800-555-0143")]


STATUSES = {"active", "inactive", "defunct", "temporarily closed"}


def wrong_parts(part, path="service"):
    """Say what the standard would not have: each rule restates one of its schemas."""
    required = {
        "service": {"name", "status"}, "organization": {"name", "description"}, "location": {"location_type"},
        "program": {"name", "description"}, "phones": {"number"}, "attributes": {"link_id"},
        "addresses": {"address_1", "city", "state_province", "postal_code", "country", "address_type"},
    }  # fmt: skip
    kind = path.rpartition(".")[2]
    checks = {
        "id": str(uuid.UUID(part["id"])) == part["id"],
        "required": required.get(kind, set()) <= part.keys(),
        "status": part.get("status", "active") in STATUSES,
        "location_type": part.get("location_type", "physical") in {"physical", "postal", "virtual"},
        "freq": part.get("freq", "WEEKLY") in {"WEEKLY", "MONTHLY"},
        "times": all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", part.get(n, "00:00")) for n in ("opens_at", "closes_at")),
        "days": all(re.fullmatch(r"\d{4}-\d\d-\d\d", part.get(n, "2000-01-01"))
                    for n in ("valid_from", "valid_to", "dtstart", "until", "assured_date")),
        "numbers": all(isinstance(part.get(n, 0), (int, float))
                       for n in ("latitude", "longitude", "timezone", "interval", "extension", "minimum_age")),
        "country": len(part.get("country", "US")) == 2,
    }  # fmt: skip
    found = [f"{path}: {name}" for name, holds in checks.items() if not holds]
    for name, value in part.items():
        for inner in value if isinstance(value, list) else [value]:
            found += wrong_parts(inner, f"{path}.{name}") if isinstance(inner, dict) else []
    return found


def test_every_service_is_what_the_standard_asks_for(client):
    run_by = Organization.objects.create(name="Runners", slug="runners", type="charity", url="https://run.example/")
    meeting(organization=run_by, program=ProgramFactory(), place=hall(step_free=True), youngest=18, cost="free")
    meeting({**EVENING, "rrule": "FREQ=DAILY"}, place=hall(address="", city="", postal_code="", region=""))
    meeting({**EVENING, "rrule": "FREQ=DAILY;INTERVAL=3", "valid_from": date(2026, 1, 1)}, place=None, venue="online")
    meeting({"by_appointment": True}, status="temporarily_closed")
    AccessFactory(extension="012", listing=ListingFactory(group=Group.objects.create(name="Group")))
    AccessFactory(extension="12", method="tty", listing=Listing.objects.first())

    page = client.get(HSDS).json()

    assert [found for service in page["contents"] for found in wrong_parts(service)] == []
    assert len(page["contents"]) == 5
    assert client.get(HSDS).json() == page


def test_the_same_organization_has_the_same_id_in_all_its_services(client):
    run_by = Organization.objects.create(name="Runners", slug="runners")
    for _each in range(2):
        meeting(organization=run_by)

    services = client.get(HSDS).json()["contents"]

    assert len({service["organization"]["id"] for service in services}) == 1
    assert len({service["id"] for service in services}) == 2


def test_an_offset_is_that_of_winter_and_the_zone_stands_beside_it(client):
    meeting()

    [schedule] = client.get(HSDS).json()["contents"][0]["schedules"]

    assert schedule["timezone"] == -5
    assert [each["value"] for each in schedule["attributes"]] == ["America/New_York"]


def test_pages_together_are_the_whole_each_once(client):
    for _each in range(5):
        meeting()
    meeting(status="suspended")

    pages = [client.get(HSDS, {"page": number, "per_page": 2}).json() for number in (1, 2, 3, 4)]

    ids = [service["id"] for page in pages for service in page["contents"]]
    assert sorted(ids) == sorted(str(each.pk) for each in Listing.objects.exclude(status="suspended"))
    assert [page["size"] for page in pages] == [2, 2, 1, 0]
    assert [(page["first_page"], page["last_page"], page["empty"]) for page in pages] == [
        (True, False, False), (False, False, False), (False, True, False), (False, True, True),
    ]  # fmt: skip
    assert {(page["total_items"], page["total_pages"]) for page in pages} == {(5, 3)}


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=501", "page=-1", "page=9999999", "page=1&per_page=²"])
def test_a_page_that_is_none_is_refused_in_words(client, query):
    response = client.get(f"{HSDS}?{query}")

    assert response.status_code == 400
    assert "500" in response.content.decode()


def test_the_page_of_a_meeting_says_in_linked_data_what_it_shows(client):
    listing = meeting(name="Hope", cost="free")

    said = linked_data(client, listing)

    assert (said["@context"], said["@type"], said["name"]) == ("https://schema.org", "Event", "Hope")
    assert said["@id"] == f"http://testserver{listing.get_absolute_url()}"
    assert said["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert said["eventSchedule"] == [{
        "@type": "Schedule", "repeatFrequency": "P1W", "startTime": "19:00:00", "endTime": "20:30:00",
        "duration": "PT90M", "scheduleTimezone": "America/New_York",
        "byDay": ["https://schema.org/Monday", "https://schema.org/Wednesday"],
    }]  # fmt: skip
    assert [part["@type"] for part in said["location"]] == ["Place", "VirtualLocation"]


def test_the_page_of_a_line_gives_its_numbers_as_they_are_dialled(client):
    line = ListingFactory()
    AccessFactory(listing=line, number="1-800-555-0142")
    AccessFactory(listing=line, method="text", number="741741", number_type="sms_keyword", keyword="HOME")
    ScheduleFactory(listing=line)

    said = linked_data(client, line)

    assert [point["telephone"] for point in said["contactPoint"]] == ["1-800-555-0142", "741741"]
    assert said["contactPoint"][0]["hoursAvailable"][0]["closes"] == "23:59"
    assert said["contactPoint"][1]["description"] == "Text HOME to 741741"


def test_the_page_of_a_treatment_center_is_a_clinic_and_a_closed_one_is_not_open(client):
    center = ListingFactory(kind="treatment", sub_kind="facility", venue="in_person", place=hall())
    closed = meeting(status="temporarily_closed", venue="in_person")

    said = linked_data(client, center)

    assert (said["@type"], said["geo"]["latitude"]) == ("MedicalClinic", 39.92)
    assert linked_data(client, closed)["eventStatus"] == "https://schema.org/EventPostponed"


def test_no_text_ends_the_element_that_holds_the_linked_data(client):
    text = "</script><script>alert(1)</script><!-- & \u2028"
    listing = meeting(name=text[:60], notes=text, place=hall(name=text))

    page = client.get(listing.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert linked_data(client, listing)["name"] == text[:60]


def test_the_list_links_the_feeds_for_whoever_wants_them(client):
    page = client.get(reverse("resources:listing-list")).content.decode()

    for url in (TABLE, BMLT, HSDS, reverse("resources:meetings-feed")):
        assert f'href="{url}"' in page
