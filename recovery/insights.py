"""What the check-ins say, read for pages: numbers, lines and words, each with its count."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import Prepared
from charts.scenery import Kind, Landscape, landscape
from plans.models import StrategyUse, TriggerMet
from recovery import trends
from recovery.models import CheckIn
from recovery.models.checkin import HALT_WORDS, Mood
from recovery.trends import DayValues

# A pull of this much or more is a strong one: as said that day, or else as the person rates the trigger.
STRONG_TRIGGER = 8
BEFORE_ANY = date(1920, 1, 1)


def _rows(person: UUID, first: date, last: date, recent: date) -> QuerySet[CheckIn, tuple[Any, ...]]:
    """The answers of each day, and for the days from `recent` on whether a strong trigger was met."""
    felt = Q(intensity__gte=STRONG_TRIGGER) | Q(intensity=None, trigger__impact__gte=STRONG_TRIGGER)
    # The day as well, by which it is found without looking through ten years.
    met = TriggerMet.objects.of(person).filter(felt, day__gte=recent, source=OuterRef("pk"))
    return (
        CheckIn.objects.of(person)
        .between(first, last)
        .annotate(strong_trigger=Case(When(day__gte=recent, then=Exists(met)), default=Value(False)))
        .values_list(
            "day", "mood", "craving", "sleep_half_hours", "used", "confidence", "sleep_quality", "halt", "medication",
            "connection", "risky_ahead", "craving_when", "strong_trigger",
        )
    )  # fmt: skip


_kept = Prepared(_rows)

# How many days the hills at the top of Today show.
HILL_DAYS = 42
# How far back a hard day looks for good things.
GOOD_DAYS = 120


class Beside(NamedTuple):
    """One line of “next to your last 7 days”, ready to read."""

    label: str
    now: str
    usual: str
    word: str
    kind: str  # "moss" where it went the easier way


def daily(person: User, first: date, last: date) -> list[DayValues]:
    """Return one entry a day from first to last, both included; what was not answered is None. One query."""
    kept = _kept_days(person, first, last)
    return [_values(kept[day]) if day in kept else DayValues(day) for day in trends.days_between(first, last)]


def all_days(person: User, last: date) -> list[DayValues]:
    """Return one entry a day from the very first check-in on; nothing before there is one. One query."""
    kept = _kept_days(person, BEFORE_ANY, last)
    if not kept:
        return []
    return [_values(kept[day]) if day in kept else DayValues(day) for day in trends.days_between(min(kept), last)]


def good_things_before(person: User, day: date, most: int = 3) -> list[CheckIn]:
    """Return the latest days before this one on which good things were written down. One query."""
    earlier = CheckIn.objects.of(person).between(day - timedelta(days=GOOD_DAYS), day - timedelta(days=1))
    return list(earlier.exclude(good_things="").newest_first().only("day", "person", "good_things")[:most])


def landscape_of(values: Sequence[DayValues], *, lit: Collection[date] = (), new: bool = False) -> Landscape:
    """Draw the last days as hills with a light for each; days before the first light stay bare.

    `lit` names days lit by something other than a check-in; `new` lets the last light arrive.
    """
    recent = values[-HILL_DAYS:]
    lights: list[Kind | None] = []
    for each in recent:
        if each.is_kept or each.day in lit:
            lights.append("on")
        else:
            lights.append("off" if "on" in lights else None)
    if recent:
        lights[-1] = "now" if not recent[-1].is_kept else "new" if new else "on"
    return landscape([each.mood for each in recent], lights)


def next_to_usual(values: Sequence[DayValues]) -> list[Beside]:
    """Set the last day beside the 7 before it, measure by measure; nothing in early days."""
    moods = trends.beside_usual([each.mood for each in values])
    cravings = trends.beside_usual([each.craving for each in values])
    sleeps = trends.beside_usual([each.sleep for each in values])
    lines = []
    if moods:
        words = {1: _("brighter"), 0: _("steady"), -1: _("lower")}
        lines.append(_beside(_("Mood"), moods, mood_word(moods.after), mood_word(moods.before), words, 1))
    if cravings:
        words = {1: _("stronger"), 0: _("steady"), -1: _("easing")}
        lines.append(_beside(_("Craving"), cravings, f"{cravings.after:g}", f"{cravings.before:.1f}", words, -1))
    if sleeps:
        words = {1: _("longer"), 0: _("steady"), -1: _("shorter")}
        now, usual = hours(sleeps.after), hours(round(sleeps.before, 1))
        lines.append(_beside(_("Sleep"), sleeps, now, usual, words, 1))
    return lines


def mood_word(mood: float) -> str:
    """Name the nearest mood."""
    return str(Mood(round(mood)).label)


def hours(number: float) -> str:
    return _("%(hours)s h") % {"hours": f"{number:g}"}


def _beside(label: str, change: trends.Change, now: str, usual: str, words: dict[int, str], easier: int) -> Beside:
    return Beside(label, now, usual, words[change.direction], "moss" if change.direction == easier else "")


def _kept_days(person: User, first: date, last: date) -> dict[date, tuple[Any, ...]]:
    recent = max(first, last - timedelta(days=trends.SIGN_DAYS - 1))
    return {row[0]: row for row in _kept(person=person.pk, first=first, last=last, recent=recent)}


def _values(row: tuple[Any, ...]) -> DayValues:
    day, mood, craving, half_hours, *others = row
    return DayValues(day, mood, craving, None if half_hours is None else half_hours / 2, *others)


def said(checkin: CheckIn, met: Sequence[str] = (), tried: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Return a day's answers as label and words, in the order of the form; what was not answered is left out.

    Notes are not among them.
    """
    outcomes = dict(StrategyUse.Outcome.choices)
    lines = [
        (_("Mood"), checkin.get_mood_display()),
        (_("Strongest craving"), "" if checkin.craving is None else of_ten(checkin.craving)),
        (_("Strongest"), checkin.get_craving_when_display()),
        (_("Sleep"), "" if checkin.sleep_hours is None else hours(checkin.sleep_hours)),
        (_("How it was"), checkin.get_sleep_quality_display() or ""),
        (_("Around"), ", ".join([*met, *([_("Something else")] if checkin.something_else else [])])),
        (_("Drinking or using"), checkin.get_used_display()),
        (_("More than planned"), _yes_no(checkin.over_limit)),
        (_("Hungry, angry, lonely, tired"), ", ".join(str(HALT_WORDS[letter]) for letter in checkin.halt)),
        *((name, str(outcomes.get(outcome, ""))) for name, outcome in tried),
        (_("Medication"), checkin.get_medication_display()),
        (_("In touch"), checkin.get_connection_display()),
        (_("Sure about tomorrow"), "" if checkin.confidence is None else of_ten(checkin.confidence)),
        (_("Risky ahead"), _yes_no(checkin.risky_ahead)),
    ]
    return [(label, str(words)) for label, words in lines if words]


def of_ten(number: int) -> str:
    return _("%(number)s of 10") % {"number": number}


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else (_("Yes") if answer else _("No"))
