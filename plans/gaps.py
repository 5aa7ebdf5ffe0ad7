"""What the plan does not answer yet, and who is not around it yet."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar

# From this pull up, a trigger without an if-then answer is shown as a gap.
STRONG_PULL = 7


class Rated(Protocol):
    @property
    def impact(self) -> int: ...


T = TypeVar("T", bound=Rated)


class Fullness(NamedTuple):
    """How much of the plan is there: parts with something in them, of all parts, and what is still empty."""

    filled: int
    parts: int
    empty: list[str]

    @property
    def is_whole(self) -> bool:
        return self.filled == self.parts


class Around(NamedTuple):
    """One side of the support around somebody: how many stand there, and whether anything of it has a fixed time."""

    side: str
    people: int
    dates: int

    @property
    def is_gap(self) -> bool:
        return not (self.people or self.dates)


# The sides of support (clinical.md §5): the kinds of people and the kinds of fixed dates that make them.
SIDES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "peers": (frozenset({"sponsor", "peer"}), frozenset({"peer", "online"})),
    "close": (frozenset({"family", "friend"}), frozenset({"family"})),
    "professionals": (frozenset({"counselor", "doctor"}), frozenset({"professional"})),
}


def unanswered(triggers: Iterable[tuple[T, Collection[object]]]) -> list[T]:
    """Return the strong triggers that have no answer, in the order given."""
    return [trigger for trigger, answers in triggers if trigger.impact >= STRONG_PULL and not answers]


def fullness(parts: dict[str, int]) -> Fullness:
    """Say which parts of the plan have something in them; `parts` maps a part's name to its number of rows."""
    empty = [name for name, count in parts.items() if not count]
    return Fullness(len(parts) - len(empty), len(parts), empty)


def support_map(people: Iterable[str], dates: Iterable[str]) -> list[Around]:
    """Say who stands around somebody, side by side.

    :param people: the kind of each contact, as `Contact.Kind`
    :param dates: the kind of each line of the support schedule, as `KINDS["support"]`
    """
    who, when = list(people), list(dates)
    return [
        Around(side, sum(kind in kinds for kind in who), sum(kind in fixed for kind in when))
        for side, (kinds, fixed) in SIDES.items()
    ]
