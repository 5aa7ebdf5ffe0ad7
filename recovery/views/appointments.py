"""Appointments and meetings: planned, looked at on their day, and afterwards whether they helped."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.validators import slug_re
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_time
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from recovery.forms_daily import AppointmentAnswerForm, AppointmentForm, NewAppointmentForm
from recovery.models import Appointment
from recovery.services import appointments
from recovery.views.asking import ask, sent
from resources.models import Listing

# How many that are over the page looks back on, and in which time it asks how one was.
LOOK_BACK = 60
ASKED_FOR = timedelta(days=30)


@require_safe
def appointment_list(request: PersonRequest) -> HttpResponse:
    here = local_time(request.user, timezone.now())
    kept = Appointment.objects.of(request.user)
    today = list(kept.filter(day=here.date()).nearest_first())
    ahead = [each for each in today if not each.has_begun(here)]
    ahead += kept.filter(day__gt=here.date()).nearest_first()
    over = [each for each in reversed(today) if each.has_begun(here)]
    over += kept.filter(day__lt=here.date()).newest_first()[:LOOK_BACK]
    asking = [each for each in over if each.went is None and each.day >= here.date() - ASKED_FOR]
    earlier = [each for each in over if each not in asking]
    context = {
        "ahead": _with_entries(ahead),
        "asking": _with_entries(asking),
        "earlier": _with_entries(earlier),
        "answers": Appointment.Helped.choices,
        "today": here.date(),
    }
    return render(request, "recovery/appointment_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_add(request: PersonRequest) -> HttpResponse:
    """Write one down; `?listing=` names the entry of the directory that it is about."""
    slug = request.POST.get("listing") or request.GET.get("listing", "")
    name = _names([slug]).get(slug)
    initial = {"submission": uuid4(), "listing": slug, "reminds": ""}
    return ask(
        request,
        NewAppointmentForm(sent(request), listing=(slug, name) if name else None, initial=initial),
        lambda said: appointments.plan_appointment(person=request.user, now=timezone.now(), **said),
        then="recovery:appointment-list",
        template="recovery/appointment_form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    appointment = _own(request, pk)
    names = ("kind", "day", "at", "words", "reminds", "listing")
    # An entry that has left the directory stays with its slug until the person takes it off.
    name = _names([appointment.listing]).get(appointment.listing, appointment.listing)
    return ask(
        request,
        AppointmentForm(
            sent(request),
            listing=(appointment.listing, name) if appointment.listing else None,
            initial={each: getattr(appointment, each) for each in names},
        ),
        lambda said: appointments.change_appointment(appointment=appointment, now=timezone.now(), **said),
        then="recovery:appointment-list",
        template="recovery/appointment_form.html",
        appointment=appointment,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    appointment = _own(request, pk)
    if request.method == "POST":
        appointments.remove_appointment(appointment=appointment, now=timezone.now())
        return redirect("recovery:appointment-list")
    return render(request, "recovery/appointment_remove.html", {"appointment": appointment})


@require_POST
def appointment_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep whether they went and whether it helped; an empty answer takes it back."""
    form = AppointmentAnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest("no such answer")
    went, helped = form.cleaned_data["answer"]
    try:
        appointments.answer_appointment(appointment=_own(request, pk), went=went, helped=helped, now=timezone.now())
        messages.success(request, gettext("Saved."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("recovery:appointment-list")


def _own(request: PersonRequest, pk: UUID) -> Appointment:
    return get_object_or_404(Appointment.objects.of(request.user), pk=pk)


def _with_entries(kept: list[Appointment]) -> list[tuple[Appointment, str]]:
    """Return each with the name of the entry that it is about, where that is still in the directory."""
    names = _names(each.listing for each in kept)
    return [(each, names.get(each.listing, "")) for each in kept]


def _names(slugs: Iterable[str]) -> dict[str, str]:
    """Return the names of entries by slug, in one query; none where nothing is asked that could be a slug."""
    asked = {slug for slug in slugs if slug_re.match(slug)}
    return dict(Listing.objects.visible().filter(slug__in=asked).values_list("slug", "name")) if asked else {}
