"""The first steps: at most four, each can be skipped, and whoever leaves comes back to where they were."""

from collections.abc import Callable
from datetime import time
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import COUNTRY_COOKIE, PersonRequest, phone_zone
from config import forms_you as forms
from plans.phones import NumberUnknown
from plans.services import add_contact, contacts
from recovery.before_stopping import SafetyForm
from recovery.models import Journey
from recovery.services import change_journey, start_journey
from recovery.views.before_stopping import before_stopping
from reminders.services import daily_schedule, move_zone, set_daily

LAST_STEP = 4
# When most people have a quiet minute; it is only what the field shows first.
EVENING = time(19, 30)


@require_safe
def onboarding(request: PersonRequest) -> HttpResponse:
    """Go on where the person was; afterwards the steps can be walked again from the first."""
    step = 1 if request.user.onboarded_at else min(request.user.onboarding_step, LAST_STEP)
    return redirect("onboarding-step", step=step)


@require_http_methods(["GET", "HEAD", "POST"])
def onboarding_step(request: PersonRequest, step: int) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    if request.method == "POST" and "skip" in request.POST:
        return _next(request, step)
    return STEPS[step](request)


def _name(request: PersonRequest) -> HttpResponse:
    """Asked first, the country is known where it matters: for the number in step 3, and for Help from then on."""
    country = request.user.country or request.COOKIES.get(COUNTRY_COOKIE, "") or forms.country_of(phone_zone(request))
    form = forms.WelcomeForm(_typed(request), initial={"name": request.user.called, "country": country})
    if not _sent(request, form):
        return _page(request, 1, form)
    services.introduce(person=request.user, name=form.cleaned_data["name"], country=form.cleaned_data["country"])
    return _next(request, 1)


def _goal(request: PersonRequest) -> HttpResponse:
    journey = Journey.objects.of(request.user).order_by("created_at").last()
    form = forms.GoalForm(_typed(request), initial=forms.said_before(journey) if journey else None)
    if not _sent(request, form):
        return _page(request, 2, form)
    if form.said_nothing:
        return _next(request, 2)
    if form.needs_a_clinician_first(local_day(request.user, timezone.now())):
        safety = SafetyForm(request.POST if "asked" in request.POST else None)
        if "told" not in request.POST and not (safety.is_valid() and safety.all_no):
            return _safety_page(request, form, safety)
    try:
        _keep_journey(request, form, journey)
    except Refusal as refusal:
        form.add_error("started_on", str(refusal))
        return _page(request, 2, form)
    return _next(request, 2)


def _keep_journey(request: PersonRequest, form: forms.GoalForm, journey: Journey | None) -> None:
    """Going back and on again changes what was said; it does not start another journey."""
    aim, starts = form.cleaned_data["aim"] or Journey.Aim.UNDECIDED, form.cleaned_data["started_on"]
    now = timezone.now()
    if journey:
        change_journey(journey=journey, substance=form.named, aim=aim, started_on=starts, now=now)
    else:
        start_journey(person=request.user, substance=form.named, aim=aim, started_on=starts, now=now)


def _safety_page(request: PersonRequest, form: forms.GoalForm, safety: SafetyForm) -> HttpResponse:
    """Ask, and then tell, before a start date is kept; the answers go neither into a row nor into a session."""
    page = "config/onboarding/safety_told.html" if safety.is_bound else "config/onboarding/safety_asked.html"
    words = before_stopping(request.user.country)
    return render(request, page, {"form": form, "safety": safety, **words, **_place(2)})


def _one_person(request: PersonRequest) -> HttpResponse:
    form = forms.OnePersonForm(_typed(request))
    if not _sent(request, form):
        return _page(request, 3, form)
    try:
        add_contact(person=request.user, now=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("number", str(refusal))
        form.may_be_sure = isinstance(refusal, NumberUnknown)
        return _page(request, 3, form)
    return _next(request, 3)


def _reminder(request: PersonRequest) -> HttpResponse:
    schedule = daily_schedule(request.user)
    known = {
        "at": schedule.local_time if schedule else EVENING,
        "zone": request.user.time_zone or phone_zone(request),
    }
    form = forms.ReminderForm(_typed(request), initial=known)
    if not _sent(request, form):
        return _page(request, 4, form)
    now, chosen = timezone.now(), form.cleaned_data
    if chosen["at"] and not (chosen["zone"] or request.user.time_zone):
        # Without a script nothing guesses it, and a mail at half past seven in London helps nobody in Chicago.
        form.add_error("zone", _("Choose your time zone, so that we ask at your hour. Or skip this for now."))
        return _page(request, 4, form)
    if chosen["zone"] and chosen["zone"] != request.user.time_zone:
        move_zone(person=request.user, zone=chosen["zone"], now=now)
    if chosen["at"]:
        set_daily(person=request.user, at=chosen["at"], now=now)
    return _next(request, 4)


STEPS: dict[int, Callable[[PersonRequest], HttpResponse]] = {1: _name, 2: _goal, 3: _one_person, 4: _reminder}
PAGES = {
    1: "config/onboarding/name.html",
    2: "config/onboarding/goal.html",
    3: "config/onboarding/one_person.html",
    4: "config/onboarding/reminder.html",
}


def _typed(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _sent(request: PersonRequest, form: Form) -> bool:
    return request.method == "POST" and form.is_valid()


def _page(request: PersonRequest, step: int, form: Form) -> HttpResponse:
    services.reach_step(person=request.user, step=step)
    context = {"form": form, **_place(step)}
    if step == 2:
        context["aims"] = forms.AIMS
    elif step == 3:
        context["people"] = contacts(request.user)
    return render(request, PAGES[step], context, status=422 if form.errors else 200)


def _place(step: int) -> dict[str, Any]:
    back = reverse("onboarding-step", args=[step - 1]) if step > 1 else ""
    return {"step": step, "steps": LAST_STEP, "back": back}


def _next(request: PersonRequest, step: int) -> HttpResponse:
    if step < LAST_STEP:
        return redirect("onboarding-step", step=step + 1)
    services.finish_onboarding(person=request.user, now=timezone.now())
    return redirect("today")
