"""The pages for what somebody takes. Marking a day is recovery's, since the day's check-in has to say the same."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans import services
from plans.forms_daily import MedicationForm
from plans.models import Medication, MedicationDay
from plans.services.medications import DAYS_BACK
from plans.views.asking import ask, confirm_removal, own, sent

FORM = ["GET", "HEAD", "POST"]


@require_safe
def medication_list(request: PersonRequest) -> HttpResponse:
    """What is taken, with the marks of today or, with `?day=`, of one of the two days before."""
    today = local_day(request.user, timezone.now())
    days = [today - timedelta(days=back) for back in range(DAYS_BACK + 1)]
    day = next((each for each in days if each.isoformat() == request.GET.get("day")), today)
    cards = services.medication_cards(request.user, day)
    context = {
        "cards": cards,
        "day": day,
        "days": days,
        "today": today,
        "states": MedicationDay.State.choices,
        "has_missed": any(card.missed for card in cards),
        "away": list(Medication.objects.of(request.user).put_away().in_order()),
    }
    return render(request, "plans/medication_list.html", context)


@require_http_methods(FORM)
def medication_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        MedicationForm(sent(request)),
        lambda said: services.add_medication(person=request.user, now=timezone.now(), **said),
        then="plans:medication-list",
        page="medication_form.html",
    )


@require_http_methods(FORM)
def medication_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    row = own(request, Medication, pk)
    return ask(
        request,
        MedicationForm(sent(request), initial={"name": row.name, "times": row.times, "prescriber": row.prescriber}),
        lambda said: services.change_medication(medication=row, **said),
        then="plans:medication-list",
        page="medication_form.html",
        row=row,
    )


@require_POST
def medication_archive(request: PersonRequest, pk: Any) -> HttpResponse:
    services.archive_medication(medication=own(request, Medication, pk), now=timezone.now())
    messages.success(request, gettext("Put away. Its history is kept, and you can bring it back."))
    return redirect("plans:medication-list")


@require_POST
def medication_restore(request: PersonRequest, pk: Any) -> HttpResponse:
    services.restore_medication(medication=own(request, Medication, pk))
    messages.success(request, gettext("Back on your list."))
    return redirect("plans:medication-list")


@require_http_methods(FORM)
def medication_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    row = own(request, Medication, pk)
    return confirm_removal(
        request,
        row,
        lambda: services.remove_medication(medication=row),
        name=row.name,
        then="plans:medication-list",
        edit="plans:medication-edit",
        also=gettext("The days that you marked go with it."),
        put_away="plans:medication-archive",
        is_in_no_version=True,
    )
