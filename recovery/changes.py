"""What changed since a day: read for the person's own page, and in parts by what is shared for a counselor's."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import StrategyUse, TriggerRating
from plans.services import readers
from recovery import insights, since
from recovery.models import Lapse, StageMove
from recovery.since import LONGEST, Moved


class NoSuchStretch(Refusal):
    """The two days do not span a stretch that can be looked at."""


class MovedLine(NamedTuple):
    """One measure before and since, in words, with how many answers on each side."""

    key: str
    name: str
    before: str
    after: str
    times_before: int
    times_after: int
    word: str


class Rating(NamedTuple):
    name: str
    then: int
    now: int


class Tried(NamedTuple):
    name: str
    eased: int
    said: int


@dataclass(frozen=True)
class Changes:
    """A stretch of days beside as many before it. Each part needs one scope, where somebody else is to see it."""

    first: date
    last: date
    days: int
    kept: int  # checked_in
    kept_before: int
    moved: list[MovedLine]  # charts
    ratings: list[Rating]  # triggers
    tried: list[Tried]  # helps
    used_on: list[date]  # lapses
    stages: list[tuple[date, str]]  # stage

    @property
    def is_bare(self) -> bool:
        return not (self.kept or self.kept_before or self.ratings or self.tried or self.used_on or self.stages)


def what_changed(*, person: User, first: date, last: date, today: date) -> Changes:
    """Read two stretches of the same length, the second one from first to last. Seven queries whatever the history.

    :raises NoSuchStretch: when the days are the wrong way round, lie ahead, or span more than a year
    """
    _check(first, last, today)
    values = insights.daily(person, since.begins_before(first, last), last)
    days = (last - first).days + 1
    before, after = values[:-days], values[-days:]
    return Changes(
        first=first,
        last=last,
        days=days,
        kept=sum(1 for each in after if each.is_kept),
        kept_before=sum(1 for each in before if each.is_kept),
        moved=[_line(each) for each in since.moved(before, after)],
        ratings=_ratings(person, first, last),
        tried=_tried(person, first, last),
        used_on=sorted(Lapse.objects.of(person).between(first, last).days()),
        stages=_stages(person, first, last),
    )


def _check(first: date, last: date, today: date) -> None:
    if first > last:
        raise NoSuchStretch(_("The first day comes after the last one. Swap the two."))
    if last > today:
        raise NoSuchStretch(_("That day hasn't come yet. Choose today or a day before it."))
    if (last - first).days >= LONGEST:
        raise NoSuchStretch(_("Choose two days that are a year apart at most."))
    if first <= insights.BEFORE_ANY.replace(year=insights.BEFORE_ANY.year + 2):
        raise NoSuchStretch(_("That year looks mistyped. Write it with four digits, like 2024."))


def _line(found: Moved) -> MovedLine:
    names = {
        "craving": (_("Craving"), {1: _("stronger"), 0: _("steady"), -1: _("easing")}),
        "mood": (_("Mood"), {1: _("brighter"), 0: _("steady"), -1: _("lower")}),
        "sleep": (_("Sleep"), {1: _("longer"), 0: _("steady"), -1: _("shorter")}),
        "confidence": (_("Sure about tomorrow"), {1: _("surer"), 0: _("steady"), -1: _("less sure")}),
    }
    name, words = names[found.key]
    return MovedLine(
        found.key,
        name,
        _value(found.key, found.before.value),
        _value(found.key, found.after.value),
        found.before.times,
        found.after.times,
        words[found.direction],
    )


def _value(key: str, value: float) -> str:
    if key == "mood":
        return insights.mood_word(value)
    return insights.hours(value) if key == "sleep" else f"{value:g}"


def _ratings(person: User, first: date, last: date) -> list[Rating]:
    rows = TriggerRating.objects.of(person).oldest_first().values_list("trigger_id", "rated_at", "impact")
    told = [(key, local_day(person, at), impact) for key, at, impact in rows]
    changed = since.rating_changes(told, first, last)
    names = readers.trigger_names(person) if changed else {}
    return [Rating(names[key].name, then, now) for key, then, now in changed if key in names]


def _tried(person: User, first: date, last: date) -> list[Tried]:
    found = StrategyUse.objects.of(person).filter(day__range=(first, last)).by_strategy()
    counts = {key: (eased, said) for key, eased, said in found}
    if not counts:
        return []
    tried = [Tried(each.name, *counts[each.pk]) for each in readers.strategies(person) if each.pk in counts]
    return sorted(tried, key=lambda each: -each.said)


def _stages(person: User, first: date, last: date) -> list[tuple[date, str]]:
    moves = [(local_day(person, move.moved_at), move.stage.alias) for move in StageMove.objects.of(person)
             .select_related("stage").newest_first()[:20]]  # fmt: skip
    return [(day, alias) for day, alias in reversed(moves) if first <= day <= last]
