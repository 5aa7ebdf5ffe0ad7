"""How an urge goes: a number now and then, how it ended in one tap, and one page after it that asks what helped."""

import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from config.forms import RideForm, RideRatingForm, RideToldForm
from config.views.help_now import MORE_SECONDS, RIDE_SECONDS, key, seconds
from plans import services
from plans.models import Ride, Strategy, Trigger
from plans.services import readers


@require_POST
def ride_save(request: PersonRequest) -> HttpResponse:
    """Keep how the urge went and light the day, then lead on: to what helped, back to Help, or to what to do after."""
    form = RideForm(request.POST)
    if not form.is_valid():
        messages.warning(request, gettext("We couldn't save that. Tap one of the three once more."))
        return redirect("help-now")
    outcome, now = form.cleaned_data["outcome"], timezone.now()
    strategy = key(request.POST.get("strategy", ""))
    ride = services.save_ride(
        person=request.user,
        submission=form.cleaned_data["submission"],
        started_at=_start(form, now),
        outcome=outcome,
        now=now,
        strategy=Strategy.objects.of(request.user).filter(pk=strategy).first() if strategy else None,
        trigger=_trigger(request),
    )
    if outcome == Ride.Outcome.USED:
        return redirect("recovery:right-now")
    if outcome == Ride.Outcome.STILL_STRONG:
        return _ride_on(request, seconds(form.cleaned_data["since"]))
    return redirect("help-ride-ended", pk=ride.pk)


@require_POST
def ride_rate(request: PersonRequest) -> HttpResponse:
    """Keep how strong it is right now, and lead back to the timer as it stands."""
    form, now = RideRatingForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.warning(request, gettext("We couldn't save that. Tap the number once more."))
        return redirect("help-now")
    start = _start(form, now)
    services.rate_ride(
        person=request.user,
        submission=form.cleaned_data["submission"],
        started_at=start,
        strength=form.cleaned_data["strength"],
        now=now,
        trigger=_trigger(request),
    )
    return _back(request.POST, since=int(start.timestamp()), ride=str(form.cleaned_data["submission"]))


def _start(form: Any, now: datetime) -> datetime:
    since = seconds(form.cleaned_data["since"])
    return now if since is None else datetime.fromtimestamp(since, UTC)


def _trigger(request: PersonRequest) -> Trigger | None:
    pk = key(request.POST.get("trigger", ""))
    return Trigger.objects.of(request.user).filter(pk=pk).first() if pk else None


def _back(said: QueryDict, **more: Any) -> HttpResponse:
    """Return to Help with the timer, the trigger and the extension as they were."""
    kept = {name: said[name] for name in ("trigger", "more") if said.get(name)}
    return redirect(f"{reverse('help-now')}?{urlencode(more | kept)}")


def _ride_on(request: PersonRequest, start: int | None) -> HttpResponse:
    """Let the timer go on where it is; once its 20 minutes are over, another 20 begin."""
    now = int(time.time())
    whole = RIDE_SECONDS + (MORE_SECONDS if request.POST.get("more") else 0)
    if start is not None and 0 <= now - start < whole:
        messages.info(request, gettext("Thank you for staying. The timer goes on. Call someone now, if you can."))
    else:
        start = now
        messages.info(request, gettext("Thank you for staying. Another 20 minutes begin. Call someone, if you can."))
    return _back(request.POST, since=start)


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
