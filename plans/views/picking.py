"""Picking several lines at once: the first way to add to a list; own words stand beside it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans import services
from plans.forms_plan import PickForm
from plans.models import Activity, Item, PlanRevision, Reason, Strategy
from plans.models.item import KINDS
from plans.starters import ACTIVITIES, REASONS, STRATEGIES, Group, Starter, grouped
from plans.starters_items import ITEMS
from plans.views.asking import sent


class Shelf(NamedTuple):
    """One list that can be picked for: its model, the column of the words, what is offered, and where it leads."""

    model: type[Any]
    column: str
    groups: Callable[[], list[Group]]
    to_list: str
    to_add: str


SHELVES = {
    "strategies": Shelf(Strategy, "name", lambda: grouped(STRATEGIES), "strategy-list", "strategy-add"),
    "activities": Shelf(Activity, "name", lambda: grouped(ACTIVITIES), "activity-list", "activity-add"),
    "reasons": Shelf(Reason, "text", lambda: grouped(REASONS), "reason-list", "reason-add"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: PersonRequest, part: str) -> HttpResponse:
    """Offer what others found useful, by kind; what is ticked and what is typed is added in one go."""
    shelf, fixed = _shelf(part)
    rows = shelf.model.objects.of(request.user).filter(**fixed)
    taken = {getattr(row, shelf.column) for row in rows}
    form = PickForm(sent(request), groups=shelf.groups(), taken=taken, part=part if fixed else "")
    args = [part] if fixed else []
    to_list = reverse(f"plans:{shelf.to_list}", args=args)
    if form.is_bound and form.is_valid():
        lines = [{shelf.column: words, **fixed, **({"kind": kind} if fixed else {})} for kind, words in form.lines]
        try:
            services.put_all(shelf.model, person=request.user, rows=lines, column=shelf.column, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect(to_list)
    context = {
        "form": form,
        "title": PlanRevision.Part(part).label,
        "to_list": to_list,
        "to_add": reverse(f"plans:{shelf.to_add}", args=args),
    }
    return render(request, "plans/pick.html", context, status=422 if form.errors else 200)


def _shelf(part: str) -> tuple[Shelf, dict[str, str]]:
    if part in SHELVES:
        return SHELVES[part], {}
    if part in ITEMS:
        return Shelf(Item, "text", lambda: _item_groups(part), "item-list", "item-add"), {"part": part}
    raise Http404


def _item_groups(part: str) -> list[Group]:
    groups, number = [], 0
    for kind, lines in ITEMS[part].items():
        starters = [Starter(number + offset, words) for offset, words in enumerate(lines)]
        groups.append(Group(kind, KINDS[part][kind], starters))
        number += len(lines)
    return groups
