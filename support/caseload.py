"""A counselor's list: who to reach out to and why, as far as each person shares; policies has opened the records."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

import charts
from accounts.models import User
from recovery.models import CheckIn, Lapse, StageMove
from recovery.models.checkin import Mood
from support.attention import DAYS, FROM_DAYS, USE_DAYS, WEEK, DayLine, Level, Seen, level_of, reasons
from support.insights import silence
from support.models import QuietRule, Scope


class Row(NamedTuple):
    """One client on the list."""

    person_id: UUID
    name: str
    level: Level
    reasons: list[str]  # why to look, or what steady means here
    silent: str  # in words; empty where it is not shared
    silent_days: int  # for sorting; where it is not shared, as if just now
    spark: charts.Spark | None
    craving: float | None  # means of the last 7 days
    change: float | None  # of it, on the 7 days before
    mood: str
    sleep: str
    stage: str


class Group(NamedTuple):
    """The clients of one level."""

    level: Level
    title: str
    mark: str  # the class of its sign
    rows: list[Row]


def rows_of(opened: Sequence[tuple[User, frozenset[Scope]]], today: date) -> list[Row]:
    """Return the list's rows, in five queries however many clients there are and however long they have been here."""

    def whose(*kinds: Scope) -> list[UUID]:
        return [person.pk for person, scopes in opened if scopes & set(kinds)]

    ids = whose(Scope.CHARTS, Scope.CHECKINS, Scope.MEDICATION)
    last, kept = _last_days(ids), _days(ids, today)
    uses, stages = _uses(whose(Scope.LAPSES), today), _stages(whose(Scope.STAGE))
    quiet = _quiet([person.pk for person, _scopes in opened])
    rows = []
    for person, scopes in opened:
        seen = Seen(today, last.get(person.pk), kept.get(person.pk, {}), uses.get(person.pk, ()))
        rows.append(_row(person, scopes, seen, quiet.get(person.pk, ()), stages.get(person.pk, "")))
    return rows


def pressing(person: User, scopes: frozenset[Scope], today: date) -> Group | None:
    """Return the group that one client is in, with them in it, where it says to do something."""
    found = grouped(rows_of([(person, scopes)], today))
    return found[0] if found[0].level >= Level.EYE else None


def grouped(rows: Sequence[Row]) -> list[Group]:
    """Return the groups that have somebody in them, the most pressing first; the order within stays."""
    titles = {
        Level.NOW: (_("Reach out today"), "flag--now"),
        Level.EYE: (_("Keep an eye"), "flag--eye"),
        Level.STEADY: (_("Steady"), "flag--ok"),
        Level.UNKNOWN: (_("Nothing to go by"), "flag--none"),
    }
    groups = [Group(level, *words, [row for row in rows if row.level == level]) for level, words in titles.items()]
    return [group for group in groups if group.rows]


def _last_days(ids: list[UUID]) -> dict[UUID, date]:
    """Return each person's newest check-in: a look at the end of an index each, where grouping reads all of them."""
    newest = CheckIn.objects.filter(person=OuterRef("pk")).order_by("-day").values("day")[:1]
    return dict(User.objects.filter(pk__in=ids).values_list("pk", Subquery(newest)))


def _days(ids: list[UUID], today: date) -> dict[UUID, dict[date, DayLine]]:
    recent = CheckIn.objects.filter(person_id__in=ids).between(today - timedelta(days=DAYS - 1), today)
    found: dict[UUID, dict[date, DayLine]] = {}
    for person_id, day, *said in recent.values_list("person_id", "day", *DayLine._fields):
        found.setdefault(person_id, {})[day] = DayLine(*said)
    return found


def _uses(ids: list[UUID], today: date) -> dict[UUID, list[date]]:
    noted = Lapse.objects.filter(person_id__in=ids).between(today - timedelta(days=USE_DAYS - 1), today)
    found: dict[UUID, list[date]] = {}
    for person_id, day in noted.values_list("person_id", "day"):
        found.setdefault(person_id, []).append(day)
    return found


def _quiet(ids: list[UUID]) -> dict[UUID, set[str]]:
    """Return the rules that each person switched off."""
    found: dict[UUID, set[str]] = {}
    for person_id, rule in QuietRule.objects.filter(person_id__in=ids).values_list("person_id", "rule"):
        found.setdefault(person_id, set()).add(rule)
    return found


def _stages(ids: list[UUID]) -> dict[UUID, str]:
    """Return where each person is on the path."""
    moves = StageMove.objects.filter(person_id__in=ids).order_by("moved_at", "created_at")
    return dict(moves.values_list("person_id", "stage__title"))


def _row(person: User, scopes: frozenset[Scope], seen: Seen, quiet: Collection[str], stage: str) -> Row:
    shared = bool(scopes & FROM_DAYS)
    found = reasons(seen, scopes, quiet)
    level = level_of(seen, scopes, found)
    values = [line.craving if line else None for line in reversed(seen.by_age)]
    drawn = Scope.CHARTS in scopes and any(value is not None for value in values)
    week = seen.week(0) if Scope.CHARTS in scopes else []
    cravings, before = _said(values[-WEEK:]), _said(values[-2 * WEEK : -WEEK])
    sleep = _said([day.sleep_half_hours for day in week])
    return Row(
        person_id=person.pk,
        name=str(person.called) or _("No name given"),
        level=level,
        reasons=[each.words for each in found] or [_nothing_pressing(level, seen, shared=shared)],
        silent=silence(seen.last, seen.today) if shared else "",
        silent_days=((seen.today - seen.last).days if seen.last else 10_000) if shared else -1,
        spark=charts.spark(values) if drawn else None,
        craving=fmean(cravings) if drawn and cravings else None,
        change=round(fmean(cravings) - fmean(before), 1) if drawn and cravings and before else None,
        mood=str(Mood(round(fmean(day.mood for day in week))).label).lower() if week else "",
        sleep=_("%(hours)s h") % {"hours": f"{fmean(sleep) / 2:.1f}"} if sleep else "",
        stage=stage,
    )


def _said(values: Sequence[int | None]) -> list[int]:
    return [value for value in values if value is not None]


def _nothing_pressing(level: Level, seen: Seen, *, shared: bool) -> str:
    """Say what the list goes by where no rule holds."""
    if level is Level.STEADY:
        return _("Checked in on %(count)s of the last %(days)s days") % {"count": len(seen.days), "days": DAYS}
    return _("No check-in yet") if shared else _("Shares no check-ins with you")
