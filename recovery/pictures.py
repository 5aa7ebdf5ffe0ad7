"""Draws what the insights page shows: a sentence, three lines and a calendar of lights. Pure: values in, shapes out."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts import Line, line, rolling, scale
from recovery import trends
from recovery.models.checkin import Mood
from recovery.patterns import Stretch
from recovery.trends import DayValues

LEFT, RIGHT, TOP = 36, 316, 10
# Craving in four steps: 0–2, 3–4, 5–6, 7 and more.
STEPS = (2, 4, 6)


class Measure(NamedTuple):
    """What a line shows: its name and the scale it is drawn on."""

    key: str
    name: str
    low: float
    high: float
    height: int
    ticks: list[tuple[float, str]]


class Tick(NamedTuple):
    y: str
    text_y: str
    label: str


class Figure(NamedTuple):
    """One measure over time, ready for an SVG of 350 × height."""

    key: str
    name: str
    title: str
    description: str
    height: int
    average: Line
    daily: Line
    ticks: list[Tick]
    dates: list[tuple[str, str]]  # x and words along the foot
    last: str  # the newest average, in words
    last_y: str


class Story(NamedTuple):
    """The short version: a headline and what it rests on."""

    headline: str
    details: str


class Cell(NamedTuple):
    """One day of the calendar; without a label it lies outside the period."""

    day: date
    classes: str
    label: str
    is_link: bool


def story(values: Sequence[DayValues], loaded: Sequence[DayValues]) -> Story:
    """Say in two sentences what the period shows; nothing is compared in early days."""
    kept = sum(1 for each in values if each.is_kept)
    if kept < trends.EARLY_DAYS:
        return Story(_("Early days"), _("Lines start to mean something after about a week of check-ins."))
    # A week on its own is set beside the week before it.
    span = values if len(values) > 14 else loaded[-14:]
    craving = trends.change([each.craving for each in span])
    if craving is None:
        average = trends.mean(each.craving for each in values)
        details = _("Your craving was %(average).1f of 10 on average.") % {"average": average} if average else ""
        return Story(_("Your days so far"), details)
    headline = {
        -1: _("Cravings have eased"),
        0: _("Cravings have held steady"),
        1: _("Cravings have been stronger lately"),
    }[craving.direction]
    words = _("From %(before).1f to %(after).1f of 10, first week to last.") % craving._asdict()
    return Story(headline, " ".join([words, *_side_notes(span)]))


def _side_notes(span: Sequence[DayValues]) -> list[str]:
    mood = trends.change([each.mood for each in span])
    sleep = trends.change([each.sleep for each in span])
    notes = []
    if mood:
        notes.append({1: _("Mood rose."), 0: _("Mood held steady."), -1: _("Mood has been lower.")}[mood.direction])
    if sleep and sleep.direction:
        hours = {"hours": f"{abs(sleep.after - sleep.before):.1f}".removesuffix(".0")}
        up, down = _("Sleep is up by %(hours)s h.") % hours, _("Sleep is down by %(hours)s h.") % hours
        notes.append(up if sleep.direction > 0 else down)
    return notes


def figures(loaded: Sequence[DayValues], days: int) -> list[Figure]:
    """Draw each measure day by day on a fixed scale, so that weeks compare; one never answered is left out."""
    shown = [each.day for each in loaded[-days:]]
    period = ngettext("last %(days)s day", "last %(days)s days", days) % {"days": days}
    made = []
    for measure in measures():
        series = [getattr(each, measure.key) for each in loaded]
        daily, average = series[-days:], rolling(series)[-days:]
        goes = _("The 7-day average goes from %(first)s to %(last)s.")
        made.append(_figure(measure, average, daily, shown, period, goes, known_days=len(trends.known(daily))))
    return [figure for figure in made if figure is not None]


def long_figures(found: Sequence[Stretch], step: str) -> list[Figure]:
    """Draw each measure by the medians of weeks, months, quarters or years."""
    first = [each.first for each in found]
    made = []
    for measure in measures():
        series = [getattr(each, measure.key) for each in found]
        period = _("since %(day)s") % {"day": date_format(first[0], "F Y")}
        goes = {
            "week": _("The middle of a week goes from %(first)s to %(last)s."),
            "month": _("The middle of a month goes from %(first)s to %(last)s."),
            "quarter": _("The middle of a quarter goes from %(first)s to %(last)s."),
            "year": _("The middle of a year goes from %(first)s to %(last)s."),
        }[step]
        made.append(_figure(measure, series, (), first, period, goes))
    return [figure for figure in made if figure is not None]


def measures() -> list[Measure]:
    """Return what is drawn, each on its fixed scale."""
    moods = [(1.0, _("rough")), (3.0, _("okay")), (5.0, _("bright"))]
    return [
        Measure("craving", _("Craving"), 0, 10, 112, _numbers(0, 5, 10)),
        Measure("mood", _("Mood"), 1, 5, 104, moods),
        Measure("sleep", _("Sleep"), 0, 12, 104, _numbers(0, 6, 12)),
        Measure("confidence", _("Sure about tomorrow"), 0, 10, 104, _numbers(0, 5, 10)),
    ]


def calendar(values: Sequence[DayValues], lit: Collection[date], today: date) -> list[Cell]:
    """Lay the days out in weeks from Sunday on; days outside the period are blank."""
    first, last = values[0].day, values[-1].day
    start = first - timedelta(days=(first.weekday() + 1) % 7)
    end = last + timedelta(days=(5 - last.weekday()) % 7)
    by_day = {each.day: each for each in values}
    return [
        _cell(by_day[day], day in lit, day == today) if day in by_day else Cell(day, "off", "", False)
        for day in trends.days_between(start, end)
    ]


def _cell(values: DayValues, lit: bool, is_today: bool) -> Cell:
    day = date_format(values.day, "F j")
    classes = ["is-today"] if is_today else []
    if not values.is_kept:
        label = _("%(day)s: lit, no check-in") if lit else _("%(day)s: no check-in")
        return Cell(values.day, " ".join(["ride" if lit else "none", *classes]), label % {"day": day}, False)
    if values.craving is None:
        label, step = _("%(day)s: checked in, craving not said") % {"day": day}, 1
    else:
        label = _("%(day)s: craving %(craving)s of 10") % {"day": day, "craving": values.craving}
        step = 1 + sum(1 for limit in STEPS if values.craving > limit)
    if values.used == "yes":
        classes.append("use")
        label += _(", use noted")
    return Cell(values.day, " ".join([f"l{step}", *classes]), label, True)


def _figure(
    measure: Measure,
    bold: Sequence[float | None],
    thin: Sequence[float | None],
    days: Sequence[date],
    period: str,
    goes: str,
    known_days: int | None = None,
) -> Figure | None:
    known = trends.known(bold)
    if not known or known_days == 0:
        return None
    low, high, bottom = measure.low, measure.high, measure.height - 20
    smooth = line(bold, low, high, LEFT, RIGHT, bottom, TOP)
    description = goes % {"first": _value(measure.key, known[0]), "last": _value(measure.key, known[-1])}
    if known_days:
        counted = ngettext("%(said)s day has a value.", "%(said)s days have a value.", known_days)
        description += " " + counted % {"said": known_days}
    return Figure(
        measure.key,
        measure.name,
        f"{measure.name}, {period}",
        description,
        measure.height,
        smooth,
        line(thin, low, high, LEFT, RIGHT, bottom, TOP),
        [_tick(value, label, low, high, bottom) for value, label in measure.ticks],
        _dates(days, "M j" if known_days else "M Y"),
        _value(measure.key, known[-1]),
        f"{float(smooth.last[1]) + 4:.1f}" if smooth.last else "",
    )


def _value(key: str, value: float) -> str:
    return str(Mood(round(value)).label) if key == "mood" else f"{value:.1f}"


def _tick(value: float, label: str, low: float, high: float, bottom: float) -> Tick:
    y = scale(value, low, high, bottom, TOP)
    return Tick(f"{y:.1f}", f"{y + 4:.1f}", label)


def _numbers(*values: int) -> list[tuple[float, str]]:
    return [(float(value), str(value)) for value in values]


def _dates(days: Sequence[date], form: str) -> list[tuple[str, str]]:
    """Three dates along the foot, at even steps; the right edge says “today” by itself."""
    count = len(days)
    places = [0, count // 3, 2 * count // 3] if count > 3 else [0]
    return [
        (f"{LEFT + (RIGHT - LEFT) * index / max(count - 1, 1):.1f}", date_format(days[index], form)) for index in places
    ]
