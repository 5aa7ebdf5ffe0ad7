"""What the plan does not answer yet."""

from collections.abc import Collection, Iterable
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


def unanswered(triggers: Iterable[tuple[T, Collection[object]]]) -> list[T]:
    """Return the strong triggers that have no answer, in the order given."""
    return [trigger for trigger, answers in triggers if trigger.impact >= STRONG_PULL and not answers]


def fullness(parts: dict[str, int]) -> Fullness:
    """Say which parts of the plan have something in them; `parts` maps a part's name to its number of rows."""
    empty = [name for name, count in parts.items() if not count]
    return Fullness(len(parts) - len(empty), len(parts), empty)
