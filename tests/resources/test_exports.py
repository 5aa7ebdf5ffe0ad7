"""What leaves the directory: readable by the programs that read such feeds, and without anything secret."""

import gzip
import json
import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
import recurring_ical_events
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from resources.exports import calendar
from resources.exports.links import JOINABLE, public_url
from resources.models import Listing, Schedule
from tests.resources.factories import AccessFactory, ListingFactory, ScheduleFactory
from tests.resources.feeding import feed, make_source, meeting, run_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FEED = reverse("resources:meetings-feed")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def fetched(client, **headers):
    return client.get(FEED, headers=headers)


def warnings(records):
    """Say what a meeting finder would warn of; each rule restates one of its checks."""
    seen, found = set(), []
    for row in records:
        checks = {
            "duplicate slug": row["slug"] in seen,
            "invalid start": "time" in row and not CLOCK.fullmatch(row["time"]),
            "invalid end": "end_time" in row and not CLOCK.fullmatch(row["end_time"]),
            "negative length": "end_time" in row and row["end_time"] <= row["time"],
            "day without time": ("day" in row) != ("time" in row),
            "several days": "day" in row and row["day"] not in range(7),
            "invalid updated": not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["updated"]),
            "unknown conference": "conference_url" in row
            and not str(urlsplit(row["conference_url"]).hostname).endswith(JOINABLE),
            "conference phone": not re.fullmatch(r"[0-9+,*#]*", row.get("conference_phone", "")),
            "no address": not row.get("formatted_address"),
            "no timezone": "time" in row and "timezone" not in row,
            "regions": None in row.get("regions", []),
            "slug": not re.fullmatch(r"[a-z0-9-]{1,64}", row["slug"]),
        }
        seen.add(row["slug"])
        found += [f"{row['slug']}: {name}" for name, fires in checks.items() if fires]
    return found


ROWS = [
    meeting("a", day=[0, 2, 4], types=["O", "S", "W", "X"]),
    meeting("b", time="23:30", end_time="00:30"),
    meeting("c", day=None, time=None),
    meeting("d", types=["TC"], location=None, formatted_address="Springfield, OH, USA"),
    meeting("e", conference_url="https://us02web.zoom.us/j/123?pwd=hunter2", conference_url_notes="Passcode: hunter2"),
    meeting("f", conference_url="https://unknown.example.org/room"),
    meeting("g", conference_phone="+1 555 010 0100,,123#", notes="Kind room.\nPW: hunter2", contact_1_name="Ana Lopez"),
]  # fmt: skip


def test_a_meeting_finder_warns_of_nothing(client):
    run_file(make_source(), feed(*ROWS))

    records = fetched(client).json()

    assert warnings(records) == []
    assert len(records) == len(ROWS) + 2
    assert sorted(r["day"] for r in records if r["name"] == "Meeting a") == [0, 2, 4]


def test_what_a_feed_said_comes_out_again(client):
    run_file(make_source(), feed(meeting("a", types=["O", "S", "W", "X", "12x12"])))

    [row] = fetched(client).json()

    given = meeting("a")
    place = ("location", "formatted_address", "regions", "latitude", "longitude")
    for name in ("name", "day", "time", "end_time", *place):
        assert row[name] == given[name]
    assert row["types"] == ["12x12", "O", "S", "W", "X"]
    assert row["timezone"] == "America/New_York"


def test_nothing_secret_leaves_and_nobody_is_named(client):
    run_file(make_source(), feed(*ROWS))

    text = fetched(client).content.decode()

    assert "hunter2" not in text
    assert "Lopez" not in text
    assert "contact" not in text


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://zoom.us/j/1?pwd=x", "https://zoom.us/j/1"),
        ("https://zoom.us/j/1?uname=a&PWD=x#success", "https://zoom.us/j/1?uname=a"),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_a_link_leaves_without_its_password(url, public):
    assert public_url(url) == public


def test_drafts_lines_and_what_has_closed_for_good_are_not_in_the_feed(client):
    ScheduleFactory(listing=ListingFactory(kind="meeting", draft=True), always_open=False, by_appointment=True)
    ScheduleFactory(listing=ListingFactory(kind="hotline"))
    assert fetched(client).json() == []


def test_what_is_not_weekly_is_left_out_of_the_feed(client):
    rule = {"always_open": False, "starts_at": time(19), "minutes": 60, "tz": "America/New_York"}
    ScheduleFactory(listing=ListingFactory(kind="meeting"), rrule="FREQ=MONTHLY;BYDAY=1TU", **rule)
    ScheduleFactory(listing=ListingFactory(kind="meeting", name="Weekly"), rrule="FREQ=WEEKLY;BYDAY=TU", **rule)

    assert [row["name"] for row in fetched(client).json()] == ["Weekly"]


def test_the_feed_is_packed_and_not_sent_again_while_nothing_has_changed(client):
    run_file(make_source(), feed(meeting("a")))

    plain, packed = fetched(client), fetched(client, accept_encoding="gzip")
    again = fetched(client, if_none_match=plain["ETag"])
    entry = Listing.objects.get()
    entry.name = "Under another name"
    entry.save()
    changed = fetched(client, if_none_match=plain["ETag"])

    assert gzip.decompress(packed.content) == plain.content
    assert (again.status_code, again.content, packed["ETag"]) == (304, b"", plain["ETag"])
    assert changed.status_code == 200


def test_a_short_number_never_gets_a_plus(client, as_alice):
    AccessFactory(listing=ListingFactory(kind="meeting"), method="text", number="741741", number_type="short_code")
    ScheduleFactory(listing=Listing.objects.get(), always_open=False, by_appointment=True)

    said = fetched(client).content.decode() + json.dumps(as_alice.get("/api/v1/listings/").json())

    assert "741741" in said
    assert "+1741741" not in said


ZONES = ["America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe"]
RULES = [
    ("FREQ=WEEKLY;BYDAY=MO,WE", {}), ("FREQ=DAILY", {}), ("FREQ=MONTHLY;BYDAY=1TU", {}),
    ("FREQ=MONTHLY;BYDAY=-1SU", {}), ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", {"valid_from": date(2026, 1, 4)}),
    ("FREQ=WEEKLY;BYDAY=SU", {"valid_until": date(2026, 3, 31), "exdates": ["2026-03-15"]}),
    ("FREQ=WEEKLY;BYDAY=FR", {"rdates": ["2026-03-18"]}),
]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.sampled_from(RULES),
    zone=st.sampled_from(ZONES),
    # Nothing between two and three: on the night when the clocks skip it, readers of calendars disagree.
    begins=st.times().filter(lambda t: t.hour not in {1, 2, 3}).map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.sampled_from([30, 60, 90, 600]),
)
def test_a_calendar_falls_on_the_same_days_as_the_directory_says(rule, zone, begins, minutes):
    listing = ListingFactory.build(kind="meeting")
    schedule = Schedule(listing=listing, rrule=rule[0], starts_at=begins, minutes=minutes, tz=zone, **rule[1])
    listing._prefetched_objects_cache = {"schedules": [schedule]}
    first = date(2026, 2, 20)

    made = Calendar.from_ical(calendar.make(listing, datetime(2026, 1, 1, tzinfo=UTC)))

    last = first + timedelta(days=60)
    around = (first - timedelta(days=2), last + timedelta(days=2))
    events = recurring_ical_events.of(made).between(*(datetime.combine(day, time(), UTC) for day in around))
    theirs = {(e.start.astimezone(UTC), e.end.astimezone(UTC)) for e in events if first <= e.start.date() <= last}
    assert theirs == {(o.begins, o.ends) for o in schedule.repeat.between(first, last)}


def test_a_calendar_says_when_and_where_and_not_what(client):
    run_file(make_source(), feed(meeting("a", name="A telling name", notes="Private words")))
    listing = Listing.objects.get()

    response = client.get(reverse("resources:listing-calendar", args=[listing.slug]))
    text = response.content.decode()

    assert "SUMMARY:Meeting" in text
    assert "Mill Lane" in text
    assert "telling" not in text
    assert "Private" not in text
    assert "BEGIN:VTIMEZONE" in text
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))


def test_without_a_rule_there_is_no_calendar(client):
    listing = ScheduleFactory().listing

    assert client.get(reverse("resources:listing-calendar", args=[listing.slug])).status_code == 404
