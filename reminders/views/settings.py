"""The page that sets reminders, and the way out of them that needs no sign-in."""

from datetime import datetime
from typing import Any

from django.conf import settings as house
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from reminders import kinds, services
from reminders.forms import DailyForm, PauseForm
from reminders.models import Delivery, Schedule

LATEST = 5


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """Show what is set, and set the time and the days."""
    if request.method != "POST":
        return _page(request, DailyForm.of(services.daily_schedule(request.user)))
    form = DailyForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    days = form.cleaned_data["days"]
    services.set_daily(person=request.user, at=form.cleaned_data["at"], days=days, now=timezone.now())
    messages.success(request, _("Saved. That is your time."))
    return redirect("reminders:settings")


@require_POST
def pause(request: PersonRequest) -> HttpResponse:
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            services.pause_all(person=request.user, until=form.cleaned_data["until"], now=timezone.now())
        except services.BadPause as refusal:
            form.add_error("until", str(refusal))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
    if form.errors:
        return _page(request, DailyForm.of(services.daily_schedule(request.user)), form)
    return redirect("reminders:settings")


@require_POST
def resume(request: PersonRequest) -> HttpResponse:
    return _do(request, services.resume_all, _("They are back on."))


@require_POST
def turn_off(request: PersonRequest) -> HttpResponse:
    services.turn_off(person=request.user, now=timezone.now())
    messages.success(request, _("Off. You will not get any more."))
    return redirect("reminders:settings")


@require_POST
def send_now(request: PersonRequest) -> HttpResponse:
    return _do(request, services.send_one_now, _("One is on its way. It should arrive within a minute or so."))


def _do(request: PersonRequest, deed: Any, done: str) -> HttpResponse:
    try:
        deed(person=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("reminders:settings")


def _page(request: PersonRequest, form: DailyForm, pause_form: PauseForm | None = None) -> HttpResponse:
    person, now = request.user, timezone.now()
    schedules = {each.kind: each for each in Schedule.objects.of(person)}
    schedule = schedules.get(kinds.daily().slug)
    is_on = schedule is not None and schedule.is_active
    context = {
        "form": form,
        "pause_form": pause_form or PauseForm(),
        "schedule": schedule,
        "is_on": is_on,
        "next_times": services.next_times(schedule, person, now) if schedule else [],
        "latest": Delivery.objects.of(person).finished().order_by("-due_at")[:LATEST],
        "is_delayed": is_on and _is_delayed(now),
        "today": local_day(person, now),
        "others": [(kind, schedules.get(kind.slug)) for kind in kinds.offered_to(person)],
        "daily": kinds.daily(),
        "has_push": bool(house.VAPID_KEY),
    }
    template = "reminders/_settings.html" if request.htmx else "reminders/settings.html"
    failed = form.errors or (pause_form and pause_form.errors)
    return render(request, template, context, status=422 if failed else 200)


def _is_delayed(now: datetime) -> bool:
    last = services.last_tick_at()
    return last is None or now - last > services.STALE


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Turn reminders off by the link in a message. GET only asks: mail programs open links before people do.

    The POST comes from our own button or from the mail program's (RFC 8058), which has neither session nor CSRF token;
    the signed link is the permission.
    """
    schedule_id = Schedule.id_from_off_token(token)
    if schedule_id is None:
        raise Http404
    if request.method == "POST":
        services.turn_off_by_link(schedule_id=schedule_id)
    return render(request, "reminders/off.html", {"is_off": request.method == "POST", "token": token})
