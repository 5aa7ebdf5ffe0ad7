"""How an urge went: one tap on Help keeps it, and one page after it asks what helped."""

import time
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from config.forms import RideForm, RideToldForm
from config.views.help_now import RIDE_SECONDS, seconds
from plans import services
from plans.models import Ride
from plans.services import readers


@require_POST
def ride_save(request: PersonRequest) -> HttpResponse:
    """Keep how the urge went and light the day, then lead on: to what helped, back to Help, or to what to do after."""
    form = RideForm(request.POST)
    if not form.is_valid():
        messages.warning(request, gettext("We couldn't save that. Tap one of the three once more."))
        return redirect("help-now")
    outcome, start, now = form.cleaned_data["outcome"], seconds(form.cleaned_data["since"]), timezone.now()
    ride = services.save_ride(
        person=request.user,
        submission=form.cleaned_data["submission"],
        started_at=now if start is None else datetime.fromtimestamp(start, UTC),
        outcome=outcome,
        now=now,
    )
    if outcome == Ride.Outcome.USED:
        return redirect("recovery:right-now")
    if outcome == Ride.Outcome.STILL_STRONG:
        return _ride_on(request, start)
    return redirect("help-ride-ended", pk=ride.pk)


def _ride_on(request: PersonRequest, start: int | None) -> HttpResponse:
    """Let the timer go on where it is; once its 20 minutes are over, another 20 begin."""
    now = int(time.time())
    if start is not None and 0 <= now - start < RIDE_SECONDS:
        messages.info(request, gettext("Thank you for staying. The timer goes on. Call someone now, if you can."))
    else:
        start = now
        messages.info(request, gettext("Thank you for staying. Another 20 minutes begin. Call someone, if you can."))
    return redirect(f"{reverse('help-now')}?since={start}")


@require_http_methods(["GET", "HEAD", "POST"])
def ride_ended(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask how strong it was and what helped; both may be left out."""
    ride = get_object_or_404(Ride.objects.of(request.user), pk=pk)
    data = request.POST if request.method == "POST" else None
    known = {"strongest": ride.strongest, "strategy": ride.strategy_id}
    form = RideToldForm(data, initial=known, strategies=readers.strategies(request.user))
    if form.is_bound and form.is_valid():
        services.tell_ride(ride=ride, strongest=form.cleaned_data["strongest"], strategy=form.cleaned_data["strategy"])
        messages.success(request, gettext("Kept. Help now and your plan go by it from here on."))
        return redirect("today")
    context = {"form": form, "ride": ride}
    return render(request, "config/ride_ended.html", context, status=422 if form.errors else 200)
