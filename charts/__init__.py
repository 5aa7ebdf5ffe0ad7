"""Charts: lists of numbers in, SVG geometry out. No colours, no database, no clock.

A missing day is None, and a line breaks there: it is never drawn as zero. Heights grow downwards, as in SVG, so
`bottom` is the pixel row of the lowest value and `top` that of the highest.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

Value = float | None
Point = tuple[float, float]


class Line(NamedTuple):
    """A line with gaps: its path, the area under it, each day's point and the last one, as text for attributes."""

    d: str
    area: str
    points: list[tuple[str, str] | None]
    last: tuple[str, str] | None


class Spark(NamedTuple):
    """A small line with gaps: its path and its last point."""

    d: str
    last: tuple[str, str] | None


class Ridge(NamedTuple):
    """A filled hill across the whole width."""

    d: str
    points: list[tuple[str, str]]


class Wave(NamedTuple):
    """An urge as one wave: the whole curve, the part ridden, where the light is now, and every point for the script."""

    full: str
    done: str
    area: str
    at: tuple[str, str]
    crest: tuple[str, str]
    every_point: str


def text(number: float) -> str:
    """Write a coordinate with one decimal at most."""
    return f"{number:.1f}".rstrip("0").rstrip(".")


def pair(point: Point) -> tuple[str, str]:
    return text(point[0]), text(point[1])


def scale(value: float, low: float, high: float, bottom: float, top: float) -> float:
    return bottom + (value - low) / (high - low) * (top - bottom)


# One formatting for six numbers: long lines are made of hundreds of these.
_CURVE = "C%.1f %.1f %.1f %.1f %.1f %.1f"


def smooth(points: Sequence[Point]) -> str:
    """Draw a monotone cubic through the points: it never overshoots a value that somebody entered."""
    if not points:
        return ""
    if len(points) == 1:
        x, y = pair(points[0])
        return f"M{x} {y}h.01"
    steps = [after[0] - before[0] for before, after in pairwise(points)]
    slopes = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(points)]
    tangents = [slopes[0], *map(_tangent, slopes, slopes[1:]), slopes[-1]]
    path = [f"M{text(points[0][0])} {text(points[0][1])}"]
    for index, step in enumerate(steps):
        (x0, y0), (x1, y1) = points[index], points[index + 1]
        rise, fall = tangents[index] * step / 3, tangents[index + 1] * step / 3
        path.append(_CURVE % (x0 + step / 3, y0 + rise, x1 - step / 3, y1 - fall, x1, y1))
    return "".join(path)


def _tangent(before: float, after: float) -> float:
    """The harmonic mean of two slopes, flat where they change sign."""
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)


def spread(
    values: Sequence[Value], low: float, high: float, left: float, right: float, bottom: float, top: float
) -> list[Point | None]:
    """Lay values out at even steps between two columns."""
    last = max(len(values) - 1, 1)
    return [
        None if value is None else (left + (right - left) * index / last, scale(value, low, high, bottom, top))
        for index, value in enumerate(values)
    ]


def segments(points: Sequence[Point | None]) -> list[list[Point]]:
    """Cut a row of points at its gaps."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point is not None:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [segment for segment in found if segment]


def line(
    values: Sequence[Value], low: float, high: float, left: float, right: float, bottom: float, top: float
) -> Line:
    points = spread(values, low, high, left, right, bottom, top)
    parts = segments(points)
    known = [point for point in points if point is not None]
    return Line(
        d="".join(smooth(part) for part in parts),
        area="".join(_down_to(part, bottom) for part in parts if len(part) > 1),
        points=[None if point is None else pair(point) for point in points],
        last=pair(known[-1]) if known else None,
    )


def _down_to(part: Sequence[Point], bottom: float) -> str:
    return f"{smooth(part)}L{text(part[-1][0])} {text(bottom)}L{text(part[0][0])} {text(bottom)}Z"


def rolling(values: Sequence[Value], days: int = 7) -> list[Value]:
    """Return the mean of the days up to each one that have a value."""
    means: list[Value] = []
    for index in range(len(values)):
        window = [value for value in values[max(0, index - days + 1) : index + 1] if value is not None]
        means.append(sum(window) / len(window) if window else None)
    return means


def spark(values: Sequence[Value], low: float = 0, high: float = 10, width: float = 92, height: float = 30) -> Spark:
    """A small line for a table cell."""
    points = spread(values, low, high, 2, width - 4, height - 3, 3)
    known = [point for point in points if point is not None]
    return Spark("".join(smooth(part) for part in segments(points)), pair(known[-1]) if known else None)


def ridge(
    values: Sequence[Value], low: float, high: float, width: float, height: float, bottom: float, top: float
) -> Ridge:
    """A hill line that carries on level over missing days."""
    level = next((value for value in values if value is not None), low)
    filled: list[Value] = []
    for value in values:
        level = level if value is None else value
        filled.append(level)
    points = [point for point in spread(filled, low, high, 0, width, bottom, top) if point is not None]
    return Ridge(f"{smooth(points)}L{text(width)} {text(height)}L0 {text(height)}Z", [pair(point) for point in points])


# Where the urge wave crests, as a share of its length: a quick rise and a long ease.
CREST = 0.36


def wave(progress: float, width: float = 350, base: float = 128, top: float = 22, steps: int = 60) -> Wave:
    """Draw the urge wave; `progress` from 0 to 1 is how much of the time has been ridden."""
    points = [
        (8 + (width - 16) * step / steps, base - (base - top) * _height(step / steps)) for step in range(steps + 1)
    ]
    done = points[: max(1, round(progress * steps)) + 1]
    return Wave(
        full=smooth(points),
        done=smooth(done),
        area=_down_to(done, base),
        at=pair(done[-1]),
        crest=pair((8 + (width - 16) * CREST, top)),
        every_point=" ".join(",".join(pair(point)) for point in points),
    )


def own_curve(
    ratings: Sequence[tuple[float, int]], minutes: float, width: float = 350, base: float = 128, top: float = 22
) -> tuple[str, list[tuple[str, str]]]:
    """Draw what somebody said of an urge over the wave: a line through (minute, strength 0–10), and its points."""
    points = [
        (8 + (width - 16) * min(1.0, at / minutes), scale(strength, 0, 10, base, top)) for at, strength in ratings
    ]
    return smooth(points), [pair(point) for point in points]


def _height(share: float) -> float:
    return (share / CREST) ** 2.1 * exp(2.1 * (1 - share / CREST)) if share > 0 else 0.0
