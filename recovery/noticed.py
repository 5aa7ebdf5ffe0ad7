"""The early signs of one person: the rules on their days, less what they switched off or put aside."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import User
from accounts.prepared import Prepared
from recovery import insights, sign_words, signs, trends
from recovery.models import Lapse, SignChoice
from recovery.sign_words import RuleWords
from recovery.signs import Fired, Level
from recovery.trends import DayValues

_uses: Prepared[tuple[date, bool | None]] = Prepared(
    lambda person, first, last: Lapse.objects.of(person).between(first, last).values_list("day", "over_limit")
)
_choices: Prepared[SignChoice] = Prepared(lambda person: SignChoice.objects.of(person))


class Shown(NamedTuple):
    """A sign as it stands on a page."""

    slug: str
    words: RuleWords
    why: str
    days: tuple[date, ...]


class Noticed(NamedTuple):
    """The signs that hold and are neither off nor put aside, and what they say together."""

    level: Level
    shown: list[Shown]

    @property
    def headline(self) -> str:
        return sign_words.level_words(self.level)[0]

    @property
    def advice(self) -> str:
        return sign_words.level_words(self.level)[1]

    @property
    def is_only_quiet(self) -> bool:
        """Whether all there is to say is hello."""
        return [each.slug for each in self.shown] == ["gone-quiet"]


class RuleState(NamedTuple):
    """One rule of the list with the person's choice and, where it holds, why."""

    slug: str
    words: RuleWords
    is_off: bool
    is_dismissed: bool
    firing: Fired | None

    @property
    def is_shown(self) -> bool:
        return self.firing is not None and not self.is_off and not self.is_dismissed

    @property
    def why(self) -> str:
        return sign_words.why(self.firing) if self.firing and not self.is_off else ""


def uses(person: User, today: date) -> list[tuple[date, bool | None]]:
    """Return the days with noted use that a sign may rest on, and whether each was over a limit. One query."""
    return _uses(person=person.pk, first=today - timedelta(days=signs.USE_DAYS - 1), last=today)


def notice(
    person: User, values: Sequence[DayValues], used: Sequence[tuple[date, bool | None]], *, besides: str = ""
) -> Noticed | None:
    """Return what days that a page has read already show, or None where nothing does. One query, where any rule holds.

    :param values: trends.SIGN_DAYS or more days up to today
    :param used: what `uses` gave
    :param besides: a rule of which the page speaks in another place
    """
    fired = _fired(values, used)
    if not any(each.slug != besides for each in fired):
        return None
    choices = _choices_of(person)
    held = [each for each in fired if _state(each.slug, each, choices).is_shown]
    shown = [
        Shown(each.slug, sign_words.rule_words(each.slug), sign_words.why(each), each.days)
        for each in held
        if each.slug != besides
    ]
    return Noticed(signs.level([each.slug for each in held]), shown) if shown else None


def every_rule(person: User, today: date) -> tuple[Level, list[RuleState]]:
    """Return the whole list, and what the signs that are shown say together. Three queries."""
    values = insights.daily(person, today - timedelta(days=trends.SIGN_DAYS - 1), today)
    fired = {each.slug: each for each in _fired(values, uses(person, today))}
    choices = _choices_of(person)
    states = [_state(slug, fired.get(slug), choices) for slug in signs.SLUGS]
    return signs.level([each.slug for each in states if each.is_shown]), states


def newest_day(person: User, slug: str, today: date) -> date | None:
    """Return the newest day on which a rule rests, or None where it does not hold."""
    _level, states = every_rule(person, today)
    return next((each.firing.newest for each in states if each.slug == slug and each.firing), None)


def _fired(values: Sequence[DayValues], used: Sequence[tuple[date, bool | None]]) -> list[Fired]:
    # Cutting down, a day within the own limit is a good day.
    return signs.fired(values, {day for day, over_limit in used if over_limit is not False}, values[-1].day)


def _state(slug: str, firing: Fired | None, choices: dict[str, SignChoice]) -> RuleState:
    choice = choices.get(slug)
    is_off = choice is not None and choice.is_off
    aside = bool(firing and choice and signs.is_dismissed(firing, choice.dismissed_on))
    return RuleState(slug, sign_words.rule_words(slug), is_off, aside, firing)


def _choices_of(person: User) -> dict[str, SignChoice]:
    return {each.rule: each for each in _choices(person=person.pk)}
