"""Help now: open to everyone, with or without an account, a script or a working database."""

import time
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import KeyMissing
from accounts.http import COUNTRY_COOKIE, remember_country
from accounts.models import User
from charts import own_curve, wave
from plans import emergency, services
from plans.models import Ride

# How long the timer runs, in seconds; once it may be extended (clinical.md §2.2: 20 minutes, to 30).
RIDE_SECONDS = 20 * 60
MORE_SECONDS = 10 * 60
# What is the same for everybody may be kept by the browser and by caches on the way.
CACHED_SECONDS = 300
# What has helped: as many as can be read at a glance.
MOST_HELPERS = 4


class Caller(NamedTuple):
    """One of the person's own people, as the page needs them."""

    name: str
    relation: str
    shown_number: str
    call_link: str
    text_link: str


class Helper(NamedTuple):
    """One thing that helps, and how often it did of how many times."""

    key: str
    name: str
    minutes: int | None
    eased: int
    said: int


class Weighed(NamedTuple):
    """What the person answered on a calm day."""

    costs: str
    gives: str


@require_safe
@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """Show who to call, the urge timer and what to do; signed in, also the person's own people and words.

    `?since=` holds the start of the timer, as seconds since 1970, so that it also works by loading the page again;
    while it is paused, `?gone=` holds how many seconds were ridden. `?more=1` adds ten minutes, `?trigger=` says what
    set it off and `?ride=` which ride is going on, both by their keys.
    """
    person = request.user if isinstance(request.user, User) else None
    own = own_help(person, request.GET) if person else {}
    country = person.country if person else ""
    context = lines(country or request.COOKIES.get(COUNTRY_COOKIE, "")) | timer(request.GET) | own
    response = render(request, "config/help_now.html", context)
    if not person:
        # A kept copy of a running timer would stand still.
        running = context["since"] != ""
        response["Cache-Control"] = "no-store" if running else f"public, max-age={CACHED_SECONDS}"
    return response


def lines(country: str) -> dict[str, Any]:
    """Return the numbers of the country, for a page that asks nothing of any database."""
    return {"numbers": emergency.numbers_for(country), "countries": emergency.COUNTRIES.values()}


def timer(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the urge timer as it stands; a start that is no time, ahead or an hour back counts as not started."""
    ridden, start = seconds(asked.get("gone", "")), seconds(asked.get("since", ""))
    more = asked.get("more") == "1"
    total = RIDE_SECONDS + (MORE_SECONDS if more else 0)
    paused = ridden is not None and 0 < ridden <= total
    gone = (ridden or 0) if paused else time.time() - start if start is not None else -1
    running = 0 <= gone < 3600
    gone = min(gone, total) if running else 0
    left = int(total - gone)
    return {
        # Paused, the start moves along with the clock, so that no minute is lost and none is added.
        "since": int(time.time() - gone) if paused else start if running else "",
        "paused": paused,
        "more": more,
        "total": total,
        "total_minutes": total // 60,
        "gone": int(gone),
        "left": f"{left // 60}:{left % 60:02}",
        "wave": wave(gone / total),
    }


def seconds(typed: str) -> int | None:
    """Return a count of seconds from an address or a form; None for what is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None


def own_help(person: User, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what the person has put aside for this moment; if it cannot be read, the lines still stand there."""
    try:
        reasons = services.reasons(person)
        triggers = {each.pk: each for each in services.top_triggers(person)}
        named = key(asked.get("trigger", ""))
        trigger = triggers.get(named) if named else None
        # Opened here, so that a key which does not fit is found here and not halfway down the page.
        return {
            "contacts": [
                Caller(row.name, row.relation, row.shown_number, row.call_link, row.text_link)
                for row in services.contacts(person, 5)
            ],
            "worked": [
                Helper(str(card.strategy.pk), card.strategy.name, card.strategy.minutes, card.eased, card.said)
                for card in services.what_has_worked(person, MOST_HELPERS, trigger=trigger.pk if trigger else None)
            ],
            "triggers": [(str(each.pk), str(each.name)) for each in triggers.values()],
            "trigger": str(trigger.pk) if trigger else "",
            "answers": [answer.text for answer in services.answers_to(person, trigger.pk)] if trigger else [],
            "reason": reasons[0].text if reasons else "",
            "more_reasons": [str(row.text) for row in reasons[1:3]],
            "weighed": _weighed(person),
            "rides": services.rides_eased(person),
            **_going_on(person, asked),
        }
    except (DatabaseError, KeyMissing):
        return {"own_is_missing": True}


def key(typed: str) -> uuid.UUID | None:
    """Return a key from an address or a form; None for what is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def carried(asked: Mapping[str, str]) -> str:
    """Return what else the address holds besides the clock, for the next one."""
    kept = {name: asked.get(name, "") for name in ("more", "ride", "trigger")}
    return "".join(f"&{name}={said}" for name, said in kept.items() if said == "1" or key(said))


def _going_on(person: User, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the ride that the address names, as far as it was rated; else the key for one that may begin here."""
    submission = key(asked.get("ride", ""))
    ride = Ride.objects.of(person).filter(submission=submission, outcome="").first() if submission else None
    ratings: list[tuple[int, int]] = [(at, strength) for at, strength in ride.ratings] if ride else []
    minutes = timer(asked)["total_minutes"]
    line, points = own_curve(ratings, minutes)
    strengths = [strength for _at, strength in ratings]
    return {
        "submission": submission if ride else uuid.uuid4(),
        "ride": str(submission) if ride else "",
        "ratings": ratings,
        "own_line": line,
        "own_points": points,
        # Said only after the person's own lower number, never by the clock (ARCHITECTURE §7).
        "is_past_the_worst": len(strengths) > 1 and strengths[-1] < max(strengths),
        "strengths": range(11),
        # What the links of the timer carry along, for a page without a script.
        "carried": carried(asked),
    }


def _weighed(person: User) -> Weighed | None:
    """Return the two answers that speak for staying with it, opened; what using gives is not for this hour."""
    row = services.latest_weighing(person)
    return Weighed(str(row.use_costs), str(row.change_gives)) if row and (row.use_costs or row.change_gives) else None


@require_safe
@login_not_required
def help_start(request: HttpRequest) -> HttpResponse:
    """Start the timer without a script, or let one go on that was paused: the page then carries its start."""
    gone = timer(request.GET)["gone"]
    response = redirect(f"{reverse('help-now')}?since={int(time.time()) - gone}{carried(request.GET)}")
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt  # it sets a cookie with a country and nothing else; a kept copy of the page holds no token
@require_POST
@login_not_required
def help_country(request: HttpRequest) -> HttpResponse:
    """Keep the chosen country in this browser, for the numbers on Help."""
    country = request.POST.get("country", "")
    response = redirect("help-now")
    remember_country(response, request, country if country in emergency.COUNTRIES else "")
    return response
