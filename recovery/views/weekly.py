"""Looking back: the week in one's own words, and what changed between two days."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from recovery.changes import Changes, what_changed
from recovery.forms_insights import ReflectionForm, SinceForm, first_words
from recovery.models import Reflection
from recovery.services import keep_reflection, remove_reflection
from recovery.weeks import to_look_back_at, week_of

PER_PAGE = 12
# Which week was put off: a choice of this browser, not a record.
NOT_THIS_WEEK = "not_this_week"
DAYS_TO_START_WITH = 14


@require_safe
def reflection_list(request: PersonRequest) -> HttpResponse:
    page = Paginator(Reflection.objects.of(request.user).newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "this_week": week_of(local_day(request.user, timezone.now()))}
    return render(request, "recovery/reflection_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_edit(request: PersonRequest, day: date) -> HttpResponse:
    """Write or change what is said of the week that a day lies in."""
    now = timezone.now()
    try:
        ends_on = week_of(day)
        starts_on = ends_on - timedelta(days=6)
    except OverflowError:
        raise Http404 from None
    if starts_on > local_day(request.user, now):
        raise Http404
    kept = Reflection.objects.of(request.user).filter(ends_on=ends_on).first()
    form = ReflectionForm(request.POST if request.method == "POST" else None, initial=first_words(kept))
    if form.is_bound and form.is_valid():
        try:
            keep_reflection(person=request.user, day=day, now=now, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("recovery:reflection-list")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "kept": kept, "starts_on": starts_on, "ends_on": ends_on}
    return render(request, "recovery/reflection_form.html", context, status=422 if form.errors else 200)


@require_POST
def reflection_remove(request: PersonRequest, day: date) -> HttpResponse:
    remove_reflection(reflection=get_object_or_404(Reflection.objects.of(request.user), ends_on=day))
    messages.success(request, _("Deleted."))
    return redirect("recovery:reflection-list")


@require_POST
def reflection_not_now(request: PersonRequest) -> HttpResponse:
    """Ask no more about the week that is ending; nothing is written about the person."""
    week = to_look_back_at(local_day(request.user, timezone.now()))
    request.session[NOT_THIS_WEEK] = week.isoformat() if week else ""
    return redirect("today")


@require_safe
def since(request: PersonRequest) -> HttpResponse:
    """Set a stretch of days beside as many before it."""
    today = local_day(request.user, timezone.now())
    first = {"since": today - timedelta(days=DAYS_TO_START_WITH - 1), "until": today}
    asked = {name: request.GET.get(name) for name in first}
    form = SinceForm(asked if any(asked.values()) else {name: day.isoformat() for name, day in first.items()})
    changes = _changes(request, form, today) if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "changes": changes}
    return render(request, "recovery/since.html", context, status=422 if form.errors else 200)


def _changes(request: PersonRequest, form: SinceForm, today: date) -> Changes | None:
    said = form.cleaned_data
    try:
        return what_changed(person=request.user, first=said["since"], last=said["until"], today=today)
    except Refusal as refusal:
        form.add_error("since", str(refusal))
        return None
