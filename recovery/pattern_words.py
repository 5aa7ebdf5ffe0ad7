"""What the patterns say, sentence first and each with its count. Pure: patterns in, words out."""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recovery import patterns, trends
from recovery.models.checkin import PartOfDay
from recovery.patterns import Beside, Middle, Moment, SleepSplit
from recovery.pictures import STEPS

# From this usual craving on, an hour is worth naming; up to the other one it is called calm.
WORTH_NAMING, CALM = 5, 2
# How many triggers the page lists.
TRIGGERS_SHOWN = 6


class Cell(NamedTuple):
    """One part of one weekday: the usual craving, or nothing."""

    classes: str
    value: str
    label: str


class Hours(NamedTuple):
    """The table of parts of the day by weekday, from Monday on, with its sentence."""

    sentence: str
    rows: list[tuple[str, list[Cell]]]
    times: int


class TriggerLine(NamedTuple):
    """One trigger: on how many days it was around, and the usual craving then and otherwise."""

    name: str
    met: int
    usual: str
    elsewhere: str
    is_early: bool


class Triggers(NamedTuple):
    sentence: str
    lines: list[TriggerLine]


def number(value: float) -> str:
    """Write a median: a whole number, or a half."""
    return f"{value:g}"


def hours(found: Sequence[Moment]) -> Hours | None:
    """Lay out when craving was strongest; nothing under three answers."""
    if len(found) < patterns.LEAST:
        return None
    cells = patterns.by_hour(found)
    rows = [
        (str(PartOfDay(part).label), [_cell(cells.get((part, weekday))) for weekday in range(7)])
        for part in patterns.PARTS
    ]
    return Hours(_hours_sentence(found, cells), rows, len(found))


def triggers(found: Sequence[Beside], names: Mapping[Hashable, str]) -> Triggers | None:
    """List the triggers that were around most often; which is the hardest is not said."""
    lines = [_trigger(each, names[each.key]) for each in found if each.key in names][:TRIGGERS_SHOWN]
    if not lines:
        return None
    most = lines[0]
    around = ngettext("%(name)s was around on %(met)s day.", "%(name)s was around on %(met)s days.", most.met)
    sentence = around % {"name": most.name, "met": most.met}
    if most.elsewhere:
        rest = _("Craving was usually %(usual)s then, and %(elsewhere)s on other days.")
        sentence += " " + rest % {"usual": most.usual, "elsewhere": most.elsewhere}
    return Triggers(sentence, lines)


def split(found: SleepSplit) -> str:
    """Say what the day after long and after short nights was like."""
    long, short = found
    match trends.direction(long.value, short.value):
        case 1:
            words = _(
                "After short nights craving was usually stronger the next day: %(short)s, and %(long)s after long ones."
            )
        case -1:
            words = _("After short nights craving was usually lower: %(short)s, and %(long)s after long ones.")
        case _same:
            words = _("Short or long nights, craving the next day was much the same: %(short)s and %(long)s.")
    return words % {"short": number(short.value), "long": number(long.value)}


def _trigger(found: Beside, name: str) -> TriggerLine:
    usual = number(found.here.value) if found.here else ""
    elsewhere = number(found.elsewhere.value) if found.elsewhere else ""
    return TriggerLine(name, found.met, usual, elsewhere, found.met < trends.EARLY_DAYS)


def _cell(found: Middle | None) -> Cell:
    if found is None:
        return Cell("none", "", _("not said"))
    step = 1 + sum(1 for limit in STEPS if found.value > limit)
    words = ngettext("%(value)s, said once", "%(value)s, said %(count)s times", found.times)
    return Cell(f"l{step}", number(found.value), words % {"value": number(found.value), "count": found.times})


def _hours_sentence(found: Sequence[Moment], cells: Mapping[tuple[str, int], Middle]) -> str:
    if len(found) < trends.EARLY_DAYS:
        return _("Early days: a few answers do not make a pattern.")
    if len(found) < trends.ENOUGH_TO_COMPARE:
        return _("With a few more answers this says when to have your plan at hand.")
    often = [(part, day, usual) for (part, day), usual in cells.items() if usual.times >= patterns.LEAST]
    strong = max((each for each in often if each[2].value >= WORTH_NAMING), key=lambda each: each[2], default=None)
    parts = {part: usual for part, usual in patterns.by_part(found).items() if usual.times >= patterns.LEAST}
    calm = min((each for each in parts.items() if each[1].value <= CALM), key=lambda each: each[1].value, default=None)
    words = []
    if strong:
        part, day, usual = strong
        words.append(
            _("%(when)s: usually %(value)s, from %(count)s times. A good hour to have your plan at hand.")
            % {"when": _when(part, day), "value": number(usual.value), "count": usual.times}
        )
    if calm:
        words.append(_calm(*calm))
    return " ".join(words) or _("No hour stands out.")


def _when(part: str, weekday: int) -> str:
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    words = {
        "morning": _("%(weekday)s mornings"),
        "afternoon": _("%(weekday)s afternoons"),
        "evening": _("%(weekday)s evenings"),
        "night": _("%(weekday)s late nights"),
    }
    return words[part] % {"weekday": days[weekday]}


def _calm(part: str, usual: Middle) -> str:
    words = {
        "morning": _("Mornings have been your calm water: usually %(value)s, from %(count)s times."),
        "afternoon": _("Afternoons have been your calm water: usually %(value)s, from %(count)s times."),
        "evening": _("Evenings have been your calm water: usually %(value)s, from %(count)s times."),
        "night": _("Late nights have been your calm water: usually %(value)s, from %(count)s times."),
    }
    return words[part] % {"value": number(usual.value), "count": usual.times}
