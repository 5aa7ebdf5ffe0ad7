"""What Today shows of the day in one statement: three things, routine, appointments, a call, proposals, a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, ExtractHour, ExtractMinute

from accounts.models import User
from accounts.prepared import Prepared
from plans.models import Reason
from recovery.daily import is_for
from recovery.handover import DAYS_BEFORE, RISKY_DAYS
from recovery.models import (
    Appointment,
    CadenceProposal,
    CallTask,
    CareEpisode,
    DayThing,
    RoutineItem,
    RoutineTick,
    StageProposal,
)

THING, ITEM, CALL = "thing", "item", "call-task"  # an appointment goes by its kind
STAGE_ASKED, CADENCE_ASKED = "stage-asked", "cadence-asked"
REASON, CARE = "reason", "care"
NOT_PLANNED = {CALL, STAGE_ASKED, CADENCE_ASKED, REASON, CARE}
# A call to make comes before everything else from the day before it on.
CALL_AHEAD = timedelta(days=1)
COLUMNS = ("pk", "private", "sort", "on_day", "number", "done")


@dataclass(frozen=True)
class DayCard:
    """What is written down for a day, and what the day before left open."""

    appointments: list[tuple[Appointment, bool]]  # today's and yesterday's, nothing said yet; whether it has begun
    things: list[DayThing]
    left_open: int  # things of the day before
    routine: int  # how much of the routine is for this day
    routine_done: int


class Day(NamedTuple):
    """Everything that one statement brings for Today."""

    card: DayCard | None  # None where nothing is written down
    call: CallTask | None  # the nearest that is due
    proposals: list[StageProposal | CadenceProposal]  # by a counselor, and not yet answered
    reasons: list[Reason]  # in their order
    near_care: UUID | None  # a time in care that ends within a week or ended within a month


def _things(person: UUID, day: date, before: date) -> QuerySet[Any, Any]:
    is_done = ExpressionWrapper(Q(done_at__isnull=False), output_field=BooleanField())
    things = DayThing.objects.of(person).filter(day__in=[before, day])
    return _shaped(things, private=F("text"), sort=Value(THING), on_day=F("day"), number=F("position"), done=is_done)


def _items(person: UUID, day: date) -> QuerySet[Any, Any]:
    ticked = Exists(RoutineTick.objects.of(person).filter(item=OuterRef("pk"), day=day))
    items = RoutineItem.objects.of(person)
    return _shaped(items, private=F("text"), sort=Value(ITEM), on_day=Value(day), number=F("days"), done=ticked)


def _appointments(person: UUID, day: date, before: date) -> QuerySet[Any, Any]:
    # PostgreSQL extracts a decimal, which would turn the numbers of all rows into decimals.
    minute = Cast(ExtractHour("at") * 60 + ExtractMinute("at"), IntegerField())
    kept = Appointment.objects.of(person).unanswered().filter(day__in=[before, day])
    return _shaped(kept, private=F("words"), sort=F("kind"), on_day=F("day"), number=minute, done=Value(False))


def _call(person: UUID, until: date) -> QuerySet[Any, Any]:
    nearest = CallTask.objects.of(person).open().filter(by_on__lte=until).nearest_first().values("pk")[:1]
    calls = CallTask.objects.of(person).filter(pk__in=nearest)
    return _shaped(calls, private=F("what"), sort=Value(CALL), on_day=F("by_on"), number=Value(0), done=Value(False))


def _asked(asked: QuerySet[Any], sort: str, day: date, number: Any) -> QuerySet[Any, Any]:
    named = {"private": F("by_name"), "sort": Value(sort), "on_day": Value(day)}
    return _shaped(asked, **named, number=number, done=Value(False))


def _reasons(person: UUID, day: date) -> QuerySet[Any, Any]:
    named = {"private": F("text"), "sort": Value(REASON), "on_day": Value(day)}
    return _shaped(Reason.objects.of(person), **named, number=F("position"), done=Value(False))


def _care(person: UUID, first: date, last: date) -> QuerySet[Any, Any]:
    # Only which: most days there is none, and its page-long row is read where there is one.
    near = CareEpisode.objects.of(person).filter(
        pk__in=CareEpisode.objects.of(person).ending(first, last).values("pk")[:1]
    )
    named = {"private": F("place"), "sort": Value(CARE), "on_day": F("ended_on")}
    return _shaped(near, **named, number=Value(0), done=Value(False))


def _shaped(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, Any]:
    # Different tables, so each brings the same columns; the sealed words are opened by the row that they belong to.
    return rows.order_by().annotate(**columns).values_list(*COLUMNS)


_rows: Prepared[Any] = Prepared(
    lambda person, day, before, until, first, last: _things(person, day, before).union(
        _items(person, day),
        _appointments(person, day, before),
        _call(person, until),
        _asked(StageProposal.objects.of(person).open(), STAGE_ASKED, day, Value(0)),
        _asked(CadenceProposal.objects.of(person).open(), CADENCE_ASKED, day, F("every_days")),
        _reasons(person, day),
        _care(person, first, last),
        all=True,
    )
)


def day_card(person: User, here: datetime) -> Day:
    """Read what a day holds; one query.

    :param here: the person's wall-clock time
    """
    day, before = here.date(), here.date() - timedelta(days=1)
    first, last = day - timedelta(days=RISKY_DAYS - 1), day + timedelta(days=DAYS_BEFORE)
    rows = _rows(person=person.pk, day=day, before=before, until=day + CALL_AHEAD, first=first, last=last)
    calls = [CallTask(pk=row[0], person=person, what=row[1], by_on=row[3]) for row in rows if row[2] == CALL]
    asked: list[StageProposal | CadenceProposal] = [
        *(StageProposal(pk=row[0], person=person, by_name=row[1]) for row in rows if row[2] == STAGE_ASKED),
        *(
            CadenceProposal(pk=row[0], person=person, by_name=row[1], every_days=row[4])
            for row in rows
            if row[2] == CADENCE_ASKED
        ),
    ]
    reasons = [Reason(pk=row[0], person=person, text=row[1], position=row[4]) for row in rows if row[2] == REASON]
    return Day(
        card=_card(person, here, [row for row in rows if row[2] not in NOT_PLANNED]),
        call=next(iter(calls), None),
        proposals=asked,
        reasons=sorted(reasons, key=lambda each: (each.position, each.pk)),
        near_care=next((row[0] for row in rows if row[2] == CARE), None),
    )


def _card(person: User, here: datetime, rows: list[Any]) -> DayCard | None:
    day, before = here.date(), here.date() - timedelta(days=1)
    things = [row for row in rows if row[2] == THING]
    items = [row for row in rows if row[2] == ITEM and (is_for(row[4], day) or row[5])]
    others = [row for row in rows if row[2] not in {THING, ITEM}]
    planned = sorted((_appointment(person, row) for row in others), key=lambda each: (each.day, each.at))
    card = DayCard(
        appointments=[(each, each.has_begun(here)) for each in planned],
        things=[_thing(person, row, here) for row in sorted(things, key=lambda row: row[4]) if row[3] == day],
        left_open=sum(1 for row in things if row[3] == before and not row[5]),
        routine=len(items),
        routine_done=sum(1 for row in items if row[5]),
    )
    return card if card.appointments or card.things or card.left_open or card.routine else None


def _thing(person: User, row: Any, here: datetime) -> DayThing:
    pk, text, _what, day, position, done = row
    # Only whether it is done was read, and not when; nothing here is saved.
    return DayThing(pk=pk, person=person, text=text, day=day, position=position, done_at=here if done else None)


def _appointment(person: User, row: Any) -> Appointment:
    pk, words, kind, day, minute, _done = row
    return Appointment(pk=pk, person=person, words=words, kind=kind, day=day, at=time(*divmod(minute, 60)))
