"""Help now: open to everyone, with or without an account, a script or a working database."""

import time
import uuid
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import KeyMissing
from accounts.http import PersonRequest
from accounts.models import User
from charts import wave
from plans import emergency, services
from plans.models import Ride

# How long the timer runs, in seconds.
RIDE_SECONDS = 20 * 60
COUNTRY = "country"
# What is the same for everybody may be kept by the browser and by caches on the way.
CACHED_SECONDS = 300


class Caller(NamedTuple):
    """One of the person's own people, as the page needs them."""

    name: str
    relation: str
    shown_number: str
    call_link: str
    text_link: str


class Helper(NamedTuple):
    """One thing that helps, and how often it did of how many times."""

    name: str
    minutes: int | None
    eased: int
    said: int


@require_safe
@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """Show who to call, the urge timer and what to do; signed in, also the person's own people and words.

    `?since=` holds the start of the timer, as seconds since 1970, so that it also works by loading the page again.
    """
    person = request.user if isinstance(request.user, User) else None
    own = own_help(person) if person else {}
    country = person.country if person else ""
    context = lines(country or request.COOKIES.get(COUNTRY, "")) | timer(request.GET.get("since", "")) | own
    response = render(request, "config/help_now.html", context)
    if not person:
        response["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
    return response


def lines(country: str) -> dict[str, Any]:
    """Return the numbers of the country, for a page that asks nothing of any database."""
    return {"numbers": emergency.numbers_for(country), "countries": emergency.COUNTRIES.values()}


def timer(since: str) -> dict[str, Any]:
    """Return the urge timer as it stands; a start that is no time, ahead or an hour back counts as not started."""
    gone = time.time() - int(since) if since.isascii() and since.isdigit() and len(since) < 12 else -1
    running = 0 <= gone < 3600
    gone = min(gone, RIDE_SECONDS) if running else 0
    left = int(RIDE_SECONDS - gone)
    return {
        "since": since if running else "",
        "total": RIDE_SECONDS,
        "gone": int(gone),
        "left": f"{left // 60}:{left % 60:02}",
        "wave": wave(gone / RIDE_SECONDS),
    }


def own_help(person: User) -> dict[str, Any]:
    """Return what the person has put aside for this moment; if it cannot be read, the lines still stand there."""
    try:
        reasons = services.reasons(person)
        # Opened here, so that a key which does not fit is found here and not halfway down the page.
        return {
            "contacts": [
                Caller(row.name, row.relation, row.shown_number, row.call_link, row.text_link)
                for row in services.contacts(person, 5)
            ],
            "worked": [
                Helper(card.strategy.name, card.strategy.minutes, card.eased, card.said)
                for card in services.what_has_worked(person)
            ],
            "reason": reasons[0].text if reasons else "",
            "rides": services.rides_eased(person),
            "submission": uuid.uuid4(),
        }
    except (DatabaseError, KeyMissing):
        return {"own_is_missing": True}


@require_safe
@login_not_required
def help_start(request: HttpRequest) -> HttpResponse:
    """Start the timer without a script: the page then carries its start."""
    response = redirect(f"{reverse('help-now')}?since={int(time.time())}")
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt  # it sets a cookie with a country and nothing else; a kept copy of the page holds no token
@require_POST
@login_not_required
def help_country(request: HttpRequest) -> HttpResponse:
    """Keep the chosen country in this browser, for the numbers on Help."""
    country = request.POST.get(COUNTRY, "")
    response = redirect("help-now")
    if country in emergency.COUNTRIES:
        response.set_cookie(
            COUNTRY, country, max_age=365 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COUNTRY, samesite="Lax")
    return response


class RideForm(forms.Form):
    outcome = forms.ChoiceField(choices=Ride.Outcome)
    submission = forms.UUIDField()
    since = forms.CharField(required=False, max_length=11)


@require_POST
def ride_save(request: PersonRequest) -> HttpResponse:
    """Keep how the urge went and light the day, then lead on: to Today, back to Help, or to what to do after use."""
    form = RideForm(request.POST)
    if not form.is_valid():
        messages.warning(request, gettext("We couldn't save that. Tap one of the three once more."))
        return redirect("help-now")
    outcome, since, now = form.cleaned_data["outcome"], form.cleaned_data["since"], timezone.now()
    started_at = datetime.fromtimestamp(int(since), UTC) if since.isascii() and since.isdigit() else now
    services.save_ride(
        person=request.user,
        submission=form.cleaned_data["submission"],
        started_at=started_at,
        outcome=outcome,
        now=now,
    )
    if outcome == Ride.Outcome.USED:
        return redirect("recovery:right-now")
    if outcome == Ride.Outcome.STILL_STRONG:
        messages.info(request, gettext("Thank you for staying. Call someone now, or ride another 20 minutes."))
        return redirect("help-now")
    messages.success(request, gettext("It eased, and your light is on."))
    return redirect("today")
