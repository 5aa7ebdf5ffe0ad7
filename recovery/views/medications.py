"""Marking a medication as taken or missed on a day."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.models import Medication, MedicationDay
from recovery.services import mark_medication

State = MedicationDay.State


@require_POST
def medication_mark(request: PersonRequest, pk: Any) -> HttpResponse:
    medication = get_object_or_404(Medication.objects.of(request.user), pk=pk)
    state = request.POST.get("state", "")
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as broken:
        raise BadRequest("the button names its day") from broken
    if state not in {"", *State.values}:
        raise BadRequest("taken, missed, or nothing said")
    try:
        mark_medication(medication=medication, day=day, state=state, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("plans:medication-list")
    if state == State.MISSED:
        messages.info(request, _("Kept. Ask your prescriber or pharmacist what to do about it."))
    return redirect(f"{reverse('plans:medication-list')}?day={day.isoformat()}")
