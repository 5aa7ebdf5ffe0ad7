"""What a person's days come to, under any sequence of what can happen to them.

The machine does what people do in any order: check in, note use, take it back, move a day, delete, travel. After each
step it counts anew by hand. A check-in never makes a count smaller, use never makes one larger.
"""

import contextlib
import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts import keys
from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans.services.readers import days_lit
from recovery.counts import Walk, firsts, journeys_on_today, walks
from recovery.milestones import Mark, mark_days, next_mark, reached, saved, share, totals
from recovery.models import CheckIn, Journey, Lapse
from recovery.services import (
    change_use,
    note_use,
    remove_checkin,
    save_checkin,
    set_figures,
    start_journey,
    take_back_use,
    tell_use,
)
from reminders.services import move_zone
from tests.recovery.factories import JourneyFactory, LapseFactory

database = pytest.mark.django_db(databases=["default", "keys"])
days = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2035, 12, 31))
TODAY = dt.date(2025, 6, 12)
# Clocks go forward and back in two of these on different days, and the first and last are nearly a day apart.
ZONES = ["Pacific/Kiritimati", "Europe/Berlin", "America/Chicago", "Asia/Kathmandu", "Pacific/Pago_Pago"]
BEGIN = dt.datetime(2025, 3, 8, 6, 30, tzinfo=dt.UTC)  # the night before clocks go forward in Chicago


# Pure arithmetic.


def test_marks_follow_the_days_in_all_and_the_months_follow_the_calendar():
    started = dt.date(2024, 12, 4)
    counted = totals(started_on=started, today=TODAY, use=[])
    assert counted is not None

    behind = reached(total=counted.total, today=TODAY)

    assert [mark.words for mark in behind][:3] == ["24 hours", "72 hours", "7 days"]
    assert behind[-1].words == "6 months"
    assert next_mark(total=counted.total, today=TODAY) == (Mark(months=9), dt.date(2025, 9, 4))


def test_the_first_day_has_no_mark_behind_it_and_the_second_has_one():
    assert reached(total=1, today=TODAY) == []
    assert [mark.words for mark in reached(total=2, today=TODAY)] == ["24 hours"]


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert dict(mark_days(total=1, today=dt.date(2024, 8, 31)))[Mark(months=6)] == dt.date(2025, 2, 28)


@given(st.integers(1, 20_000), days)
def test_more_days_never_lose_a_mark_and_marks_lie_in_order(total, today):
    behind = reached(total=total, today=today)
    ahead = next_mark(total=total, today=today)

    assert set(behind) <= set(reached(total=total + 1, today=today))
    assert set(behind) <= set(reached(total=total + 1, today=today + dt.timedelta(days=1)))
    falls_on = [each.on for each in mark_days(total=total, today=today)]
    assert falls_on == sorted(falls_on)
    assert ahead is not None
    assert ahead.on > today
    assert ahead.mark not in behind


@given(days, days, st.sets(days), days, st.integers(1, 400))
def test_one_more_noted_day_lowers_a_share_by_one_or_not_at_all(started_on, today, use, day, last):
    before = share(started_on=started_on, today=today, use=use, last=last)
    after = share(started_on=started_on, today=today, use={*use, day}, last=last)

    if before is None or after is None:
        assert before is after
        return
    assert before.of == after.of == min(last, (today - started_on).days + 1)
    assert before.days - after.days in {0, 1}
    assert 0 <= after.percent <= before.percent <= 100
    assert (after.percent == 100) == (after.days == after.of)


@given(st.integers(0, 20_000), st.integers(0, 100_000))
def test_what_is_saved_grows_with_the_days(total, a_week):
    assert saved(total=total, a_week=a_week) <= saved(total=total + 1, a_week=a_week)
    assert saved(total=7, a_week=a_week) == a_week


# Rows.


def one(person: User, today: dt.date = TODAY) -> Walk:
    (walk,) = walks(person, today)
    return walk


@database
def test_history_is_counted_from_a_start_years_back_with_the_use_noted_since(alice):
    start_journey(person=alice, aim="abstain", started_on=dt.date(2015, 6, 13), now=BEGIN + dt.timedelta(days=96))
    LapseFactory(person=alice, day=dt.date(2024, 1, 1))

    walk = one(alice)

    assert walk.totals is not None
    assert walk.totals.total == 3652  # ten years, both ends counted, less one
    assert walk.totals.longest > walk.totals.run
    assert walk.last_90 is not None
    assert (walk.last_90.days, walk.last_90.percent) == (90, 100)


@database
@pytest.mark.parametrize(
    ("substance", "named", "taken"),
    [
        ("alcohol", ["alcohol"], 1),
        ("alcohol", ["tobacco"], 0),
        ("alcohol", ["tobacco", "alcohol"], 1),
        ("alcohol", [], 1),
        ("", ["tobacco"], 1),
        ("opioids", ["pills"], 1),
        ("tobacco", ["pills"], 0),
        ("Night shopping", ["night shopping"], 1),
    ],
)
def test_a_use_takes_its_day_from_the_journeys_it_is_about(alice, substance, named, taken):
    with keys.ring_of(alice.pk):
        JourneyFactory(person=alice, substance=substance, started_on=TODAY - dt.timedelta(days=9))
        note_use(person=alice, day=TODAY, substances=named, now=BEGIN + dt.timedelta(days=100))

        totals_now = one(alice).totals

    assert totals_now is not None
    assert totals_now.total == 10 - taken


@database
def test_cutting_down_a_day_within_the_own_limit_stays_a_good_day(alice):
    journey = JourneyFactory(person=alice, aim="cut_down", started_on=TODAY - dt.timedelta(days=9))
    now = BEGIN + dt.timedelta(days=100)
    for back, over in ((1, True), (2, False), (3, None)):
        note_use(person=alice, day=TODAY - dt.timedelta(days=back), over_limit=over, now=now)

    assert one(alice).totals == (8, 1, 6)
    assert one(alice).journey == journey


@database
def test_own_figures_are_sealed_and_say_nothing_until_they_are_given(alice):
    with keys.ring_of(alice.pk):
        journey = JourneyFactory(person=alice, aim="cut_down", started_on=TODAY - dt.timedelta(days=13))
        assert (one(alice).money_saved, one(alice).hours_saved, journey.limit_words) == (None, None, "")

        set_figures(
            journey=journey,
            limit_amount=Decimal("14.00"),
            limit_unit="glasses",
            limit_per="week",
            spent_a_week=Decimal("80.50"),
            currency="$",
            hours_a_week=None,
        )

        assert (one(alice).money_saved, one(alice).hours_saved) == (161, None)
        assert one(alice).journey.limit_words == "14 glasses a week"
    assert one(alice).money_saved is None


@database
def test_only_what_is_asked_for_stands_on_today(alice):
    JourneyFactory(person=alice)
    assert journeys_on_today(alice) == []

    shown = JourneyFactory(person=alice, on_today=True)

    assert journeys_on_today(alice) == [shown]


@database
def test_firsts_are_there_once_they_have_happened(alice):
    assert firsts(alice) == (None, False, 0, False)


# The machine.


def fresh_person() -> User:
    return User.objects.create_user(f"{uuid.uuid4()}@example.org", time_zone="America/Chicago")


NAMED: list[list[str]] = [[], ["alcohol"], ["tobacco"], ["pills", "sugar"]]
NOTES = st.tuples(st.integers(0, 1), st.sampled_from([None, True, False]), st.sampled_from(NAMED))


class Days(RuleBasedStateMachine):
    """Three journeys of one person, whatever happens, in whatever order."""

    @initialize()
    def begin(self) -> None:
        self.person = fresh_person()
        self.ring = keys.ring_of(self.person.pk)
        self.ring.__enter__()
        self.now = BEGIN
        start = local_day(self.person, self.now) - dt.timedelta(days=40)
        for aim, substance in (("abstain", "alcohol"), ("cut_down", ""), ("on_medication", "opioids")):
            start_journey(person=self.person, aim=aim, substance=substance, started_on=start, now=self.now)

    def teardown(self) -> None:
        if hasattr(self, "ring"):
            self.ring.__exit__(None, None, None)

    @property
    def today(self) -> dt.date:
        return local_day(self.person, self.now)

    def counts(self) -> list[int]:
        """Every number a person may see of what they did: higher is better in all of them."""
        found = []
        for walk in walks(self.person, self.today):
            if walk.totals and walk.last_30 and walk.last_90:
                found += [*walk.totals, walk.last_30.days, walk.last_90.days, len(walk.marks)]
        return found

    def day(self, back: int) -> dt.date:
        return self.today - dt.timedelta(days=back)

    @rule(back=st.integers(-1, 3), mood=st.integers(1, 5), empty=st.booleans())
    def check_in(self, back: int, mood: int, empty: bool) -> None:
        before, lit = self.counts(), days_lit(self.person)
        self.say(back, {} if empty else {"mood": mood})
        assert all(after >= kept for kept, after in zip(before, self.counts(), strict=True))
        assert days_lit(self.person) >= lit

    @rule(back=st.integers(0, 2), over=st.sampled_from([None, True, False]))
    def check_in_with_use(self, back: int, over: bool | None) -> None:
        before = self.counts()
        noted = Lapse.objects.of(self.person).filter(day=self.day(back), source="checkin").exists()
        self.say(back, {"mood": 2, "used": "yes", "over_limit": over})
        # Saying of a noted use that it was within the limit is a correction; a use that is new only takes away.
        assert noted or all(after <= kept for kept, after in zip(before, self.counts(), strict=True))

    @rule(
        back=st.integers(-1, 4),
        over=st.sampled_from([None, True, False]),
        named=st.sampled_from(NAMED),
    )
    def note(self, back: int, over: bool | None, named: list[str]) -> None:
        before, lit = self.counts(), days_lit(self.person)
        try:
            note_use(person=self.person, day=self.day(back), over_limit=over, substances=named, now=self.now)
        except Refusal:
            assert back < 0
        else:
            assert back >= 0
        assert all(after <= kept for kept, after in zip(before, self.counts(), strict=True))
        assert days_lit(self.person) == lit

    @precondition(lambda self: Lapse.objects.of(self.person).exists())
    @rule(pick=st.integers(0, 50), back=st.integers(0, 4), named=st.sampled_from(NAMED))
    def change(self, pick: int, back: int, named: list[str]) -> None:
        lapse = self.lapse(pick)
        tell_use(lapse=lapse, substances=named, amount="")
        with contextlib.suppress(Refusal):
            change_use(lapse=lapse, day=self.day(back), over_limit=None, now=self.now)

    @precondition(lambda self: Lapse.objects.of(self.person).exists())
    @rule(pick=st.integers(0, 50))
    def take_back(self, pick: int) -> None:
        before = self.counts()
        with contextlib.suppress(Refusal):
            take_back_use(lapse=self.lapse(pick))
        assert all(after >= kept for kept, after in zip(before, self.counts(), strict=True))

    @precondition(lambda self: CheckIn.objects.of(self.person).exists())
    @rule(pick=st.integers(0, 50))
    def delete_a_checkin(self, pick: int) -> None:
        found = list(CheckIn.objects.of(self.person).order_by("day"))
        before = self.counts()
        remove_checkin(checkin=found[pick % len(found)])
        assert all(after >= kept for kept, after in zip(before, self.counts(), strict=True))

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: str) -> None:
        kept = set(Lapse.objects.of(self.person).values_list("day", "source"))
        lit = days_lit(self.person)
        move_zone(person=self.person, zone=zone, now=self.now)
        assert set(Lapse.objects.of(self.person).values_list("day", "source")) == kept
        assert days_lit(self.person) == lit

    @rule(hours=st.sampled_from([1, 5, 9, 24, 400]))
    def wait(self, hours: int) -> None:
        noted, before = Lapse.objects.of(self.person).days(), self.counts()
        self.now += dt.timedelta(hours=hours)
        if not any(day > self.today for day in noted):
            totals_then, totals_now = before[::6], self.counts()[::6]
            assert all(after >= kept for kept, after in zip(totals_then, totals_now, strict=True))

    @invariant()
    def every_count_agrees_with_counting_by_hand(self) -> None:
        for walk in walks(self.person, self.today) if hasattr(self, "person") else []:
            start, counted = walk.journey.started_on, walk.totals
            assert start is not None
            assert counted is not None
            path = [start + dt.timedelta(days=number) for number in range((self.today - start).days + 1)]
            taken = {each.day for each in Lapse.objects.of(self.person) if self.takes(each, walk.journey)}
            good = [day not in taken for day in path]
            runs = "".join("x" if kept else " " for kept in good).split(" ")
            assert counted == (sum(good), len(runs[-1]), max(map(len, runs)))
            assert counted.run <= counted.longest <= counted.total
            assert walk.last_30 == (sum(good[-30:]), len(good[-30:]))
            assert walk.last_90 == (sum(good[-90:]), len(good[-90:]))

    @invariant()
    def one_checkin_a_day_and_each_lights_it(self) -> None:
        if hasattr(self, "person"):
            kept = list(CheckIn.objects.of(self.person).values_list("day", flat=True))
            assert len(kept) == len(set(kept)) == days_lit(self.person)
            said = set(CheckIn.objects.of(self.person).filter(used="yes").values_list("day", flat=True))
            assert said == set(Lapse.objects.of(self.person).filter(source="checkin").values_list("day", flat=True))

    @staticmethod
    def takes(lapse: Lapse, journey: Journey) -> bool:
        about = {"alcohol": {"alcohol"}, "": None, "opioids": {"opioids", "pills"}}[journey.substance]
        if lapse.named and about is not None and not about & set(lapse.named):
            return False
        if journey.aim != "cut_down":
            return True
        return lapse.over_limit is True or (lapse.over_limit is None and lapse.source == "noted")

    def say(self, back: int, answers: dict[str, object]) -> None:
        moment = {"submission": uuid.uuid4(), "answered_at": self.now, "now": self.now}
        with contextlib.suppress(Refusal):
            save_checkin(person=self.person, day=self.day(back), answers=answers, **moment)

    def lapse(self, pick: int) -> Lapse:
        found = list(Lapse.objects.of(self.person).order_by("day", "source"))
        return found[pick % len(found)]


class TestDays(TestCase):
    databases = {"default", "keys"}

    @settings(max_examples=40, deadline=None)
    @given(st.lists(NOTES, min_size=2, max_size=5))
    def test_noting_more_never_gives_a_day_back_whatever_it_names(self, notes):
        days = Days()
        days.begin()
        try:
            for back, over, named in notes:
                days.note(back=back, over=over, named=named)
        finally:
            days.teardown()

    def test_no_sequence_of_events_breaks_a_count(self):
        def machine():
            return Days()

        quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
        with transaction.atomic():
            run_state_machine_as_test(
                machine,
                settings=settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=quiet),
            )
