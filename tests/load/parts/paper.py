"""The plan as a PDF, on each of its sheets."""

from typing import Any

from django.urls import reverse

from config.paper import can_make_pdf
from config.views.paper import SHEETS
from tests.load.bench import Bench
from tests.load.figures import figures_of, floor_of, table
from tests.load.measuring import Target, reading
from tests.load.people import MONTH, make_person


def measure(bench: Bench) -> dict[str, Any] | None:
    """Return the figures of each sheet; None where PDFs cannot be made."""
    if not can_make_pdf():
        return None
    house, cookie = bench.house, make_person("paper", MONTH).cookie
    targets = [
        Target(f"PDF: {title}", house.port, house.pid, reading(house, cookie, f"{reverse('plan-pdf')}?sheet={sheet}"))
        for sheet, title in SHEETS.items()
    ]
    bench.measure(targets)
    return {"floor": floor_of(bench.floor), "pages": figures_of(targets, {}, {})}


def describe(figures: dict[str, Any] | None) -> str:
    if figures is None:
        return "Not measured: what makes PDFs is not on this machine."
    return "\n".join(table(figures["floor"], figures["pages"]))
