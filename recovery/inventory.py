"""What makes somebody's road harder and what holds them: sentences to tick, and what each suggests for the plan.

Our own list after the clinical brief 2.2 and 5 (family, surroundings, health, people); no test, nothing is added up.
Slugs stay when the words change.
"""

from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models import Trigger

Category = Trigger.Category


class Part(StrEnum):
    """The part of the plan that a suggestion goes into."""

    TRIGGER = "trigger"
    STRATEGY = "strategy"
    ACTIVITY = "activity"
    REASON = "reason"


class Suggestion(NamedTuple):
    """Words that can go into the plan as they are; a trigger also has its kind."""

    slug: str
    part: Part
    words: Promise
    category: str = ""


class Statement(NamedTuple):
    """One sentence that may be true of somebody, and what it suggests."""

    slug: str
    words: Promise
    suggests: tuple[Suggestion, ...]


class Area(NamedTuple):
    """A few sentences under one heading."""

    slug: str
    title: Promise
    statements: tuple[Statement, ...]


def _says(slug: str, words: Promise, **parts: Promise | tuple[str, Promise]) -> Statement:
    """Build a statement: `trigger=(category, words)`, and `strategy`, `activity` or `reason` with words."""
    made = []
    for name, what in parts.items():
        category, said = what if isinstance(what, tuple) else ("", what)
        made.append(Suggestion(f"{slug}-{name}", Part(name), said, category))
    return Statement(slug, words, tuple(made))


AREAS = (
    Area(
        "family",
        _("Family and what was before"),
        (
            _says(
                "family-use",
                _("Someone in my family has, or had, a hard time with alcohol or drugs."),
                trigger=(Category.SOCIAL, _("Family days where people drink or use")),
                strategy=_("Tell a doctor about my family history"),
            ),
            _says(
                "began-young",
                _("I began when I was young."),
                activity=_("Something I liked before I ever used"),
            ),
            _says(
                "was-hurt",
                _("Hard or frightening things happened to me."),
                trigger=(Category.EMOTIONAL, _("Memories of what happened")),
                strategy=_("5-4-3-2-1 when a memory comes"),
            ),
        ),
    ),
    Area(
        "surroundings",
        _("Where I live and go"),
        (
            _says(
                "people-use",
                _("People I live with, or see often, use."),
                trigger=(Category.SOCIAL, _("Somebody using near me")),
                strategy=_("Leave for an hour when it starts"),
            ),
            _says(
                "old-places",
                _("My usual ways lead past where I used to use or get it."),
                trigger=(Category.PLACE, _("Passing an old corner")),
                strategy=_("Take the other way home"),
            ),
            _says(
                "tense-home",
                _("Work or home is tense, loud or not safe."),
                trigger=(Category.STRESS, _("Coming home after a hard day")),
                activity=_("A quiet half hour somewhere that is mine"),
            ),
        ),
    ),
    Area(
        "availability",
        _("How near it is"),
        (
            _says(
                "at-home",
                _("There is some where I live."),
                trigger=(Category.PLACE, _("Seeing it at home")),
                strategy=_("Ask someone to keep it or take it away"),
            ),
            _says(
                "within-an-hour",
                _("I could get it within an hour."),
                trigger=(Category.ONLINE, _("A message from someone who has some")),
                strategy=_("Delete and block the numbers"),
            ),
            _says(
                "cash",
                _("Cash in my hand is quickly gone."),
                trigger=(Category.MONEY, _("Payday, cash in hand")),
                strategy=_("Let someone hold my money on payday"),
            ),
        ),
    ),
    Area(
        "health",
        _("My body and mind"),
        (
            _says(
                "pain",
                _("I live with pain."),
                trigger=(Category.PHYSICAL, _("Pain")),
                strategy=_("Talk to a doctor about pain, and say what I work on"),
            ),
            _says(
                "sleep",
                _("I often sleep badly."),
                trigger=(Category.PHYSICAL, _("Can't sleep")),
                strategy=_("Body scan in bed"),
            ),
            _says(
                "low-or-anxious",
                _("I am often down, anxious or on edge."),
                trigger=(Category.EMOTIONAL, _("Feeling down or on edge")),
                strategy=_("Tell a doctor how I have been"),
            ),
        ),
    ),
    Area(
        "isolation",
        _("People and being alone"),
        (
            _says(
                "alone",
                _("I am alone on most days."),
                trigger=(Category.BOREDOM, _("An empty evening")),
                activity=_("Coffee with someone once a week"),
            ),
            _says(
                "nobody-knows",
                _("Nobody knows what I am working on."),
                trigger=(Category.SOCIAL, _("Nobody to talk to")),
                strategy=_("Tell one person this week"),
            ),
            _says(
                "pulls-back",
                _("When it gets hard, I stop answering."),
                trigger=(Category.EMOTIONAL, _("Wanting to see nobody")),
                strategy=_("Send one message before I close the door"),
            ),
        ),
    ),
    Area(
        "holds",
        _("What holds me"),
        (
            _says(
                "picks-up",
                _("Someone would pick up if I called at night."),
                strategy=_("Call the one who picks up at night"),
            ),
            _says(
                "days-have-a-shape",
                _("Work, a class or someone I care for gives my days a shape."),
                activity=_("Keep my fixed hours, on hard days too"),
            ),
            _says(
                "likes-something",
                _("There is something I love doing that has nothing to do with it."),
                activity=_("An hour of what I love doing, twice a week"),
            ),
            _says(
                "came-through",
                _("I have come through hard things before."),
                reason=_("I have come through hard things before"),
            ),
        ),
    ),
)
STATEMENTS = {each.slug: each for area in AREAS for each in area.statements}
SUGGESTIONS = {each.slug: each for statement in STATEMENTS.values() for each in statement.suggests}
# How strong the pull of a trigger is, for one tap; it can be set finely in the plan.
PULLS: dict[int, Promise] = {3: _("mild"), 6: _("strong"), 9: _("very strong")}
