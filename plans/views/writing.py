"""The pages for what a person writes for themselves: the journal, thoughts, two sides weighed."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.forms import EntryForm, FindForm, PageForm, ThoughtForm, WeighingForm
from plans.models import JournalEntry, ThoughtRecord, Weighing
from plans.starters import JOURNAL, numbered, picked
from plans.views.asking import ask, confirm_removal, own, sent
from resources.services import review_of
from resources.tools import TOOLS

FORM = ["GET", "HEAD", "POST"]
PAGES_A_PAGE = 20
MOST_FOUND = 100
# Each kind of page by the tool whose words stand beside it.
SLUGS = {"entry": "journal", "thought": "thoughts", "weighing": "weighing"}


@require_safe
def entry_list(request: PersonRequest) -> HttpResponse:
    return _list(request, JournalEntry, "entry", "plans/entry_list.html")


@require_POST
def entry_search(request: PersonRequest) -> HttpResponse:
    """Find words in one's own journal; by POST, because what is searched for is private and an address is not."""
    form = FindForm(request.POST)
    wanted = form["q"].value() or ""
    found = services.search_journal(request.user, form.cleaned_data["q"]) if form.is_valid() else []
    wrong = form.errors.get("q")
    context = {
        "page": found[:MOST_FOUND],
        "found": len(found),
        "wanted": wanted,
        "wrong": wrong,
        "tool": TOOLS["journal"],
    }
    return render(request, "plans/entry_list.html", context, status=422 if wrong else 200)


@require_http_methods(FORM)
def entry_add(request: PersonRequest) -> HttpResponse:
    initial = {"prompt": picked(JOURNAL, request.GET.get("pick"))}
    return _add(request, JournalEntry, EntryForm, "entry", initial, starters=numbered(JOURNAL))


@require_http_methods(FORM)
def entry_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    return _edit(request, own(request, JournalEntry, pk), EntryForm, "entry")


@require_http_methods(FORM)
def entry_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    page = own(request, JournalEntry, pk)
    return _remove(request, page, "entry", name=page.text)


@require_safe
def thought_list(request: PersonRequest) -> HttpResponse:
    return _list(request, ThoughtRecord, "thought", "plans/thought_list.html")


@require_http_methods(FORM)
def thought_add(request: PersonRequest) -> HttpResponse:
    return _add(request, ThoughtRecord, ThoughtForm, "thought", {})


@require_http_methods(FORM)
def thought_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    return _edit(request, own(request, ThoughtRecord, pk), ThoughtForm, "thought")


@require_http_methods(FORM)
def thought_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    page = own(request, ThoughtRecord, pk)
    return _remove(request, page, "thought", name=page.thought)


@require_safe
def weighing_list(request: PersonRequest) -> HttpResponse:
    return _list(request, Weighing, "weighing", "plans/weighing_list.html")


@require_http_methods(FORM)
def weighing_add(request: PersonRequest) -> HttpResponse:
    return _add(request, Weighing, WeighingForm, "weighing", {})


@require_http_methods(FORM)
def weighing_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    return _edit(request, own(request, Weighing, pk), WeighingForm, "weighing")


@require_http_methods(FORM)
def weighing_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    page = own(request, Weighing, pk)
    return _remove(request, page, "weighing", name=page.use_costs or page.change_gives or page.use_gives)


def _list(request: PersonRequest, model: Any, noun: str, template: str) -> HttpResponse:
    page = Paginator(model.objects.of(request.user).newest_first(), PAGES_A_PAGE).get_page(request.GET.get("page"))
    tool = TOOLS[SLUGS[noun]]
    return render(request, template, {"page": page, "tool": tool, "review": review_of(tool)})


def _add(
    request: PersonRequest, model: Any, form: type[PageForm], noun: str, initial: dict[str, Any], **context: Any
) -> HttpResponse:
    return ask(
        request,
        form(sent(request), initial={**initial, "submission": uuid.uuid4()}),
        lambda said: services.write(model, person=request.user, now=timezone.now(), **said),
        page="page_form.html",
        then=f"plans:{noun}-list",
        list=f"plans:{noun}-list",
        tool=TOOLS[SLUGS[noun]],
        **context,
    )


def _edit(request: PersonRequest, page: Any, form: type[PageForm], noun: str) -> HttpResponse:
    kept = {name: getattr(page, name) for name in form().fields}
    return ask(
        request,
        form(sent(request), initial=kept),
        # The submission stays the one that made the page.
        lambda said: services.rewrite(page, **{**said, "submission": page.submission}),
        page="page_form.html",
        then=f"plans:{noun}-list",
        list=f"plans:{noun}-list",
        tool=TOOLS[SLUGS[noun]],
        row=page,
        remove=f"plans:{noun}-remove",
    )


def _remove(request: PersonRequest, page: Any, noun: str, *, name: str) -> HttpResponse:
    return confirm_removal(
        request,
        page,
        lambda: services.remove_page(page),
        name=name,
        then=f"plans:{noun}-list",
        edit=f"plans:{noun}-edit",
        is_in_no_version=True,
    )
