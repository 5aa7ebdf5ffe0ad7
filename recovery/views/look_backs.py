"""Looking back at a day with use: offered, never asked for; one question a page, and one change into the plan."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.models import Trigger
from plans.services.readers import contacts, days_lit, top_triggers
from recovery import counts
from recovery.forms_look_back import IntoPlanForm, StepForm
from recovery.look_back import LAST
from recovery.models import Lapse, LookBack
from recovery.services import begin_look_back, keep_look_back, plan_change, put_away_look_back, remove_look_back

MOST_TRIGGERS = 12


@require_safe
def after_next(request: PersonRequest, day: date) -> HttpResponse:
    """What happens next is the person's choice: one small step, and how their days stand."""
    lapses = list(Lapse.objects.of(request.user).filter(day=day))
    if not lapses:
        raise Http404
    walks = counts.walks(request.user, local_day(request.user, timezone.now()))
    context = {
        "day": day,
        "lit": days_lit(request.user),
        "walks": [walk for walk in walks if walk.totals],
        "contacts": contacts(request.user, 1),
        "fresh": timezone.now() - max(lapse.created_at for lapse in lapses) < timedelta(hours=counts.REST_HOURS),
    }
    return render(request, "recovery/after_next.html", context)


@require_POST
def look_back_begin(request: PersonRequest, day: date) -> HttpResponse:
    try:
        look_back = begin_look_back(person=request.user, day=day)
    except Refusal as refusal:
        raise Http404 from refusal
    return redirect("recovery:look-back-step", pk=look_back.pk, number=look_back.step)


@require_POST
def look_back_put_away(request: PersonRequest, day: date) -> HttpResponse:
    try:
        put_away_look_back(person=request.user, day=day, now=timezone.now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Put away. It stays under Noted days, if you ever want it."))
    return redirect("today")


@require_http_methods(["GET", "HEAD", "POST"])
def look_back_step(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    """One question; going on keeps the answer, and skipping leaves what was there."""
    look_back = get_object_or_404(LookBack.objects.of(request.user), pk=pk)
    if not 1 <= number <= LAST:
        raise Http404
    form = StepForm(request.POST if request.method == "POST" else None, number=number, look_back=look_back)
    skipped = "skip" in request.POST
    if form.is_bound and (skipped or form.is_valid()):
        answers = {} if skipped else form.said()
        keep_look_back(look_back=look_back, step=number, answers=answers, skipped=skipped, now=timezone.now())
        if number == LAST:
            return redirect("recovery:look-back", pk=pk)
        return redirect("recovery:look-back-step", pk=pk, number=number + 1)
    context = {"form": form, "look_back": look_back, "number": number, "last": LAST, "before": number - 1}
    return render(request, "recovery/look_back_step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look_back(request: PersonRequest, pk: UUID) -> HttpResponse:
    """All of it on one page; a POST writes the change into the plan."""
    kept = get_object_or_404(LookBack.objects.of(request.user), pk=pk)
    triggers = [(str(each.pk), each.name) for each in top_triggers(request.user, MOST_TRIGGERS)]
    form = IntoPlanForm(request.POST if request.method == "POST" else None, triggers=triggers)
    if form.is_bound and form.is_valid():
        where = form.cleaned_data["where"]
        trigger = get_object_or_404(Trigger.objects.of(request.user), pk=where) if where else None
        try:
            plan_change(look_back=kept, trigger=trigger, now=timezone.now())
            messages.success(request, _("It stands in your plan now."))
            return redirect("recovery:look-back", pk=pk)
        except Refusal as refusal:
            form.add_error("where", str(refusal))
    context = {"look_back": kept, "form": form, "lit": days_lit(request.user)}
    return render(request, "recovery/look_back.html", context, status=422 if form.errors else 200)


@require_POST
def look_back_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    remove_look_back(look_back=get_object_or_404(LookBack.objects.of(request.user), pk=pk))
    messages.success(request, _("Deleted. The noted day and your plan stay as they are."))
    return redirect("recovery:use-list")
