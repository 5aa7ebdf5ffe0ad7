"""Why a counselor should look at somebody: visible rules over what is shared, each with its reason in words.

No score, and nothing that is not shared. The person sees every rule and may switch each off for everybody they let in.
Thresholds for craving and silence are those of the flag rules; the others point, and are awaiting clinical review.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from statistics import fmean
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from support.models import Scope

# How far back a list looks, today included.
DAYS = 14
# “On 3 of the last 4 days.”
LOOKED_AT, ENOUGH = 4, 3
STRONG_CRAVING = 8
RISEN_BY, WEEK, MOST_MISSING = 2.0, 7, 3
SHORT_SLEEP = 10  # half hours
ROUGH = 1  # the lowest of five moods
MISSED, MISSED_DAYS = "missed", 2
# Silent for this long calls for a word; for somebody who is here nearly every day, less is worth noticing.
SILENT, QUIET, NEARLY_DAILY = 5, 3, 8
# After this long a call today is no more urgent than one tomorrow.
LONG_SILENT = 21
USE_NEAR, USE_DAYS = 3, 7


class Level(IntEnum):
    """The groups of the list, the most pressing last."""

    UNKNOWN = 0
    STEADY = 1
    EYE = 2
    NOW = 3


class DayLine(NamedTuple):
    """One day’s check-in as far as a list reads it."""

    mood: int
    craving: int | None
    sleep_half_hours: int | None
    medication: str


@dataclass(frozen=True)
class Seen:
    """What is read of one client; each rule looks only at what its scope opens."""

    today: date
    last: date | None  # the newest check-in, however long ago
    days: Mapping[date, DayLine]  # of the last 14, those that were kept
    uses: Collection[date] = ()  # noted use of the last week

    @cached_property
    def by_age(self) -> list[DayLine | None]:
        """The last 14 days by how long ago they are, from today back."""
        lines: list[DayLine | None] = [None] * DAYS
        for day, line in self.days.items():
            lines[(self.today - day).days] = line
        return lines

    @cached_property
    def recent(self) -> list[DayLine]:
        """The check-ins of the last 4 days; today counts once it is there."""
        first = 0 if self.by_age[0] else 1
        return [line for line in self.by_age[first : first + LOOKED_AT] if line]

    def week(self, number: int) -> list[DayLine]:
        """Return the check-ins of the last 7 days (0) or of the 7 before them (1)."""
        return [line for line in self.by_age[WEEK * number : WEEK * (number + 1)] if line]


class Reason(NamedTuple):
    level: Level
    words: str


class Rule(NamedTuple):
    """A rule as the person reads it, and what it takes to apply it."""

    title: Promise
    needs: frozenset[Scope]  # one of these
    find: Callable[[Seen], Reason | None]


def reasons(seen: Seen, scopes: Collection[Scope], off: Collection[str] = ()) -> list[Reason]:
    """Return why to look at somebody, the most pressing first; nothing from rules that they switched off."""
    asked = (rule for slug, rule in RULES.items() if slug not in off and rule.needs & frozenset(scopes))
    return sorted(filter(None, (rule.find(seen) for rule in asked)), key=lambda each: -each.level)


def level_of(seen: Seen, scopes: Collection[Scope], found: Sequence[Reason]) -> Level:
    """Return the group; without any check-in to go by nobody is called steady."""
    if found:
        return found[0].level
    return Level.STEADY if seen.last and FROM_DAYS & frozenset(scopes) else Level.UNKNOWN


def _craving(seen: Seen) -> Reason | None:
    strong = sum(1 for day in seen.recent if (day.craving or 0) >= STRONG_CRAVING)
    if strong < ENOUGH:
        return None
    return Reason(Level.NOW, _("Craving 8 or more on %(strong)s of the last 4 days") % {"strong": strong})


def _use(seen: Seen) -> Reason | None:
    near = [day for day in seen.uses if 0 <= (seen.today - day).days < USE_DAYS]
    if not near:
        return None
    newest = max(near)
    level = Level.NOW if (seen.today - newest).days < USE_NEAR else Level.EYE
    return Reason(level, _("Noted use on %(weekday)s") % {"weekday": date_format(newest, "l")})


def _silence(seen: Seen) -> Reason | None:
    if seen.last is None:
        return None
    days = (seen.today - seen.last).days
    if days >= SILENT:
        words = ngettext("No check-in for %(days)s day", "No check-in for %(days)s days", days) % {"days": days}
        return Reason(Level.NOW if days < LONG_SILENT else Level.EYE, words)
    if days >= QUIET and len(seen.days) >= NEARLY_DAILY:
        return Reason(Level.EYE, _("Usually here daily, quiet for %(days)s days") % {"days": days})
    return None


def _rise(seen: Seen) -> Reason | None:
    now, before = (
        [day.craving for day in seen.week(number) if day.craving is not None] for number in (0, 1)
    )  # fmt: skip
    if min(len(now), len(before)) < WEEK - MOST_MISSING:
        return None
    risen = fmean(now) - fmean(before)
    if risen < RISEN_BY:
        return None
    return Reason(Level.EYE, _("Craving up by %(points)s on the week before") % {"points": f"{risen:.1f}"})


def _sleep(seen: Seen) -> Reason | None:
    short = sum(1 for day in seen.recent if day.sleep_half_hours is not None and day.sleep_half_hours < SHORT_SLEEP)
    if short < ENOUGH:
        return None
    return Reason(Level.EYE, _("Sleep under 5 hours on %(short)s of the last 4 nights") % {"short": short})


def _mood(seen: Seen) -> Reason | None:
    rough = sum(1 for day in seen.recent if day.mood == ROUGH)
    if rough < ENOUGH:
        return None
    return Reason(Level.EYE, _("Rough mood on %(rough)s of the last 4 days") % {"rough": rough})


def _medication(seen: Seen) -> Reason | None:
    missed = sum(1 for day in seen.recent if day.medication == MISSED)
    if missed < MISSED_DAYS:
        return None
    return Reason(Level.EYE, _("Medication missed on %(missed)s of the last 4 days") % {"missed": missed})


FROM_DAYS = frozenset({Scope.CHARTS, Scope.CHECKINS})
# In the order of the person's page.
RULES: dict[str, Rule] = {
    "craving": Rule(gettext_lazy("Craving of 8 or more on 3 of the last 4 days"), FROM_DAYS, _craving),
    "use": Rule(gettext_lazy("Noted use in the last week"), frozenset({Scope.LAPSES}), _use),
    "silence": Rule(
        gettext_lazy("No check-in for 5 days, or for 3 if you’re here nearly every day"), FROM_DAYS, _silence
    ),
    "rise": Rule(gettext_lazy("Craving up by 2 or more on the week before"), FROM_DAYS, _rise),
    "sleep": Rule(gettext_lazy("Sleep under 5 hours on 3 of the last 4 nights"), FROM_DAYS, _sleep),
    "mood": Rule(gettext_lazy("Rough mood on 3 of the last 4 days"), FROM_DAYS, _mood),
    "medication": Rule(
        gettext_lazy("Medication missed on 2 of the last 4 days"), frozenset({Scope.MEDICATION}), _medication
    ),
}
