"""A day's three things, its movement, and what else is written down for it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import local_day, local_time
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import User
from recovery.daily import movement_steps, routine_of, tens_of
from recovery.forms_daily import DayThingForm, NewDayThingForm
from recovery.models import Appointment, DayThing
from recovery.models.daily import MOST_TENS, THINGS_A_DAY
from recovery.services import day_plans
from recovery.views.asking import ask, sent
from recovery.views.routines import shown_day


@require_http_methods(["GET", "HEAD", "POST"])
def day_plan(request: PersonRequest) -> HttpResponse:
    """Show today, or yesterday or tomorrow with `?day=`; the form writes down one more thing."""
    today = local_day(request.user, timezone.now())
    days = day_plans.reach(today)
    asked = request.POST.get("day") if request.method == "POST" else request.GET.get("day")
    day = next((each for each in days if each.isoformat() == asked), today)
    return ask(
        request,
        NewDayThingForm(sent(request), initial={"submission": uuid4()}),
        lambda said: day_plans.add_thing(person=request.user, day=day, now=timezone.now(), **said),
        then=_page_of(day),
        template="recovery/day_plan.html",
        refusal_on="text",
        day=day,
        days=days,
        today=today,
        **_held(request.user, day, today),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def thing_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    thing = _own(request, pk)
    return ask(
        request,
        DayThingForm(sent(request), initial={"text": thing.text}),
        lambda said: day_plans.change_thing(thing=thing, **said),
        then=_page_of(thing.day),
        template="recovery/thing_form.html",
        thing=thing,
        to_list=_page_of(thing.day),
    )


@require_POST
def thing_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    thing = _own(request, pk)
    day_plans.remove_thing(thing=thing)
    return redirect(_page_of(thing.day))


@require_POST
def thing_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    thing = day_plans.finish_thing(thing=_own(request, pk), now=timezone.now())
    return _back(request, thing.day)


@require_POST
def thing_undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    thing = day_plans.reopen_thing(thing=_own(request, pk))
    return _back(request, thing.day)


@require_POST
def thing_bring(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Move what was left open to today."""
    try:
        day_plans.bring_thing(thing=_own(request, pk), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("recovery:day-plan")


@require_POST
def movement_set(request: PersonRequest) -> HttpResponse:
    """Keep how many times ten minutes the day held."""
    now, tens = timezone.now(), request.POST.get("tens", "")
    if tens not in {str(number) for number in range(MOST_TENS + 1)}:
        raise BadRequest("0 to 3 times ten minutes")
    day = shown_day(request, local_day(request.user, now))
    try:
        day_plans.set_movement(person=request.user, day=day, tens=int(tens), now=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(_page_of(day))


def _held(person: User, day: date, today: date) -> dict[str, Any]:
    before = day - timedelta(days=1)
    things = list(DayThing.objects.of(person).on(day))
    return {
        "things": things,
        "has_room": len(things) < THINGS_A_DAY,
        "left": DayThing.objects.of(person).on(before).open() if day == today else [],
        "steps": movement_steps(tens_of(person, day)),
        "routine": routine_of(person, day),
        "appointments": Appointment.objects.of(person).filter(day=day).nearest_first(),
        "here": local_time(person, timezone.now()),
    }


def _own(request: PersonRequest, pk: UUID) -> DayThing:
    return get_object_or_404(DayThing.objects.of(request.user), pk=pk)


def _page_of(day: date) -> str:
    return f"{reverse('recovery:day-plan')}?day={day.isoformat()}"


def _back(request: PersonRequest, day: date) -> HttpResponse:
    return redirect("today" if request.POST.get("from") == "today" else _page_of(day))
