"""Scores from answers: a recipe is data, and one small engine reads it. No database, no clock, no sentences.

An answer is a whole number: the place of the chosen option on the recipe's scale, a number of days, or 1 and 0 for yes
and no. None says that the person would rather not answer; then no score that needs it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Answers = Mapping[str, int | None]


class NotOnTheScale(ValueError):
    """An answer that its question does not offer."""

    def __init__(self, link_id: str) -> None:
        super().__init__(link_id)
        self.link_id = link_id


class Contradiction(ValueError):
    """One answer is larger than another that counts it too: more days of heavy drinking than of any drinking."""

    def __init__(self, smaller: str, larger: str) -> None:
        super().__init__(f"item {smaller} must be <= item {larger}")
        self.smaller, self.larger = smaller, larger


@dataclass(frozen=True)
class Item:
    """One question, by the number it has in print: what it takes, and what hangs on another answer."""

    link_id: str
    low: int
    high: int
    is_days: bool = False  # a number is typed, instead of one of a few options
    only_after: str = ""  # left out, and 0, where that answer is 0
    at_most: str = ""  # never more than that answer
    may_be_absent: bool = False  # a file may leave it out


@dataclass(frozen=True)
class Part:
    """What one answer adds to a scale: itself, or the points that stand at its place."""

    link_id: str
    points: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Scale:
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Mark:
    """A published cut-off of the total; `only_from`: where in addition one answer made up all of it."""

    name: str
    at_least: int
    only_from: str = ""


@dataclass(frozen=True)
class Recipe:
    """How one questionnaire is scored, and how it is offered. All of it are facts; no wording is here."""

    slug: str
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    bands: tuple[tuple[int, str], ...] = ()  # from this total on, by rising total
    marks: tuple[Mark, ...] = ()
    safety: tuple[tuple[str, int], ...] = ()  # from this answer on, help comes before anything else
    every_days: int | None = None  # how often it makes sense; None: when the person feels like it
    least_days: int = 0  # it asks about so many days, so it cannot be repeated sooner
    is_offered: bool = True  # False: scored here, but nothing that a person fills in on their own
    needs_reviewer: bool = False  # offered only while somebody who can act on it may see the result
    opens: str = ""  # the longer questionnaire to go on with after `opens_at`
    opens_at: str = ""  # the name of a mark

    def item(self, link_id: str) -> Item:
        return next(item for item in self.items if item.link_id == link_id)


@dataclass(frozen=True)
class Result:
    """What came out. A scale without one of its answers is None, and then there is no band either."""

    scores: dict[str, int | None]
    band: str
    marks: frozenset[str]


def score(recipe: Recipe, answers: Answers) -> Result:
    """Score a filled-in questionnaire.

    :raises NotOnTheScale: for an answer that its question does not offer
    :raises Contradiction: for an answer larger than one that counts it too
    """
    check(recipe, answers)
    filled = with_left_out(recipe, answers)
    scores = {scale.name: _sum(recipe, scale, filled) for scale in recipe.scales}
    total = scores.get("total")
    if total is None:
        return Result(scores, "", frozenset())
    marks = {mark.name for mark in recipe.marks if total >= mark.at_least and _comes_from(mark, total, filled)}
    return Result(scores, band_of(recipe, total), frozenset(marks))


def check(recipe: Recipe, answers: Answers) -> None:
    """Look at each answer that is there.

    :raises NotOnTheScale: for an answer that its question does not offer
    :raises Contradiction: for an answer larger than one that counts it too
    """
    for item in recipe.items:
        given = answers.get(item.link_id)
        if given is None:
            continue
        if not item.low <= given <= item.high:
            raise NotOnTheScale(item.link_id)
        limit = answers.get(item.at_most) if item.at_most else None
        if limit is not None and given > limit:
            raise Contradiction(item.link_id, item.at_most)


def with_left_out(recipe: Recipe, answers: Answers) -> dict[str, int | None]:
    """Return the answers with a 0 for each question that another answer made needless."""
    filled = dict(answers)
    for item in recipe.items:
        if item.only_after and filled.get(item.only_after) == 0:
            filled[item.link_id] = 0
    return filled


def is_asked(item: Item, answers: Answers) -> bool:
    """Whether a question is still to be put, after what was answered so far."""
    return not item.only_after or answers.get(item.only_after) != 0


def band_of(recipe: Recipe, total: int) -> str:
    """Return the name of the band that a total falls into, or nothing where there are none."""
    return next((name for lowest, name in reversed(recipe.bands) if total >= lowest), "")


def opens_safety(recipe: Recipe, link_id: str, answer: int | None) -> bool:
    """Whether this one answer puts help before everything else, whatever the total."""
    return answer is not None and any(link_id == item and answer >= least for item, least in recipe.safety)


def span(recipe: Recipe, scale: Scale) -> tuple[int, int]:
    """Return the lowest and the highest score that a scale can have."""
    ends = [_ends(recipe.item(part.link_id), part) for part in scale.parts]
    return sum(low for low, _high in ends), sum(high for _low, high in ends)


def missing(recipe: Recipe, answers: Answers) -> list[str]:
    """Return the questions without which some score is not given, in their order."""
    scored = {part.link_id for scale in recipe.scales for part in scale.parts}
    filled = with_left_out(recipe, answers)
    return [item.link_id for item in recipe.items if item.link_id in scored and filled.get(item.link_id) is None]


def _sum(recipe: Recipe, scale: Scale, answers: Answers) -> int | None:
    total = 0
    for part in scale.parts:
        given = answers.get(part.link_id)
        if given is None:
            return None
        total += given if part.points is None else part.points[given - recipe.item(part.link_id).low]
    return total


def _comes_from(mark: Mark, total: int, answers: Answers) -> bool:
    return not mark.only_from or answers.get(mark.only_from) == total


def _ends(item: Item, part: Part) -> tuple[int, int]:
    return (item.low, item.high) if part.points is None else (min(part.points), max(part.points))
