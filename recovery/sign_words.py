"""The early signs in words: what each rule looks at, what it rests on, and why it holds now."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recovery.signs import WEIGHTS, Fired, Level


class RuleWords(NamedTuple):
    """One rule as a person reads it: its name, what it looks at, how much it counts and what that rests on."""

    title: str
    about: str
    weight: str
    basis: str


# Lazy, so that a page translates the words of the rules that it shows, and not all of them.
_RULES = {
    "recent-use": (
        gettext_lazy("Use in the last two weeks"),
        gettext_lazy("Use was noted on one of the last 14 days. Days within a limit you set are left out."),
        gettext_lazy("Recent use told more than most else in studies. It says nothing about you as a person."),
    ),
    "craving-strong": (
        gettext_lazy("A strong craving"),
        gettext_lazy("Craving was 7 or more at the last check-in."),
        gettext_lazy("Seen in 237 studies: stronger craving, more use soon after. The closer in time, the clearer."),
    ),
    "craving-rising": (
        gettext_lazy("Craving on the rise"),
        gettext_lazy("The last 3 days average 4 or more, and 2 or more above your own 14 days before."),
        gettext_lazy("What matters is the rise over your own level, not anybody else's."),
    ),
    "confidence-low": (
        gettext_lazy("Less sure about tomorrow"),
        gettext_lazy("You were 4 of 10 sure, or less, at the last check-in."),
        gettext_lazy(
            "How sure people felt was one of the two things that told most in studies. It fades within 2 weeks."
        ),
    ),
    "doses-missed": (
        gettext_lazy("Missed doses"),
        gettext_lazy("Medication was missed on 2 or more of the last 7 days."),
        gettext_lazy("Stopping medication can be dangerous. A prescriber or pharmacist can say what to do."),
    ),
    "risky-situation": (
        gettext_lazy("A risky situation"),
        gettext_lazy("You see something risky coming, or met a trigger with a pull of 8 or more."),
        gettext_lazy("It tells more as the weeks go by. A plan made before helps."),
    ),
    "mood-low": (
        gettext_lazy("Low mood"),
        gettext_lazy("Mood was low or rough on 2 of the last 3 days."),
        gettext_lazy("Seen before and during use in studies. Stress alone told little."),
    ),
    "sleep-poor": (
        gettext_lazy("Poor nights"),
        gettext_lazy("Less than 6 hours, or a poor night, on 2 of the last 3."),
        gettext_lazy("Craving was a little higher after worse sleep. A small effect."),
    ),
    "halt": (
        gettext_lazy("Several needs at once"),
        gettext_lazy("3 or more of hungry, angry, lonely and tired at the last check-in."),
        gettext_lazy("A rule of thumb many people use, with little study behind it."),
    ),
    "contact-gone": (
        gettext_lazy("A week without company"),
        gettext_lazy("Nobody on the days you answered this week, after 2 or more contacts the week before."),
        gettext_lazy("In one study, good contacts loosened the tie between mood and craving."),
    ),
    "gone-quiet": (
        gettext_lazy("Days without a check-in"),
        gettext_lazy("2 days or more without one, right after 5 in a row."),
        gettext_lazy("On its own this told nothing in studies. It is only a hello."),
    ),
}


def level_words(level: Level) -> tuple[str, str]:
    """Return a headline and a sentence for what the signs say together."""
    return {
        Level.STEADY: (_("Steady"), _("Nothing here asks for more than an ordinary day.")),
        Level.ATTENTION: (_("Worth attention"), _("A good moment to look at your plan, before it is needed.")),
        Level.SUPPORT: (
            _("Extra support today"),
            _("Several things come together. Let somebody know, and keep today small."),
        ),
    }[level]


def rule_words(slug: str) -> RuleWords:
    """Describe a rule. What it rests on is a summary of clinical.md §2.6 and its sources."""
    title, about, basis = map(str, _RULES[slug])
    weight = {1: _("counts a little"), 2: _("counts"), 3: _("counts most")}[WEIGHTS[slug]]
    return RuleWords(title, about, weight, basis)


def why(firing: Fired) -> str:
    """Say why a rule holds, with its days and numbers."""
    number = firing.numbers.get("number", 0)
    count = round(firing.numbers.get("count", 0))
    days = _listed(firing.days)
    match firing.slug:
        case "craving-strong":
            return _("Craving was %(number)s of 10 on %(days)s.") % {"number": number, "days": days}
        case "craving-rising":
            return _("Craving averaged %(now).1f on %(days)s, and %(usual).1f on %(count)s days before.") % {
                **firing.numbers,
                "days": days,
            }
        case "confidence-low":
            return _("You were %(number)s of 10 sure on %(days)s.") % {"number": number, "days": days}
        case "recent-use":
            return _("Noted on %(days)s.") % {"days": days}
        case "risky-situation":
            return _risky(firing, days)
        case "mood-low":
            return _("Mood was low or rough on %(days)s.") % {"days": days}
        case "sleep-poor":
            return _("A short or poor night before %(days)s.") % {"days": days}
        case "halt":
            return _("You ticked %(count)s of 4 on %(days)s.") % {"count": count, "days": days}
        case "doses-missed":
            return _("You said so on %(days)s.") % {"days": days}
        case "contact-gone":
            return _answered_alone(firing)
        case "gone-quiet":
            return _("Your last check-in was on %(day)s, after 5 days in a row. Your place is kept.") % {
                "day": _day(firing.newest)
            }
    raise ValueError(f"no words for {firing.slug}")


def _risky(firing: Fired, days: str) -> str:
    if firing.numbers["ahead"] and firing.numbers["met"]:
        words = _("On %(days)s you saw something risky coming, and met a trigger with a strong pull.")
    elif firing.numbers["ahead"]:
        words = _("On %(days)s you saw something risky coming.")
    else:
        words = _("On %(days)s you met a trigger with a strong pull.")
    return words % {"days": days}


def _answered_alone(firing: Fired) -> str:
    said = len(firing.days)
    words = ngettext(
        "Nobody on the %(said)s day you answered in the last 7; %(before)s times the week before.",
        "Nobody on the %(said)s days you answered in the last 7; %(before)s times the week before.",
        said,
    )
    return words % {"said": said, "before": firing.numbers["before"]}


def _listed(days: Sequence[date]) -> str:
    *others, last = [_day(day) for day in days]
    if not others:
        return last
    return _("%(days)s and %(last)s") % {"days": ", ".join(others), "last": last}


def _day(day: date) -> str:
    return date_format(day, "M j")
