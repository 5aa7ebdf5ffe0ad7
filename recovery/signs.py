"""Early signs: a visible list of rules over days, never a prediction. Pure: no database, no clock.

The rules, their limits and their weights are those of clinical.md §2.6 (its own design, on the studies named there).
They are added up only to choose one of three words; the sum is shown to nobody. A day without a check-in is left out:
it is never zero, and no rule speaks without days on which the person said so themselves.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean
from typing import NamedTuple

from recovery.trends import EARLY_DAYS, SIGN_DAYS, DayValues, known

USE_DAYS = 14
STRONG_CRAVING, RAISED_CRAVING, RISE = 7, 4, 2
LOW_CONFIDENCE = 4
LOW_MOOD = 2  # of 5; 3 of 10 in the brief
SHORT_NIGHT = 6  # hours
POOR_NIGHT = 1
MANY_NEEDS = 3
MISSED_DOSES = 2
CONTACTS_A_WEEK = 2
# A week says “nobody” only where this many of its days were answered.
ANSWERED_OF_A_WEEK = 4
RUN, QUIET = 5, 2
# After this long a quiet stretch is no longer news.
LONGEST_QUIET = 7
ATTENTION_FROM, SUPPORT_FROM = 3, 6


class Level(StrEnum):
    """What the signs say together, in one word each."""

    STEADY = "steady"
    ATTENTION = "attention"
    SUPPORT = "support"


class Fired(NamedTuple):
    """One rule and what it rests on: the days that say so, oldest first, and the numbers its sentence needs."""

    slug: str
    days: tuple[date, ...]
    numbers: Mapping[str, float] = {}

    @property
    def newest(self) -> date:
        return self.days[-1]


class Days(NamedTuple):
    """What the rules look at: one entry a day up to the last one that can be spoken of, and the days of noted use."""

    values: Sequence[DayValues]
    used: Collection[date]
    today: date

    def last(self, count: int) -> Sequence[DayValues]:
        return self.values[-count:]


Rule = Callable[[Days], Fired | None]


def fired(values: Sequence[DayValues], used: Collection[date], today: date) -> list[Fired]:
    """Return the rules that hold, the weightiest first.

    :param values: one entry a day without gaps, the last one today; SIGN_DAYS of them or more
    :param used: days with noted use that was not within a limit of the person's own
    """
    # Until today's check-in is there, the newest day that can say anything is yesterday.
    spoken = values if not values or values[-1].is_kept else values[:-1]
    days = Days(spoken[-SIGN_DAYS:], used, today)
    found = [each for each in (rule(days) for rule in _RULES.values()) if each is not None]
    return sorted(found, key=lambda each: -WEIGHTS[each.slug])


def level(slugs: Collection[str]) -> Level:
    """Return what some rules say together."""
    weight = sum(WEIGHTS[slug] for slug in slugs)
    if weight >= SUPPORT_FROM:
        return Level.SUPPORT
    return Level.ATTENTION if weight >= ATTENTION_FROM else Level.STEADY


def is_dismissed(firing: Fired, dismissed_on: date | None) -> bool:
    """Return whether a firing was put aside: it stays there until a newer day says the same."""
    return dismissed_on is not None and firing.newest <= dismissed_on


def _craving_strong(days: Days) -> Fired | None:
    return _last_day("craving-strong", days, lambda each: each.craving, lambda craving: craving >= STRONG_CRAVING)


def _craving_rising(days: Days) -> Fired | None:
    """Three days against the person's own fourteen before them."""
    recent = [each for each in days.last(3) if each.craving is not None]
    before = known(each.craving for each in days.values[-17:-3])
    if len(recent) < 2 or len(before) < EARLY_DAYS:
        return None
    now, usual = fmean(known(each.craving for each in recent)), fmean(before)
    if now < RAISED_CRAVING or now < usual + RISE:
        return None
    return Fired("craving-rising", _days(recent), {"now": now, "usual": usual, "count": len(before)})


def _confidence_low(days: Days) -> Fired | None:
    return _last_day("confidence-low", days, lambda each: each.confidence, lambda sure: sure <= LOW_CONFIDENCE)


def _recent_use(days: Days) -> Fired | None:
    first = days.today - timedelta(days=USE_DAYS - 1)
    found = tuple(sorted(day for day in set(days.used) if first <= day <= days.today))
    return Fired("recent-use", found) if found else None


def _risky_ahead(days: Days) -> Fired | None:
    last = days.last(1)
    if last and (last[0].risky_ahead or last[0].strong_trigger):
        kinds = {"ahead": int(bool(last[0].risky_ahead)), "met": int(last[0].strong_trigger)}
        return Fired("risky-situation", _days(last), kinds)
    return None


def _mood_low(days: Days) -> Fired | None:
    return _two_of_three("mood-low", days, lambda each: each.mood is not None and each.mood <= LOW_MOOD)


def _sleep_poor(days: Days) -> Fired | None:
    return _two_of_three(
        "sleep-poor",
        days,
        lambda each: (each.sleep is not None and each.sleep < SHORT_NIGHT) or each.quality == POOR_NIGHT,
    )


def _many_needs(days: Days) -> Fired | None:
    last = days.last(1)
    if last and len(last[0].halt) >= MANY_NEEDS:
        return Fired("halt", _days(last), {"count": len(last[0].halt)})
    return None


def _doses_missed(days: Days) -> Fired | None:
    missed = [each for each in days.last(7) if each.medication == "missed"]
    return Fired("doses-missed", _days(missed), {"count": len(missed)}) if len(missed) >= MISSED_DOSES else None


def _contact_gone(days: Days) -> Fired | None:
    """A week with nobody after one with people; both weeks from what was said, and from enough of it."""
    week, before = days.last(7), days.values[-14:-7]
    said = [each for each in week if each.connection]
    contacts = sum(1 for each in before if each.connection in {"meeting", "talked"})
    kept = sum(1 for each in days.values if each.is_kept)
    if len(said) < ANSWERED_OF_A_WEEK or kept < EARLY_DAYS or contacts < CONTACTS_A_WEEK:
        return None
    if any(each.connection != "none" for each in said):
        return None
    return Fired("contact-gone", _days(said), {"before": contacts})


def _gone_quiet(days: Days) -> Fired | None:
    """Two whole days or more without a check-in, right after five in a row. A message, and nothing else."""
    kept = [each for each in days.values if each.is_kept]
    if not kept:
        return None
    # Today is still open: a day can be missed only once it is over.
    missed = (days.today - timedelta(days=1) - kept[-1].day).days
    run = tuple(kept[-1].day - timedelta(days=back) for back in reversed(range(RUN)))
    if not QUIET <= missed <= LONGEST_QUIET or {each.day for each in kept[-RUN:]} != set(run):
        return None
    return Fired("gone-quiet", run, {"missed": missed})


def _last_day(
    slug: str, days: Days, read: Callable[[DayValues], int | None], holds: Callable[[int], bool]
) -> Fired | None:
    last = days.last(1)
    number = read(last[0]) if last else None
    return Fired(slug, _days(last), {"number": number}) if number is not None and holds(number) else None


def _two_of_three(slug: str, days: Days, holds: Callable[[DayValues], bool]) -> Fired | None:
    found = [each for each in days.last(3) if holds(each)]
    return Fired(slug, _days(found), {"count": len(found)}) if len(found) >= 2 else None


def _days(values: Sequence[DayValues]) -> tuple[date, ...]:
    return tuple(each.day for each in values)


_RULES: dict[str, Rule] = {
    "recent-use": _recent_use,
    "craving-strong": _craving_strong,
    "craving-rising": _craving_rising,
    "confidence-low": _confidence_low,
    "doses-missed": _doses_missed,
    "risky-situation": _risky_ahead,
    "mood-low": _mood_low,
    "sleep-poor": _sleep_poor,
    "halt": _many_needs,
    "contact-gone": _contact_gone,
    "gone-quiet": _gone_quiet,
}
WEIGHTS = {
    "recent-use": 3,
    "craving-strong": 2,
    "craving-rising": 2,
    "confidence-low": 2,
    "doses-missed": 2,
    "risky-situation": 1,
    "mood-low": 1,
    "sleep-poor": 1,
    "halt": 1,
    "contact-gone": 1,
    "gone-quiet": 1,
}
SLUGS = tuple(_RULES)
