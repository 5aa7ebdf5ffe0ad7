"""The week's few things, and the answer to a proposed stage."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.forms import text_area
from recovery.forms_goals import LinesField
from recovery.models import StageProposal, WeekThing, WeekTick
from recovery.services import accept_stage, decline_stage, set_week, tick_week, untick_week
from recovery.services.rhythm import week_of
from recovery.views.asking import ask, sent

# How many weeks, this one included, the page counts.
WEEKS_BACK = 6


class WeekForm(forms.Form):
    things = LinesField(
        label=_("What should your week hold?"),
        longest=700,
        required=False,
        widget=text_area(3),
        help_text=_("Three things at most, one a line. Such as “A meeting on Tuesday” or “Call my brother”."),
    )


@require_safe
def week(request: PersonRequest) -> HttpResponse:
    monday = week_of(local_day(request.user, timezone.now()))
    first = monday - timedelta(weeks=WEEKS_BACK - 1)
    ticked: dict[Any, set[Any]] = {}
    for thing, week_on in (
        WeekTick.objects.of(request.user).filter(week_on__gte=first).values_list("thing_id", "week_on")
    ):
        ticked.setdefault(thing, set()).add(week_on)
    rows = [
        {"thing": thing, "now": monday in ticked.get(thing.pk, ()), "weeks": len(ticked.get(thing.pk, ()))}
        for thing in WeekThing.objects.of(request.user).current()
    ]
    context = {"rows": rows, "monday": monday, "sunday": monday + timedelta(days=6), "of": WEEKS_BACK}
    return render(request, "recovery/week.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def week_edit(request: PersonRequest) -> HttpResponse:
    now = "\n".join(thing.text for thing in WeekThing.objects.of(request.user).current())
    return ask(
        request,
        WeekForm(sent(request), initial={"things": now}),
        lambda said: set_week(person=request.user, now=timezone.now(), **said),
        then="recovery:week",
        template="recovery/week_form.html",
        refusal_on="things",
    )


@require_POST
def week_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    tick_week(thing=_own(request, pk), now=timezone.now())
    return redirect("recovery:week")


@require_POST
def week_undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    untick_week(thing=_own(request, pk), now=timezone.now())
    return redirect("recovery:week")


@require_safe
def proposal(request: PersonRequest, pk: UUID) -> HttpResponse:
    return render(request, "recovery/proposal.html", {"proposal": _asked(request, pk)})


@require_POST
def proposal_accept(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        accept_stage(proposal=_asked(request, pk), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("recovery:path")


@require_POST
def proposal_decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        decline_stage(proposal=_asked(request, pk), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("recovery:path")


def _own(request: PersonRequest, pk: UUID) -> WeekThing:
    return get_object_or_404(WeekThing.objects.of(request.user).current(), pk=pk)


def _asked(request: PersonRequest, pk: UUID) -> StageProposal:
    return get_object_or_404(StageProposal.objects.of(request.user).select_related("stage"), pk=pk)
