"""First words to pick from, by kind; whatever is picked becomes the person's own and can be changed."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models import Trigger

Words = list[Promise]
Category = Trigger.Category

TRIGGERS: dict[Promise, Words] = {
    Category.STRESS.label: [_("A hard day at work"), _("Too much at once"), _("Bills and letters")],
    Category.EMOTIONAL.label: [_("Feeling alone"), _("Grief"), _("Shame about the past")],
    Category.SOCIAL.label: [_("Friends who still use"), _("Being offered some"), _("Nobody to talk to")],
    Category.PLACE.label: [_("Passing an old corner"), _("A smell or a song"), _("The shop on the way home")],
    Category.PHYSICAL.label: [_("Pain"), _("Can't sleep"), _("Skipping meals")],
    Category.POSITIVE.label: [_("Good news"), _("A party or wedding"), _("Feeling like I've got this")],
    Category.MONEY.label: [_("Payday, cash in hand"), _("Out of money")],
    Category.CONFLICT.label: [_("An argument at home"), _("Being blamed")],
    Category.BOREDOM.label: [_("An empty evening"), _("Weekends")],
    Category.ANNIVERSARY.label: [_("A birthday"), _("A date I lost someone"), _("Holidays")],
    Category.ONLINE.label: [_("A post or a film scene"), _("A message from an old contact")],
}

STRATEGIES: dict[Promise, Words] = {
    _("Move"): [_("Walk around the block"), _("Stretch for 5 minutes"), _("Step outside")],
    _("Calm the body"): [_("Box breathing, 4 rounds"), _("Cold water on wrists and face"), _("A hot shower")],
    _("Wait it out"): [_("Wait 15 minutes first"), _("Ride the urge in Help now")],
    _("Reach out"): [_("Call the first person on my list"), _("Go to a meeting"), _("Sit where people are")],
    _("Look after the basics"): [_("Eat something"), _("Drink a glass of water"), _("Lie down for a while")],
}

ACTIVITIES: dict[Promise, Words] = {
    _("On my own"): [_("Cook a meal"), _("Read or listen to a book"), _("Fix or make something")],
    _("With others"): [_("Coffee with a friend"), _("Play with the kids"), _("A class or a club")],
    _("Outside"): [_("A walk somewhere green"), _("A swim or a ride"), _("Garden or yard")],
}

REASONS: dict[Promise, Words] = {
    _("People"): [_("Being there for my kids"), _("Trust with my family")],
    _("Me"): [_("Mornings without a headache"), _("Sleeping well"), _("Liking who I see in the mirror")],
    _("Life"): [_("Keeping my job"), _("A place of my own"), _("Money for something good")],
}

JOURNAL: dict[Promise, Words] = {
    _("Today"): [_("What took the most out of me today?"), _("What went better than I thought?"), _("Who was kind?")],
    _("The pull"): [
        _("When was it strongest, and what was around?"),
        _("What did I do instead, even a little?"),
        _("What would I tell a friend in my place?"),
    ],
    _("Ahead"): [_("What am I looking forward to?"), _("What do I need to say, and to whom?")],
}


class Starter(NamedTuple):
    """One line to pick; its number goes into the address, so that the words do not."""

    number: int
    words: Promise


def numbered(starters: Mapping[Promise, Words]) -> list[tuple[Promise, list[Starter]]]:
    """Return the lists by kind, every line with its number in the whole."""
    number, kinds = 0, []
    for kind, lines in starters.items():
        kinds.append((kind, [Starter(number + offset, words) for offset, words in enumerate(lines)]))
        number += len(lines)
    return kinds


class Group(NamedTuple):
    """Lines of one kind: what a row of it is kept as, what the page calls it, and the lines with their numbers."""

    kind: str
    label: str | Promise
    lines: list[Starter]


def grouped(starters: Mapping[Promise, Words]) -> list[Group]:
    """Return the lists by kind, for what is kept without a kind of its own."""
    return [Group("", label, lines) for label, lines in numbered(starters)]


def picked(starters: Mapping[Promise, Words], number: str | None) -> str:
    """Return the line with this number, or nothing."""
    lines = (words for kind in starters.values() for words in kind)
    return next((str(words) for place, words in enumerate(lines) if str(place) == number), "")


def picked_category(number: str | None) -> str:
    """Return the kind of trigger that the line with this number stands under, or nothing."""
    kinds = numbered(TRIGGERS)
    place = next(
        (at for at, (_kind, lines) in enumerate(kinds) if number in {str(line.number) for line in lines}), None
    )
    return "" if place is None else list(Category)[place].value
