"""Everything that Insights shows for one period, read in a fixed number of queries whatever the history."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import local_time
from accounts.models import User
from plans.services import readers
from recovery import insights, noticed, pattern_words, patterns, pictures, trends
from recovery.noticed import Noticed
from recovery.pattern_words import Hours, Triggers
from recovery.patterns import SleepSplit, Stretch
from recovery.pictures import Cell, Figure, Story
from recovery.trends import DayValues

# Days by name; 0 is everything there is.
PERIODS = {"7": 7, "30": 30, "90": 90, "365": 365, "all": 0}
# Longer periods are drawn by weeks, months or more, and the calendar shows no more days at once.
MOST_DAYS = 90
# Below this many check-ins the page says what will be here.
ENOUGH_TO_SHOW = 3
# A bar of the whole width, in units of its drawing.
BAR = 300


@dataclass(frozen=True)
class Helped:
    """A strategy, how often it eased things, and of how many times that was said."""

    name: str
    eased: int
    said: int

    @property
    def share(self) -> int:
        return round(BAR * self.eased / self.said)

    @property
    def is_early(self) -> bool:
        return self.said < trends.EARLY_DAYS


@dataclass(frozen=True)
class Overview:
    """One period of somebody's days."""

    period: str
    first: date
    today: date
    loaded: list[DayValues]  # the period, and the days before it that averages and signs look at
    values: list[DayValues]
    lit: set[date]
    helped: list[Helped]
    signs: Noticed | None
    hours: Hours | None
    triggers: Triggers | None

    @property
    def days(self) -> int:
        return len(self.values)

    @property
    def kept(self) -> int:
        return sum(1 for each in self.values if each.is_kept)

    @property
    def missed(self) -> int:
        return self.days - self.kept

    @property
    def is_empty(self) -> bool:
        return self.kept < ENOUGH_TO_SHOW

    @property
    def is_long(self) -> bool:
        return self.days > MOST_DAYS

    @property
    def is_done(self) -> bool:
        return self.values[-1].is_kept

    @property
    def step(self) -> str:
        return patterns.step_of(self.days) if self.is_long else "day"

    def stretches(self) -> list[Stretch]:
        """Return what a point of a line stands for, where that is more than a day."""
        return patterns.stretches(self.values, self.step) if self.is_long else []

    def points(self) -> list[Stretch]:
        """Return the numbers of the lines, day by day or gathered."""
        return patterns.stretches(self.values, self.step)

    def story(self) -> Story:
        return pictures.story(self.values, self.loaded)

    def figures(self) -> list[Figure]:
        return pictures.long_figures(self.stretches(), self.step) if self.is_long else self._daily_figures()

    def weeks(self) -> list[Cell]:
        """Return the calendar: the period, or the last days of a long one."""
        return pictures.calendar(self.values[-MOST_DAYS:], self.lit, self.today)

    @property
    def shown_from(self) -> date:
        """The first day of the calendar."""
        return self.values[-MOST_DAYS:][0].day

    @property
    def split(self) -> SleepSplit | None:
        return patterns.sleep_split(self.values)

    @property
    def split_words(self) -> str:
        return pattern_words.split(self.split) if self.split else ""

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Return the same numbers as a table, newest first: when, craving, mood, sleep, sure; no mood where none."""
        if self.is_long:
            return [_long_row(each, self.step) for each in reversed(self.stretches())]
        return [_row(each) for each in reversed(self.values)]

    def _daily_figures(self) -> list[Figure]:
        return pictures.figures(self.loaded, self.days)


def overview(person: User, period: str, today: date) -> Overview:
    """Read one period up to today. Eight queries at most, and one more where a sign holds."""
    loaded, values = _days(person, PERIODS[period], today)
    first = values[0].day
    met = readers.triggers_met(person, first, today)
    rides = [
        (local_time(person, at).replace(tzinfo=None), strength)
        for at, strength in readers.rides_rated(person, first, today)
    ]
    return Overview(
        period=period,
        first=first,
        today=today,
        loaded=loaded,
        values=values,
        lit=readers.lit_days(person, values[-MOST_DAYS:][0].day, today),
        helped=_helped(person),
        signs=noticed.notice(person, loaded, noticed.uses(person, today)),
        hours=pattern_words.hours(patterns.moments(values, rides)),
        triggers=pattern_words.triggers(patterns.by_trigger(values, met), _names(person)) if met else None,
    )


def _days(person: User, days: int, today: date) -> tuple[list[DayValues], list[DayValues]]:
    """Return the days to read, and those of the period among them."""
    if not days:
        everything = insights.all_days(person, today)
        if len(everything) > trends.SIGN_DAYS:
            return everything, everything
        days = PERIODS["30"]
    # The days before the period feed the 7-day averages at its left edge, and the early signs.
    first = today - timedelta(days=max(days + 7, trends.SIGN_DAYS) - 1)
    loaded = insights.daily(person, first, today)
    return loaded, loaded[-days:]


def _names(person: User) -> dict[object, str]:
    return {key: trigger.name for key, trigger in readers.trigger_names(person).items()}


def _helped(person: User) -> list[Helped]:
    """Return each strategy that was said to help or not, what eased things most often first."""
    counts = readers.helped(person)
    if not counts:
        return []
    found = [Helped(each.name, *counts[each.pk]) for each in readers.strategies(person) if each.pk in counts]
    return sorted(found, key=lambda each: (-each.eased / each.said, -each.said))


def _row(values: DayValues) -> tuple[str, str, str, str, str]:
    return (date_format(values.day, "M j"), *_said(values.craving, values.mood, values.sleep, values.confidence))


def _long_row(found: Stretch, step: str) -> tuple[str, str, str, str, str]:
    match step:
        case "week":
            when = _("week of %(day)s") % {"day": date_format(found.first, "M j, Y")}
        case "month":
            when = date_format(found.first, "M Y")
        case "quarter":
            when = f"{date_format(found.first, 'M')}–{date_format(found.last, 'M Y')}"
        case _year:
            when = date_format(found.first, "Y")
    when += f" ({found.kept})"
    return (when, *_said(found.craving, found.mood, found.sleep, found.confidence))


def _said(
    craving: float | None, mood: float | None, sleep: float | None, sure: float | None
) -> tuple[str, str, str, str]:
    return (
        "–" if craving is None else f"{craving:g}",
        "" if mood is None else insights.mood_word(mood),
        "–" if sleep is None else insights.hours(sleep),
        "–" if sure is None else f"{sure:g}",
    )
