"""What a person's days come to, under any sequence of what can happen to them.

The machine does what people do in any order: check in, note use, take it back, move a day, delete, travel. After each
step it counts anew by hand. A check-in never makes a count smaller, use never makes one larger.
"""

import contextlib
import datetime as dt
import uuid

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
from recovery.counts import walks
from recovery.models import CheckIn, Journey, Lapse
from recovery.services import (
    change_journey,
    change_use,
    note_use,
    remove_checkin,
    save_checkin,
    start_journey,
    take_back_use,
    tell_use,
)
from reminders.services import move_zone

# Clocks go forward and back in two of these on different days, and the first and last are nearly a day apart.
ZONES = ["Pacific/Kiritimati", "Europe/Berlin", "America/Chicago", "Asia/Kathmandu", "Pacific/Pago_Pago"]
BEGIN = dt.datetime(2025, 3, 8, 6, 30, tzinfo=dt.UTC)  # the night before clocks go forward in Chicago


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

    def totals(self) -> dict[uuid.UUID, int]:
        return {walk.journey.pk: walk.totals.total for walk in walks(self.person, self.today) if walk.totals}

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

    @rule(pick=st.integers(0, 2), back=st.integers(-5, 400))
    def move_the_start(self, pick: int, back: int) -> None:
        journey = Journey.objects.of(self.person).oldest_first()[pick]
        uses, lit = Lapse.objects.of(self.person).count(), days_lit(self.person)
        change_journey(
            journey=journey,
            substance=journey.substance,
            aim=journey.aim,
            started_on=self.day(back),
            now=self.now,
        )
        assert (Lapse.objects.of(self.person).count(), days_lit(self.person)) == (uses, lit)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: str) -> None:
        kept = set(Lapse.objects.of(self.person).values_list("day", "source"))
        lit = days_lit(self.person)
        move_zone(person=self.person, zone=zone, now=self.now)
        assert set(Lapse.objects.of(self.person).values_list("day", "source")) == kept
        assert days_lit(self.person) == lit

    @rule(hours=st.sampled_from([1, 5, 9, 24, 400]))
    def wait(self, hours: int) -> None:
        noted, before = Lapse.objects.of(self.person).days(), self.totals()
        self.now += dt.timedelta(hours=hours)
        if not any(day > self.today for day in noted):
            after = self.totals()
            assert all(after[journey] >= total for journey, total in before.items())

    @invariant()
    def every_count_agrees_with_counting_by_hand(self) -> None:
        for walk in walks(self.person, self.today) if hasattr(self, "person") else []:
            start, counted = walk.journey.started_on, walk.totals
            assert start is not None
            if start > self.today:
                assert (counted, walk.last_30, walk.marks, walk.next_mark) == (None, None, [], None)
                continue
            assert counted is not None
            path = [start + dt.timedelta(days=number) for number in range((self.today - start).days + 1)]
            taken = {each.day for each in Lapse.objects.of(self.person) if self.takes(each, walk.journey)}
            good = [day not in taken for day in path]
            runs = "".join("x" if kept else " " for kept in good).split(" ")
            assert counted == (sum(good), len(runs[-1]), max(map(len, runs)))
            assert counted.run <= counted.longest <= counted.total
            assert walk.last_30 == (sum(good[-30:]), len(good[-30:]))
            assert walk.last_90 == (sum(good[-90:]), len(good[-90:]))
            # So many whole days without use lie behind the person, and each mark up to them is there.
            behind = {mark.days for mark in walk.marks if mark.days}
            assert behind == {days for days in (1, 3, 7, 14, 30, 60, 90) if days < counted.total}
            assert (walk.next_mark is None) == (counted.total == 0)
            assert walk.next_mark is None or walk.next_mark.on > self.today

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
