"""Before you stop: five questions whose answers are kept nowhere, and what is dangerous to do alone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.http import COUNTRY_COOKIE
from plans.emergency import numbers_for
from recovery.before_stopping import SafetyForm
from recovery.safety_texts import (
    GOING_ON,
    STOP_DANGER,
    STOP_FIRST,
    STOP_OPIOIDS,
    STOP_PREGNANT,
    STOP_TOLD,
    STOPPING,
)
from recovery.services import awaiting_review


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def before_you_stop(request: HttpRequest) -> HttpResponse:
    """Asked on demand, by anybody, and after a start that is today or still to come."""
    safety = SafetyForm(request.POST if request.method == "POST" else None)
    is_read = safety.is_valid()
    told = is_read and not safety.all_no
    person = request.user
    country = person.country if person.is_authenticated else request.COOKIES.get(COUNTRY_COOKIE, "")
    context = {"safety": safety, "told": told, "asked": is_read, **before_stopping(country)}
    return render(request, "recovery/before_you_stop.html", context, status=422 if safety.errors else 200)


def before_stopping(country: str) -> dict[str, Any]:
    """Return the words that are read before somebody stops, and the numbers of the country."""
    return {
        "numbers": numbers_for(country),
        "stop_first": STOP_FIRST,
        "stop_told": STOP_TOLD,
        "going_on": GOING_ON,
        "stop_danger": STOP_DANGER,
        "stop_opioids": STOP_OPIOIDS,
        "stop_pregnant": STOP_PREGNANT,
        "unsigned": awaiting_review(STOPPING),
    }
