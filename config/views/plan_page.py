"""My plan: everything on one page, and the same on one sheet of paper."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans import emergency, services

# What fits on one Letter or A4 page in two columns, at a size that can be read without glasses.
ON_PAPER = {"reasons": 3, "triggers": 6, "strategies": 6, "activities": 5, "contacts": 6}


@require_safe
def plan(request: PersonRequest) -> HttpResponse:
    whole = services.whole_plan(request.user)
    return render(
        request,
        "config/plan.html",
        {"whole": whole, "fullness": whole.fullness, "numbers": emergency.numbers_for(request.user.country)},
    )


@require_safe
def plan_print(request: PersonRequest) -> HttpResponse:
    """The plan on one sheet: no name on it, numbers large, the emergency line at the foot."""
    whole = services.whole_plan(request.user)
    sheet = replace(whole, **{part: getattr(whole, part)[:most] for part, most in ON_PAPER.items()})
    context = {
        "sheet": sheet,
        "is_cut": any(len(getattr(whole, part)) > most for part, most in ON_PAPER.items()),
        "numbers": emergency.numbers_for(request.user.country),
        "day": local_day(request.user, timezone.now()),
    }
    return render(request, "config/plan_print.html", context)
