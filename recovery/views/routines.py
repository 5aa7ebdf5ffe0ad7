"""The routine: taken from an example or built by hand, and ticked part by part of the day."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from recovery.daily import routine_of
from recovery.forms_daily import NewRoutineItemForm, RoutineItemForm, RoutineStartForm, days_in
from recovery.models import RoutineItem
from recovery.routine import ENOUGH, WEEK
from recovery.services import routines
from recovery.views.asking import ask, sent


@require_safe
def routine(request: PersonRequest) -> HttpResponse:
    """Show the routine of today or, with `?day=`, of yesterday."""
    today = local_day(request.user, timezone.now())
    days = [today, today - timedelta(days=1)]
    day = next((each for each in days if each.isoformat() == request.GET.get("day")), today)
    context = {"routine": routine_of(request.user, day), "days": days, "today": today, "enough": ENOUGH, "of": WEEK}
    return render(request, "recovery/routine.html", {**context, "start": RoutineStartForm()})


@require_http_methods(["GET", "HEAD", "POST"])
def routine_start(request: PersonRequest) -> HttpResponse:
    """Take over lines of the example."""
    return ask(
        request,
        RoutineStartForm(sent(request)),
        lambda said: routines.start_routine(person=request.user, now=timezone.now(), **said),
        then="recovery:routine",
        template="recovery/routine_start.html",
        refusal_on="lines",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def routine_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        NewRoutineItemForm(sent(request), initial={"submission": uuid4()}),
        lambda said: routines.add_item(person=request.user, now=timezone.now(), **said),
        then="recovery:routine",
        template="recovery/routine_form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def routine_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    item = _own(request, pk)
    return ask(
        request,
        RoutineItemForm(sent(request), initial={"text": item.text, "slot": item.slot, "days": days_in(item.days)}),
        lambda said: routines.change_item(item=item, **said),
        then="recovery:routine",
        template="recovery/routine_form.html",
        item=item,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def routine_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    item = _own(request, pk)
    if request.method == "POST":
        routines.remove_item(item=item)
        return redirect("recovery:routine")
    return render(request, "recovery/routine_remove.html", {"item": item})


@require_POST
def routine_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _tick(request, pk, done=True)


@require_POST
def routine_undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _tick(request, pk, done=False)


def _tick(request: PersonRequest, pk: UUID, *, done: bool) -> HttpResponse:
    """Tick or take back for the day that the page showed; without one, for today."""
    item, now = _own(request, pk), timezone.now()
    day = shown_day(request, local_day(request.user, now))
    deed = routines.tick_item if done else routines.untick_item
    try:
        deed(item=item, day=day, now=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('recovery:routine')}?day={day.isoformat()}")


def shown_day(request: PersonRequest, today: date) -> date:
    """Return the day that a form says it is about, so that a tick after midnight lands on the day that was shown."""
    try:
        return date.fromisoformat(request.POST.get("day") or today.isoformat())
    except ValueError as wrong:
        raise BadRequest("a day reads 2025-06-12") from wrong


def _own(request: PersonRequest, pk: UUID) -> RoutineItem:
    return get_object_or_404(RoutineItem.objects.of(request.user), pk=pk)
