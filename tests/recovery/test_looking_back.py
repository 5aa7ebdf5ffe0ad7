"""Looking back: what changed between two days, and a week in the person's own words."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys
from plans.models import Strategy, StrategyUse, Trigger, TriggerRating
from recovery import since, weeks
from recovery.models import CheckIn, Reflection
from recovery.services import NothingSaid, WeekAhead, keep_reflection, note_use
from recovery.trends import DayValues
from tests.recovery.factories import submission
from tests.recovery.test_today import everything, history

TODAY = dt.date(2025, 6, 12)  # a Thursday
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)
database = pytest.mark.django_db(databases=["default", "keys"])
ratings = st.lists(st.none() | st.integers(0, 10), max_size=40)
some_day = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


def ago(back):
    return TODAY - dt.timedelta(days=back)


def told(values):
    return [DayValues(ago(back), 3, value) for back, value in enumerate(values)]


@pytest.fixture
def _evening():
    with time_machine.travel(NOW, tick=False):
        yield


def text(client, address, **query):
    return " ".join(BeautifulSoup(client.get(address, query).content, "html.parser").main.text.split())


@given(ratings, ratings)
def test_nothing_moved_where_fewer_than_fourteen_answers_say_so(before, after):
    found = {each.key: each for each in since.moved(told(before), told(after))}
    known = [sum(value is not None for value in side) for side in (before, after)]

    if sum(known) < 14 or min(known) < 3:
        assert "craving" not in found
    else:
        assert [found["craving"].before.times, found["craving"].after.times] == known


@given(ratings, ratings)
def test_the_other_way_round_it_moved_the_other_way(before, after):
    there, back = since.moved(told(before), told(after)), since.moved(told(after), told(before))

    assert [each.direction for each in there] == [-each.direction for each in back]


@given(some_day, st.integers(0, 400))
def test_the_stretch_before_is_as_long_and_ends_right_there(first, length):
    last = first + dt.timedelta(days=length)

    assert (first - since.begins_before(first, last)).days == length + 1


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-40, 40), st.integers(1, 10)), max_size=12))
def test_a_rating_changed_only_where_it_ends_otherwise_than_it_began(rows):
    rows = sorted(rows, key=lambda row: row[1])
    told_ratings = [(key, ago(-offset), value) for key, offset, value in rows]

    for key, then, now in since.rating_changes(told_ratings, ago(10), ago(0)):
        inside = [value for name, offset, value in rows if name == key and offset <= 0]
        assert then != now
        assert now == inside[-1]
        assert then in inside


@given(some_day)
def test_a_week_ends_on_the_saturday_that_follows(day):
    ends_on = weeks.week_of(day)

    assert ends_on.weekday() == 5
    assert 0 <= (ends_on - day).days <= 6


@given(some_day)
def test_a_week_is_offered_on_its_last_day_and_the_one_after(today):
    offered = weeks.to_look_back_at(today)

    assert (offered is not None) is (today.weekday() in {5, 6})
    assert offered is None or (today - offered).days in {0, 1}


@database
@pytest.mark.usefixtures("_evening")
def test_two_stretches_are_set_beside_each_other_with_their_answers(as_alice, alice):
    history(alice, 28, craving=lambda day: 2 if day > ago(14) else 6)
    with keys.ring_of(alice.pk):
        work = Trigger.objects.create(person=alice, name="Work", category="stress", impact=4)
        walk = Strategy.objects.create(person=alice, name="A walk", position=1)
    for back, impact in ((40, 8), (3, 4)):
        at = NOW - dt.timedelta(days=back)
        TriggerRating.objects.create(person=alice, trigger=work, impact=impact, rated_at=at)
    StrategyUse.objects.create(person=alice, day=ago(2), strategy=walk, outcome="some", source=submission())
    note_use(person=alice, day=ago(5), now=NOW)

    found = text(as_alice, "/insights/since/", since=ago(13).isoformat(), until=TODAY.isoformat())

    assert "Craving: easing. Usually 6 before, 2 since. From 15 and 13 answers." not in found  # 14 days before
    assert "Craving: easing. Usually 6 before, 2 since. From 14 and 13 answers." in found
    assert "The pull of “Work” went from 8 to 4." in found
    assert "“A walk” helped 1 of 1 time." in found
    assert "Use noted, lights still on: Jun 7" in found


@database
@pytest.mark.usefixtures("_evening")
def test_from_too_few_days_it_says_early_days(as_alice, alice):
    history(alice, 6)

    assert "Early days" in text(as_alice, "/insights/since/")


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-06-10", "2025-06-01", "Swap the two"),
        ("2025-06-10", "2025-06-20", "hasn't come yet"),
        ("2020-01-01", "2025-06-01", "a year apart"),
        ("0001-01-01", "0001-01-02", "mistyped"),
        ("x", "2025-06-01", "like 2025-06-12"),
    ],
)
def test_days_that_span_nothing_are_sent_back_with_what_was_typed(as_alice, first, last, words):
    response = as_alice.get("/insights/since/", {"since": first, "until": last})

    assert response.status_code == 422
    assert words in response.content.decode().replace("&#x27;", "'")
    assert as_alice.get("/api/v1/insights/since/", {"since": first, "until": last}).status_code in {400, 409}


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize("years", [0, 10])
def test_looking_back_costs_the_same_after_ten_years(as_alice, alice, django_assert_max_num_queries, years):
    history(alice, 30 + 365 * years)
    everything(alice)
    as_alice.get("/insights/since/")

    with django_assert_max_num_queries(9):
        as_alice.get("/insights/since/")


@database
@pytest.mark.usefixtures("_evening")
def test_a_week_is_kept_changed_and_deleted(as_alice, alice):
    as_alice.post("/insights/weeks/2025-06-12/", {"worked": "Early to bed", "hard": "", "ahead": "Call Denise"})
    assert "Week to June 14, 2025 Change June 14, 2025 Worked Early to bed Next Call Denise" in text(
        as_alice, "/insights/weeks/"
    )

    as_alice.post("/insights/weeks/2025-06-09/", {"worked": "Swimming"})
    found = text(as_alice, "/insights/weeks/")
    assert "Swimming" in found
    assert "Call Denise" not in found

    as_alice.post("/insights/weeks/2025-06-14/remove/")
    assert not Reflection.objects.of(alice).exists()


@database
@pytest.mark.usefixtures("_evening")
def test_an_empty_week_is_sent_back_and_one_ahead_is_not_there(as_alice, alice):
    assert as_alice.post("/insights/weeks/2025-06-12/", {"worked": "  "}).status_code == 422
    assert as_alice.get("/insights/weeks/2025-06-15/").status_code == 404
    assert as_alice.get("/insights/weeks/9999-12-31/").status_code == 404
    with pytest.raises(WeekAhead):
        keep_reflection(person=alice, day=ago(-3), worked="x", hard="", ahead="", now=NOW)
    with pytest.raises(NothingSaid):
        keep_reflection(person=alice, day=TODAY, worked="", hard=" ", ahead="", now=NOW)


@database
@pytest.mark.parametrize(("day", "offered"), [(13, False), (14, True), (15, True), (16, False)])
def test_today_offers_the_week_when_it_ends(as_alice, alice, day, offered):
    with time_machine.travel(dt.datetime(2025, 6, day, 20, tzinfo=dt.UTC), tick=False):
        assert ("A few words on it?" in text(as_alice, "/today/")) is offered


@database
def test_the_offer_goes_when_it_is_taken_or_put_off(as_alice, as_charlie, alice):
    with time_machine.travel(dt.datetime(2025, 6, 14, 20, tzinfo=dt.UTC), tick=False):
        as_alice.post("/insights/weeks/2025-06-14/", {"hard": "Payday"})
        as_charlie.post("/insights/weeks/not-now/")

        assert "A few words on it?" not in text(as_alice, "/today/")
        assert "A few words on it?" not in text(as_charlie, "/today/")


@database
def test_today_stays_within_twelve_queries_on_a_saturday(as_alice, alice, django_assert_max_num_queries):
    with time_machine.travel(dt.datetime(2025, 6, 15, 1, tzinfo=dt.UTC), tick=False):
        history(alice, 20, craving=lambda day: 8)
        everything(alice)
        as_alice.get("/today/")

        with django_assert_max_num_queries(12):
            assert as_alice.get("/today/").status_code == 200


@database
@pytest.mark.usefixtures("_evening")
def test_over_the_api_a_period_a_stretch_and_a_week(as_alice, alice):
    history(alice, 30, craving=lambda day: 4)
    CheckIn.objects.of(alice).filter(day=ago(3)).update(craving=None)

    month = as_alice.get("/api/v1/insights/").json()
    stretch = as_alice.get("/api/v1/insights/since/", {"since": "2025-05-30", "until": "2025-06-12"}).json()
    week = as_alice.post(
        "/api/v1/reflections/", {"ends_on": "2025-06-10", "worked": "Swimming"}, content_type="application/json"
    )

    assert (month["days"], month["kept"], month["headline"]) == (30, 29, "Cravings have held steady")
    assert [each["craving"] for each in month["points"][-4:]] == [None, 4.0, 4.0, None]
    assert stretch["moved"][0]["word"] == "steady"
    assert (week.status_code, week.json()["ends_on"]) == (201, "2025-06-14")
    assert as_alice.get(f"/api/v1/reflections/{week.json()['id']}/").json()["worked"] == "Swimming"
