"""The pages for the plain lists: warning signs, places, what is safer now, the week's support, how to help me."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.forms_plan import ItemForm
from plans.models import Item
from plans.views.asking import ask, confirm_removal, move, own, sent

FORM = ["GET", "HEAD", "POST"]


def part_or_404(part: str) -> Item.Part:
    if part not in Item.Part.values:
        raise Http404
    return Item.Part(part)


def list_of(part: str) -> str:
    return reverse("plans:item-list", args=[part])


@require_safe
def item_list(request: PersonRequest, part: str) -> HttpResponse:
    known = part_or_404(part)
    rows = Item.objects.of(request.user).filter(part=part).in_order()
    template = "_item_list.html" if request.htmx else "item_list.html"
    return render(request, f"plans/{template}", {"rows": rows, "part": part, "title": known.label})


@require_http_methods(FORM)
def item_add(request: PersonRequest, part: str) -> HttpResponse:
    known = part_or_404(part)
    return ask(
        request,
        ItemForm(sent(request), part=part),
        lambda said: services.add_item(person=request.user, part=part, now=timezone.now(), **said),
        then=list_of(part),
        page="item_form.html",
        part=part,
        title=known.label,
    )


@require_http_methods(FORM)
def item_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    item = own(request, Item, pk)
    return ask(
        request,
        ItemForm(sent(request), part=item.part, initial=_initial(item)),
        lambda said: services.change_item(item=item, now=timezone.now(), **said),
        then=list_of(item.part),
        page="item_form.html",
        initial_of=_initial,
        item=item,
        part=item.part,
        title=item.get_part_display(),
    )


def _initial(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("kind", "text", "detail", "version")}


@require_POST
def item_move(request: PersonRequest, pk: Any) -> HttpResponse:
    item = own(request, Item, pk)
    return move(request, item, then=list_of(item.part))


@require_http_methods(FORM)
def item_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    item = own(request, Item, pk)
    return confirm_removal(
        request,
        item,
        lambda: services.remove(item, now=timezone.now()),
        name=item.text,
        then=list_of(item.part),
        edit="plans:item-edit",
    )
