"""Each journey with its counts: the rows, and the arithmetic of milestones on them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.fields import Locked
from accounts.models import User
from accounts.prepared import Prepared
from plans.services.readers import has_plan, rides_taken
from recovery import milestones
from recovery.models import CheckIn, Journey, Lapse, LookBack, StageTask, TaskDone

# Pills that are not from a pharmacy may have been any of these.
PILLS_MAY_BE = frozenset({"opioids", "benzodiazepines", "stimulants"})
RIDES = 10
# From so many hours after a use was noted, looking back at it is offered. Source: clinical brief 2.4.
REST_HOURS = 12
NALOXONE_TASK = "naloxone-near"

_on_today: Prepared[Journey] = Prepared(lambda person: Journey.objects.of(person).filter(on_today=True).oldest_first())
_lapses: Prepared[Lapse] = Prepared(lambda person: _settled(Lapse.objects.of(person)))
_lapses_since: Prepared[Lapse] = Prepared(
    lambda person, first: _settled(Lapse.objects.of(person).filter(day__gte=first))
)


class Walk(NamedTuple):
    """One journey as far as it goes today; without a start that has come, nothing is counted."""

    journey: Journey
    totals: milestones.Totals | None
    last_30: milestones.Share | None
    last_90: milestones.Share | None
    marks: list[milestones.Mark]
    next_mark: milestones.Ahead | None

    @property
    def money_saved(self) -> int | None:
        return self._saved("spent_a_week")

    @property
    def hours_saved(self) -> int | None:
        return self._saved("hours_a_week")

    def _saved(self, name: str) -> int | None:
        a_week: Decimal | None = self.journey.number(name)
        return (
            None
            if a_week is None or not self.totals
            else round(milestones.saved(total=self.totals.total, a_week=float(a_week)))
        )


def walks(person: User, today: date) -> list[Walk]:
    """Return each journey with its counts. Two queries, however many journeys and years."""
    lapses = _lapses(person=person.pk)
    return [walk_of(journey, lapses, today) for journey in Journey.objects.of(person).oldest_first()]


def journeys_on_today(person: User) -> list[Journey]:
    """Return those that the person wants to see on Today. One query."""
    return _on_today(person=person.pk)


def lapses_of(person: User, since: date | None = None) -> list[Lapse]:
    """Return every noted use, or those from a day on; `settled` says that looking back is done or not wanted."""
    return _lapses_since(person=person.pk, first=since) if since else _lapses(person=person.pk)


def to_look_back_at(lapses: Iterable[Lapse], now: datetime) -> date | None:
    """Return the latest day to offer a look back at: noted long enough ago, and neither done nor put away."""
    rested = now - timedelta(hours=REST_HOURS)
    return max((each.day for each in lapses if each.created_at <= rested and not each.settled), default=None)  # type: ignore[attr-defined]  # annotated above


def _settled(lapses: QuerySet[Lapse]) -> QuerySet[Lapse]:
    """Say of each whether its day was looked back at to the end, or put away."""
    same_day = LookBack.objects.filter(person=OuterRef("person"), day=OuterRef("day"))
    done = same_day.filter(Q(finished_at__isnull=False) | Q(put_away_at__isnull=False))
    return lapses.annotate(settled=Exists(done))


def walk_of(journey: Journey, lapses: Iterable[Lapse], today: date) -> Walk:
    """Count one journey."""
    use = use_of(journey, lapses)
    start = journey.started_on
    totals = milestones.totals(started_on=start, today=today, use=use)
    counted = totals.total if totals else 0
    return Walk(
        journey,
        totals,
        milestones.share(started_on=start, today=today, use=use, last=30),
        milestones.share(started_on=start, today=today, use=use, last=90),
        milestones.reached(total=counted, today=today) if counted else [],
        milestones.next_mark(total=counted, today=today) if counted else None,
    )


def use_of(journey: Journey, lapses: Iterable[Lapse]) -> set[date]:
    """Return the days that noted use takes away from a journey.

    Cutting down, a day within the own limit is a good day; one noted by itself, with nothing said, is not. A use that
    names what it was counts for the journeys about that, and for those that name nothing.
    """
    cutting_down = journey.aim == Journey.Aim.CUT_DOWN
    return {
        lapse.day
        for lapse in lapses
        if (not cutting_down or lapse.over_limit or (lapse.over_limit is None and lapse.source == Lapse.Source.NOTED))
        and _is_about(lapse, journey)
    }


def _is_about(lapse: Lapse, journey: Journey) -> bool:
    substance = journey.substance
    named = {word.casefold() for word in lapse.named}
    if not named or not substance or isinstance(substance, Locked):
        return True
    return substance.casefold() in named or ("pills" in named and substance in PILLS_MAY_BE)


class Firsts(NamedTuple):
    """What is worth a light beside the days: each is there once it has happened."""

    checkin_on: date | None
    has_plan: bool
    rides: int
    naloxone: bool | None  # None: the small thing about it is not among the stages any more

    @property
    def has_rides(self) -> bool:
        return self.rides >= RIDES


def firsts(person: User) -> Firsts:
    """Return what somebody has done for the first time, or often enough. Five queries, whatever the history."""
    first = CheckIn.objects.of(person).order_by("day").values_list("day", flat=True).first()
    task = StageTask.objects.filter(slug=NALOXONE_TASK).exists()
    near = task and TaskDone.objects.of(person).filter(task__slug=NALOXONE_TASK).exists()
    return Firsts(first, has_plan(person), rides_taken(person), near if task else None)
