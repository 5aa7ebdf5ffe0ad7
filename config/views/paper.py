"""The plan on paper: a page to print and the same as a PDF; a sheet, a wallet card, large letters, a card to give."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from config import paper
from plans import emergency, services
from plans.services.cards import WholePlan

SHEETS = {
    "plan": _("One page"),
    "card": _("Wallet card"),
    "large": _("Large letters"),
    "help": _("How to help me"),
}
# What fits on each sheet: the first rows of each list.
LIMITS: dict[str, dict[str, int]] = {
    "plan": {"reasons": 3, "triggers": 5, "strategies": 6, "activities": 4, "contacts": 5, "professionals": 3},
    "card": {"reasons": 1, "triggers": 0, "strategies": 3, "activities": 0, "contacts": 3, "professionals": 0},
    "large": {"reasons": 3, "triggers": 8, "strategies": 8, "activities": 6, "contacts": 8, "professionals": 4},
    "help": {"reasons": 0, "triggers": 0, "strategies": 0, "activities": 0, "contacts": 0, "professionals": 0},
}
MOST_ITEMS = {"plan": 3, "card": 2, "large": 6, "help": 8}


@require_safe
def plan_print(request: PersonRequest) -> HttpResponse:
    """A sheet as it will be printed. `?sheet=` says which, `?named=1` puts the name on it."""
    return render(request, "config/plan_print.html", _context(request) | {"sheets": list(SHEETS.items())})


@require_safe
def plan_pdf(request: PersonRequest) -> HttpResponse:
    """The same sheet as a PDF; `?paper=a4` or `letter`, else what is usual in the person's country."""
    if not paper.can_make_pdf():
        messages.info(request, gettext("This machine cannot make PDFs. “Print” does the same from your browser."))
        return redirect(f"{reverse('plan-print')}?{urlencode({'sheet': _sheet(request)})}")
    context = _context(request)
    html = render_to_string("config/paper/document.html", context | {"language": get_language() or "en"})
    made = paper.make_pdf(html, paper=context["paper"], fits_one_page=context["sheet"] != "large")
    response = HttpResponse(made, content_type="application/pdf")
    # The name of the file says nothing: it lands in a list of downloads.
    response["Content-Disposition"] = f'attachment; filename="sheet-{context["sheet"]}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _context(request: PersonRequest) -> dict[str, Any]:
    person, sheet = request.user, _sheet(request)
    today = local_day(person, timezone.now())
    whole = services.whole_plan(person, today=today)
    named, asked = bool(request.GET.get("named")), request.GET.get("paper", "")
    numbers = emergency.numbers_for(person.country)
    return {
        "sheet": sheet,
        "whole": _cut(whole, sheet),
        "is_cut": _is_cut(whole, sheet),
        "numbers": numbers,
        "codes": [(line, paper.qr_code(line.number)) for line in numbers.lines],
        "named": named,
        "name": str(person.called) if named else "",
        "paper": asked if asked in paper.PAPERS else paper.paper_of(person.country),
        "can_make_pdf": paper.can_make_pdf(),
        "query": urlencode({"sheet": sheet, **({"named": "1"} if named else {})}),
        "day": today,
    }


def _sheet(request: PersonRequest) -> str:
    asked = request.GET.get("sheet", "")
    return asked if asked in SHEETS else "plan"


def _cut(whole: WholePlan, sheet: str) -> WholePlan:
    lists: dict[str, Any] = {part: getattr(whole, part)[:most] for part, most in LIMITS[sheet].items()}
    items = {part: rows[: MOST_ITEMS[sheet]] for part, rows in whole.items.items()}
    return replace(whole, **lists, items=items)


def _is_cut(whole: WholePlan, sheet: str) -> bool:
    if sheet == "help":
        return len(whole.items["help_me"]) > MOST_ITEMS[sheet]
    lists = any(len(getattr(whole, part)) > most for part, most in LIMITS[sheet].items())
    return lists or any(len(rows) > MOST_ITEMS[sheet] for rows in whole.items.values())
