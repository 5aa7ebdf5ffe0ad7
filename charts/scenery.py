"""The landscape at the top of a page: three far ridges that never change, and a near one made of somebody's days."""

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from charts import Value, pair, ridge, rolling, spread

WIDTH, HEIGHT = 1080, 344
# Moods run from 1 to 5; the near ridge keeps to this band of pixel rows, below whatever is written in the sky.
LOWEST_MOOD, HIGHEST_MOOD, VALLEY, PEAK = 1, 5, 254, 182
# How far below the ridge line a light hangs.
DROP = 13

# on: a day that is lit; off: a day without a check-in; now: today, waiting; new: today, just lit.
Kind = Literal["on", "off", "now", "new"]

_FAR = (
    ((2.2, 3.9, 5.2, 3.8, 2.4, 3.4, 4.9, 5.5, 4.0, 2.9, 3.6, 4.8, 3.5, 2.6, 4.4, 5.7, 4.6, 3.2, 2.6), 236, 118),
    ((4.4, 3.0, 1.9, 3.1, 4.7, 3.6, 2.0, 1.4, 3.0, 4.5, 4.9, 3.2, 1.9, 3.4, 5.0, 3.9, 2.1, 2.7, 4.1, 4.8), 250, 150),
    ((1.2, 2.6, 4.2, 3.1, 1.6, 2.2, 3.9, 4.6, 2.9, 1.5, 1.9, 3.8, 4.4, 2.7, 1.3, 2.2, 4.0, 3.0, 1.6), 258, 182),
)
# What a visitor sees: an example, nobody's days.
_EXAMPLE: tuple[Value, ...] = (
    *(2, 1, 2, 2, None, 1, 2, 3, 2, 2, 3, 2, 2, 2, 3, 2, 3, 1, None, 3, 3),
    *(3, 3, 2, 4, 4, 3, None, 4, 4, 3, 3, 4, 3, 4, 4, 5, 4, 3, 3, 4),
)


class Landscape(NamedTuple):
    """Paths for an SVG of width × height, far to near, and each day's light with its kind and place."""

    width: int
    height: int
    far: tuple[str, ...]
    near: str
    lights: list[tuple[Kind, str, str]]


@cache
def far_ridges() -> tuple[str, ...]:
    return tuple(ridge(heights, 0, 6, WIDTH, HEIGHT, bottom, top).d for heights, bottom, top in _FAR)


def landscape(moods: Sequence[Value], lights: Sequence[Kind | None]) -> Landscape:
    """Draw the days from left to right, the last one at the right edge.

    :param moods: one value from 1 to 5 a day, None where there was no check-in.
    :param lights: what hangs on the ridge each day; None leaves the day bare. As many as moods.
    """
    line = _level(rolling(moods, 4)) or [3.0]
    near = ridge([*line, line[-1] + 0.15], LOWEST_MOOD, HIGHEST_MOOD, WIDTH, HEIGHT, VALLEY, PEAK)
    places = spread([*line, line[-1]], LOWEST_MOOD, HIGHEST_MOOD, 0, WIDTH, VALLEY, PEAK)
    hung: list[tuple[Kind, str, str]] = []
    for kind, place in zip(lights, places, strict=False):
        if kind is not None and place is not None:
            # Today's ring is larger: it stands a little off the edge.
            x = place[0] - 6 if kind in {"now", "new"} else place[0]
            hung.append((kind, *pair((x, place[1] + DROP))))
    return Landscape(WIDTH, HEIGHT, far_ridges(), near.d, hung)


def _level(values: Sequence[Value]) -> list[float]:
    """Carry the last known value over the days that have none."""
    known = next((value for value in values if value is not None), None)
    levels = []
    for value in values:
        known = value if value is not None else known
        levels.append(3.0 if known is None else known)
    return levels


@cache
def example() -> Landscape:
    """Draw the landscape of the sign-in and of every page that belongs to nobody."""
    lights: list[Kind | None] = ["off" if mood is None else "on" for mood in _EXAMPLE]
    lights[-1] = "now"
    return landscape(_EXAMPLE, lights)
