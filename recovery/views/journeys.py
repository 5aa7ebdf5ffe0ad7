"""Journeys: what the person works toward, each with its own count."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from recovery import counts
from recovery.before_stopping import needs_a_clinician_first
from recovery.forms_journeys import FiguresForm, JourneyForm, first_figures, first_wish
from recovery.models import Journey
from recovery.services import change_journey, remove_journey, set_figures, start_journey


@require_safe
def journey_list(request: PersonRequest) -> HttpResponse:
    today = local_day(request.user, timezone.now())
    context = {"walks": counts.walks(request.user, today), "firsts": counts.firsts(request.user), "today": today}
    return render(request, "recovery/journey_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def journey_add(request: PersonRequest) -> HttpResponse:
    form = JourneyForm(request.POST) if request.method == "POST" else JourneyForm(initial={"show_run": True})
    if form.is_bound and form.is_valid():
        try:
            start_journey(person=request.user, now=timezone.now(), **form.wish())
            return _kept(request, form)
        except Refusal as refusal:
            form.add_error("started_on", str(refusal))
    return render(request, "recovery/journey_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def journey_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    journey = get_object_or_404(Journey.objects.of(request.user), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = JourneyForm(data, initial=first_wish(journey))
    if form.is_bound and form.is_valid():
        try:
            change_journey(journey=journey, now=timezone.now(), **form.wish())
            return _kept(request, form)
        except Refusal as refusal:
            form.add_error("started_on", str(refusal))
    context = {"form": form, "journey": journey}
    return render(request, "recovery/journey_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def journey_figures(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep the person's own figures: a limit for cutting down, and what a week cost in money and hours."""
    journey = get_object_or_404(Journey.objects.of(request.user), pk=pk)
    form = FiguresForm(request.POST if request.method == "POST" else None, initial=first_figures(journey))
    if form.is_bound and form.is_valid():
        set_figures(journey=journey, **form.figures())
        return redirect("recovery:journey-list")
    context = {"form": form, "journey": journey}
    return render(request, "recovery/journey_figures.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def journey_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask once, and then delete for good: its words are sealed, so there is nothing to bring them back from."""
    journey = get_object_or_404(Journey.objects.of(request.user), pk=pk)
    if request.method == "POST":
        remove_journey(journey=journey)
        return redirect("recovery:journey-list")
    return render(request, "recovery/journey_remove.html", {"journey": journey})


def _kept(request: PersonRequest, form: JourneyForm) -> HttpResponse:
    """Go back to the list; a start just now or ahead with what may be dangerous to stop leads to the questions."""
    wish, today = form.wish(), local_day(request.user, timezone.now())
    is_other = not {"started_on", "substance", "own_word"}.isdisjoint(form.changed_data)
    if is_other and needs_a_clinician_first(wish["substance"], wish["started_on"], today):
        return redirect("recovery:before-you-stop")
    return redirect("recovery:journey-list")
