"""What was measured of each page, as figures and as a table."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from tests.load.measuring import Target

HEAD = f"{'page':28} {'× floor':>8} {'least–most':>12} {'CPU ×':>6} {'ms':>7} {'SQL':>4} {'bytes':>8}  aim"


def figures_of(targets: Iterable[Target], statements: dict[str, int], aims: dict[str, float]) -> list[dict[str, Any]]:
    """Return the figures of each page; statements and aims are by the page's name, aims in times the floor."""
    return [
        {
            "name": target.name,
            "ratio": middle(target.ratios),
            "ratio_least": round(min(target.ratios), 2),
            "ratio_most": round(max(target.ratios), 2),
            "cpu_ratio": middle(target.cpu_ratios),
            "ms": middle(target.milliseconds),
            "statements": statements.get(target.name),
            "bytes": target.size,
            "aim": aims.get(target.name),
        }
        for target in targets
    ]


def floor_of(floor: Target) -> dict[str, float]:
    return {"ms": middle(floor.milliseconds), "bytes": floor.size}


def table(floor: dict[str, float], pages: Iterable[dict[str, Any]]) -> list[str]:
    """Return lines to read."""
    return [f"Floor: {floor['ms']} ms, {floor['bytes']} bytes", "", HEAD, *map(_line, pages)]


def _line(page: dict[str, Any]) -> str:
    spread = f"{page['ratio_least']}–{page['ratio_most']}"
    aim = f"≤ {page['aim']}" if page["aim"] else ""
    counted = "" if page["statements"] is None else page["statements"]
    return (
        f"{page['name']:28} {page['ratio']:>8} {spread:>12} {page['cpu_ratio']:>6} {page['ms']:>7} "
        f"{counted:>4} {page['bytes']:>8}  {aim}"
    )


def middle(values: list[float]) -> float:
    ordered = sorted(values) or [0.0]
    return round(ordered[len(ordered) // 2], 2)


def statements_of(deed: Callable[[], object]) -> int:
    """Return how many SQL statements a deed takes in this process, both databases together."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in ("default", "keys")]
        deed()
    return sum(len(queries) for queries in captured)
