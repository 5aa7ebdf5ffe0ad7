"""The calendar feed: read by another program, it says when and never what for."""

import re
from datetime import date, time, timedelta

import pytest
import recurring_ical_events
from django.utils import timezone
from icalendar import Calendar

from reminders import feed, services, ways
from reminders.models import CalendarFeed
from tests.reminders.factories import utc

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT_SIX = utc(2026, 3, 6, 0)  # Thursday the 5th, 18:00 in Chicago; the clocks change on the 8th


def test_the_feed_is_off_until_an_address_is_made(client, as_alice, alice):
    services.set_daily(person=alice, at=time(19), now=timezone.now())
    assert "Off" in as_alice.get("/you/reminders/calendar/").content.decode()

    page = as_alice.post("/you/reminders/calendar/", {"deed": "open"}).content.decode()
    path = re.search(r"/feeds/calendar/[\w-]+\.ics", page)[0]
    answer = client.get(path)

    assert answer["Content-Type"].startswith("text/calendar")
    assert b"A minute for you" in answer.content
    assert path not in as_alice.get("/you/reminders/calendar/").content.decode()  # shown once
    assert path.split("/")[-1].removesuffix(".ics") not in CalendarFeed.objects.get().token_hash


def test_a_new_address_ends_the_one_before_and_off_ends_all(client, as_alice, alice):
    first, second = ways.open_feed(person=alice), ways.open_feed(person=alice)

    assert client.get(f"/feeds/calendar/{first}.ics").status_code == 404
    assert client.get(f"/feeds/calendar/{second}.ics").status_code == 200

    as_alice.post("/you/reminders/calendar/", {"deed": "close"})
    assert client.get(f"/feeds/calendar/{second}.ics").status_code == 404


def test_another_program_reads_each_moment_of_the_wall_over_a_change_of_clocks(alice):
    services.set_reminder(person=alice, kind="check-in", times=[time(8), time(19)], days=0b111_1111, now=AT_SIX)

    calendar = Calendar.from_ical(feed.calendar_of(alice, AT_SIX))
    events = recurring_ical_events.of(calendar).between(date(2026, 3, 7), date(2026, 3, 10))

    starts = sorted(event["DTSTART"].dt for event in events)
    assert starts == [
        utc(2026, 3, 7, 1),  # the 6th, 19:00
        utc(2026, 3, 7, 14),
        utc(2026, 3, 8, 1),
        utc(2026, 3, 8, 13),  # an hour sooner, in UTC
        utc(2026, 3, 9, 0),
        utc(2026, 3, 9, 13),
    ]


def test_the_feed_says_nothing_about_the_person_or_what_it_is_for(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)

    text = feed.calendar_of(alice, AT_SIX).decode()

    assert not re.search(r"alice|check|recover|sober|craving|mood|medic", text, re.IGNORECASE)
    assert set(re.findall(r"^SUMMARY:(.*)\r$", text, re.MULTILINE)) == {"A minute for you"}


def test_the_feed_keeps_a_pause(alice):
    services.set_daily(person=alice, at=time(19), now=AT_SIX)
    services.pause(person=alice, until=date(2026, 3, 20), now=AT_SIX)

    calendar = Calendar.from_ical(feed.calendar_of(alice, AT_SIX))

    assert min(event["DTSTART"].dt for event in calendar.walk("VEVENT")) > utc(2026, 3, 20) + timedelta(hours=6)
