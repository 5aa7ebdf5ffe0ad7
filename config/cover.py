"""The quick way out: covers the session, so that whoever looks next finds a blank page and not somebody's day."""

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Refusal
from accounts.lock import TooManyPins, check_pin
from accounts.models import User
from config.context import hide_to

Answer = Callable[[HttpRequest], HttpResponse]

COVERED = "covered"
ACTIVE = "active"  # when a page was last looked at, in seconds since 1970; kept only where a PIN asks for it
ACTIVE_EVERY = 30  # seconds; a write for each page would cost more than it tells
# These tell nothing about anybody, and machines ask for them. The worker's own addresses are the same for everybody.
OPEN = (
    *("/cover/", "/static/", "/healthz", "/readyz", "/robots.txt", "/favicon.ico"),
    *("/sw.js", "/manifest/", "/offline/help/", "/offline/cover/", "/offline/session/"),
)
# Help is one tap away for whoever holds the phone, but it names nobody's people.
HELP = "/help/"
# By this the worker in the browser knows that the answer is the cover, and keeps it up without a network too.
MARK = "X-Covered"


@csrf_exempt  # covering shows nothing and changes nothing; the way out must not wait for a token
@require_http_methods(["GET", "POST"])
@login_not_required
def cover(request: HttpRequest) -> HttpResponse:
    """Cover this browser's session. A script posts here while it leaves; without one, the link itself comes here.

    Whoever chose so is signed out with it, but never by a link on somebody else's site.
    """
    person, to = request.user, hide_to(request)
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if isinstance(person, User) and person.hide_signs_out and ours:
        logout(request)
    request.session[COVERED] = True
    answer = HttpResponse(status=204) if request.method == "POST" else HttpResponseRedirect(to)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@login_not_required
def uncover(request: HttpRequest) -> HttpResponse:
    """Take the cover off and go back to the page that was asked for; where there is a PIN, only with it."""
    to = request.POST.get("next", "")
    safe = to if to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/"
    person = request.user
    if isinstance(person, User) and person.pin:
        if "sign_in" in request.POST:
            logout(request)
            return HttpResponseRedirect(safe)
        try:
            check_pin(person=person, pin=request.POST.get("pin", ""))
        except TooManyPins:
            logout(request)
            return HttpResponseRedirect("/")
        except Refusal as refusal:
            request.session[COVERED] = True
            return closed_page(request, safe, refusal=str(refusal))
        request.session[ACTIVE] = int(time.time())
    request.session.pop(COVERED, None)
    return HttpResponseRedirect(safe)


@never_cache
def closed_page(request: HttpRequest, back_to: str, refusal: str = "") -> HttpResponse:
    person = request.user
    asks = isinstance(person, User) and bool(person.pin)
    context = {"back_to": back_to, "asks_pin": asks, "refusal": refusal}
    answer = render(request, "config/cover.html", context, status=422 if refusal else 200)
    answer[MARK] = "1"
    return answer


class CoverMiddleware:
    """Answers every look at a covered session with the cover.

    What is sent still arrives: a check-in typed in another tab must not be lost, and its answer is a redirect.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looking = request.method in {"GET", "HEAD"} and not request.path.startswith(OPEN)
        if not looking:
            return self.get_response(request)
        if not request.session.get(COVERED) and not self.was_left_alone(request):
            return self.get_response(request)
        return self.public_help(request) if request.path.startswith(HELP) else self.blank(request)

    @staticmethod
    def was_left_alone(request: HttpRequest) -> bool:
        """Cover a session whose person wants the PIN asked after a while without a page; note that it is in use."""
        person = request.user
        if not (isinstance(person, User) and person.pin and person.locks_after):
            return False
        now = int(time.time())
        last = int(request.session.get(ACTIVE, now))
        if now - last >= person.locks_after * 60:
            request.session[COVERED] = True
            return True
        if ACTIVE not in request.session or now - last >= ACTIVE_EVERY:
            request.session[ACTIVE] = now
        return False

    def public_help(self, request: HttpRequest) -> HttpResponse:
        """Answer as to a visitor who never signed in."""
        request.user = AnonymousUser()
        response = self.get_response(request)
        # The visitor's page may be kept; here it would stand in for the person's own after the cover is off.
        response["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def blank(request: HttpRequest) -> HttpResponse:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Refresh": "true", MARK: "1", "Cache-Control": "no-store"})
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "covered"}, status=403, headers={MARK: "1", "Cache-Control": "no-store"})
        return closed_page(request, request.get_full_path())
