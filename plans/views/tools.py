"""The pages for coping tools: the list, each exercise, and what was done."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import User
from plans import services
from plans.forms import ToolUseForm
from plans.models import Activity, ToolUse
from plans.views.asking import own
from resources.services import review_of
from resources.tools import TOOLS, Tool, by_group

# From this number on, somebody is shown where company is, before anything else.
STILL_STRONG = 7
USES_A_PAGE = 30


@require_safe
def tool_list(request: PersonRequest) -> HttpResponse:
    records = services.tool_records(request.user)
    groups = [(group, [(tool, records.get(tool.slug)) for tool in tools]) for group, tools in by_group()]
    return render(request, "plans/tool_list.html", {"groups": groups, "has_uses": bool(records)})


@require_safe
def tool_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """One exercise: what to do, timed; and how strong it was, before and after."""
    return _tool_page(request, _tool(slug))


@require_safe
@login_not_required
def open_tool(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for the few that need no account; nothing is kept of somebody who is not signed in."""
    return _tool_page(request, _tool(slug))


@require_POST
def tool_finish(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep that an exercise was done, and lead on: to Today, or to company where it is still strong."""
    tool, form = _tool(slug), ToolUseForm(request.POST)
    if form.is_valid():
        try:
            use = services.save_tool_use(person=request.user, tool=tool.slug, now=timezone.now(), **form.cleaned_data)
            return _after(request, use)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _tool_page(request, tool, form)


@require_safe
def use_list(request: PersonRequest) -> HttpResponse:
    """What was done, newest first."""
    page = Paginator(ToolUse.objects.of(request.user).newest_first(), USES_A_PAGE).get_page(request.GET.get("page"))
    uses = [(use, TOOLS[use.tool].title if use.tool in TOOLS else use.tool) for use in page]
    return render(request, "plans/use_list.html", {"page": page, "uses": uses})


@require_POST
def use_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    services.remove_tool_use(use=own(request, ToolUse, pk))
    messages.success(request, gettext("Removed."))
    return redirect("plans:use-list")


def _tool(slug: str) -> Tool:
    tool = TOOLS.get(slug)
    if tool is None or tool.page:
        raise Http404
    return tool


def _tool_page(request: HttpRequest, tool: Tool, form: ToolUseForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {"tool": tool, "review": review_of(tool)}
    if isinstance(request.user, User):
        blank = ToolUseForm(initial={"submission": uuid.uuid4(), "finished": "1"})
        context |= {"form": form or blank, "record": services.tool_records(request.user).get(tool.slug)}
        if any(step.asks for way in tool.ways for step in way.steps):
            context["ideas"] = _own_ideas(request.user)
    return render(request, "plans/tool_detail.html", context, status=422 if form else 200)


def _own_ideas(person: User) -> list[str]:
    """Return what the person has put aside to do meanwhile; two queries."""
    rows = [*services.strategies(person, 6), *Activity.objects.of(person).in_order()[:6]]
    return [row.name for row in rows]


def _after(request: PersonRequest, use: ToolUse) -> HttpResponse:
    if use.after is not None and use.after >= STILL_STRONG:
        messages.info(request, gettext("Kept. It is still strong: call someone now, or ride the wave."))
        return redirect("help-now")
    if use.finished:
        messages.success(request, gettext("Kept, and today's light is on."))
    else:
        messages.success(request, gettext("Kept. Stopping early is fine."))
    return redirect("plans:tool-list")
