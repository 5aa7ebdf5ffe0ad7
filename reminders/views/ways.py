"""The other reminders, quiet hours, and everything that was said: one page each."""

from datetime import time

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from reminders import kinds, services
from reminders.forms import KindForm, QuietForm
from reminders.kinds import Kind
from reminders.models import Delivery, Schedule
from reminders.ways import ways_of

PER_PAGE = 30


def _kind(request: PersonRequest, slug: str) -> Kind:
    """Return a kind that the person may set, the daily one among them."""
    for kind in (kinds.daily(), *kinds.offered_to(request.user)):
        if kind.slug == slug:
            return kind
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: PersonRequest, slug: str) -> HttpResponse:
    """Set one kind in full: times, days, by which way, and how much it says."""
    about = _kind(request, slug)
    schedule = Schedule.objects.of(request.user).filter(kind=slug).first()
    form = KindForm(request.POST or None, kind=about, schedule=schedule, channels=ways_of())
    if request.method == "POST" and form.is_valid():
        try:
            services.set_reminder(person=request.user, kind=slug, now=timezone.now(), **form.wishes())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. That is your time."))
            return redirect("reminders:kind", slug=slug)
    is_on = schedule is not None and schedule.is_active
    times = services.next_times(schedule, request.user, timezone.now()) if schedule else []
    context = {"kind": about, "form": form, "is_on": is_on, "next_times": times}
    return render(request, "reminders/kind.html", context, status=422 if form.errors else 200)


@require_POST
def kind_off(request: PersonRequest, slug: str) -> HttpResponse:
    services.stop_kind(person=request.user, kind=_kind(request, slug).slug, now=timezone.now())
    messages.success(request, _("Off. You will not get any more."))
    return redirect("reminders:settings")


@require_http_methods(["GET", "HEAD", "POST"])
def quiet_hours(request: PersonRequest) -> HttpResponse:
    begins, ends = services.quiet_hours(request.user)
    form = QuietForm(request.POST if request.method == "POST" else None, initial={"begins": begins, "ends": ends})
    if form.is_valid():
        said: dict[str, time] = form.cleaned_data
        try:
            services.set_quiet_hours(person=request.user, now=timezone.now(), **said)
        except Refusal as refusal:
            form.add_error("ends", str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("reminders:settings")
    return render(request, "reminders/quiet_hours.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    """Everything of the last 30 days: what was sent, what came too late, and where each leads."""
    rows = Delivery.objects.of(request.user).finished().select_related("schedule").order_by("-due_at", "-pk")
    page = Paginator(rows, per_page=PER_PAGE).get_page(request.GET.get("page"))
    said = [(row, kinds.get(row.schedule.kind)) for row in page]
    return render(request, "reminders/inbox.html", {"page": page, "said": said})
