"""Happening now and near a place: both equal what counting every single row gives."""

from datetime import UTC, date, datetime, time, timedelta
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.models import Listing, Place, Schedule, Slot
from resources.near import Spot, find_spot, near
from resources.now import SOON, going_on
from tests.resources.factories import ListingFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ZONES = ["America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia"]
RULES = [
    "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=SU,MO", "FREQ=WEEKLY;BYDAY=SA", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
]  # fmt: skip
TIMES = [time(0, 0), time(1, 30), time(2, 30), time(12, 0), time(23, 30)]
# Around both changes of the clocks in New York, London and Lord Howe, over the end of a week, and anywhere else.
DAYS = [date(2026, *day) for day in ((3, 8), (3, 29), (4, 5), (10, 4), (10, 25), (11, 1), (6, 1))]
MIDNIGHTS = st.sampled_from(DAYS) | st.dates(date(2026, 1, 1), date(2026, 12, 31))
INSTANTS = st.builds(
    lambda day, seconds: datetime.combine(day, time(), UTC) + timedelta(seconds=seconds),
    MIDNIGHTS,
    st.integers(-30 * 3600, 30 * 3600),
)


@pytest.fixture
def week():
    """Fill the directory with a meeting for each zone, rule and time."""
    listings, schedules = [], []
    for number, (tz, rule, begins) in enumerate((z, r, t) for z in ZONES for r in RULES for t in TIMES):
        listing = ListingFactory.build(kind="meeting", slug=f"us-{number}", name=f"Meeting {number}")
        listing.derive([])
        listings.append(listing)
        more = {"valid_from": date(2026, 1, 4)} if "INTERVAL" in rule else {}
        more |= {"exdates": ["2026-03-08", "2026-06-01"]} if number % 5 == 0 else {}
        minutes = (15, 60, 90, 1440)[number % 4]
        schedules.append(Schedule(listing=listing, rrule=rule, starts_at=begins, minutes=minutes, tz=tz, **more))
    listings[3].status = "temporarily_closed"
    Listing.objects.bulk_create(listings)
    Schedule.objects.bulk_create(schedules)
    Slot.objects.bulk_create(slot for schedule in schedules for slot in schedule.make_slots())
    return list(Schedule.objects.select_related("listing"))


def by_hand(schedules, now, ahead):
    """Go through every day around an instant, one row after the other."""
    found = set()
    for schedule in schedules:
        rule = schedule.repeat
        for day in (now.date() + timedelta(days=n) for n in range(-3, 4)):
            begins = datetime.combine(day, schedule.starts_at, ZoneInfo(schedule.tz)).astimezone(UTC)
            # Python adds to a local time on the wall, which is how an end is announced.
            ends = (begins.astimezone(ZoneInfo(schedule.tz)) + timedelta(minutes=rule.minutes)).astimezone(UTC)
            if rule.falls_on(day) and begins <= now + ahead and ends > now and schedule.listing.status == "active":
                found.add(schedule.listing_id)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(now=INSTANTS, ahead=st.sampled_from([timedelta(0), SOON]))
def test_happening_now_equals_going_through_every_row(week, now, ahead):
    found = set(going_on(Listing.objects.all(), now, ahead).values_list("pk", flat=True))

    assert found == by_hand(week, now, ahead)


def test_a_line_that_is_always_open_is_open_now_and_one_that_is_closed_for_now_is_not():
    lines = [ListingFactory(name=name) for name in ("open", "shut", "shut till today", "opens again")]
    for line in lines:
        Schedule.objects.create(listing=line, always_open=True)
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    for line, until in zip(lines[1:], (None, date(2026, 6, 1), date(2026, 5, 31)), strict=True):
        Listing.objects.filter(pk=line.pk).update(status="temporarily_closed", status_until=until)

    assert {each.name for each in going_on(Listing.objects.all(), now)} == {"open", "opens again"}


def great_circle(lat1, lng1, lat2, lng2):
    a = sin(radians(lat2 - lat1) / 2) ** 2
    a += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lng2 - lng1) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(a)))


SPOTS = [(39.9, -83.8), (39.95, -83.7), (40.4, -83.8), (-36.8, 179.9), (-36.8, -179.9), (89.5, 10.0), (0.1, 0.1)]


@pytest.fixture
def doors():
    made = {}
    for number, (lat, lng) in enumerate(SPOTS):
        place = Place.objects.create(latitude=f"{lat:.6f}", longitude=f"{lng:.6f}", precision="exact", country="US")
        made[ListingFactory(venue="in_person", place=place, name=f"Door {number}").pk] = (lat, lng)
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    where=st.one_of(st.sampled_from(SPOTS), st.tuples(st.floats(-89, 89), st.floats(-180, 180))),
    km=st.sampled_from([2, 25, 100, 5000]),
)
def test_near_equals_the_great_circle(doors, where, km):
    found = list(near(Listing.objects.all(), Spot("x", *where), km))

    apart = {pk: great_circle(*where, *spot) for pk, spot in doors.items()}
    sure = {pk for pk, distance in apart.items() if distance <= km * 0.995}
    assert sure <= {each.pk for each in found} <= {pk for pk, distance in apart.items() if distance <= km * 1.005}
    assert [each.km for each in found] == sorted(each.km for each in found)
    for each in found:
        assert each.km == pytest.approx(apart[each.pk], rel=0.005, abs=0.01)


def test_a_smaller_circle_holds_nothing_that_a_larger_one_does_not(doors):
    spot = Spot("x", 39.9, -83.8)

    rings = [set(near(Listing.objects.all(), spot, km).values_list("pk", flat=True)) for km in (5, 15, 100)]

    assert rings[0] <= rings[1] <= rings[2]
    assert [len(ring) for ring in rings] == [1, 2, 3]


def test_a_screen_and_a_town_without_a_door_are_near_nothing():
    exact = Place.objects.create(latitude="1.0", longitude="1.0", precision="exact", country="US")
    vague = Place.objects.create(latitude="1.0", longitude="1.0", precision="approximate", country="US")
    ListingFactory(venue="online", place=exact)
    ListingFactory(venue="in_person", place=vague)
    ListingFactory(venue="in_person", status="active")

    assert not near(Listing.objects.all(), Spot("x", 1.0, 1.0), 100).exists()


def test_a_town_and_a_postcode_are_known_from_the_directory():
    both = {"precision": "exact", "country": "US", "city": "Springfield"}
    for lat in ("39.9", "39.7"):
        Place.objects.create(latitude=lat, longitude="-83.8", region="OH", postal_code="45501", **both)
    Place.objects.create(latitude="37.2", longitude="-93.3", region="MO", postal_code="65801", **both)

    assert find_spot("springfield") == Spot("springfield", 39.8, -83.8)
    assert find_spot("Springfield,  MO").latitude == pytest.approx(37.2)
    assert find_spot("65801").longitude == pytest.approx(-93.3)
    assert find_spot("Springfield", country="GB") is None
    assert find_spot("Nowhere") is None
    assert find_spot("  ,") is None


@pytest.mark.postgres
def test_words_are_answered_by_the_index():
    ListingFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "resources_listing_words" in Listing.objects.order_by().with_words(["door"]).explain()
