"""The quick way out: covers the session, so that whoever looks next finds a blank page and not somebody's day."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from config.context import HIDE_TO

Answer = Callable[[HttpRequest], HttpResponse]

COVERED = "covered"
# These tell nothing about anybody, and machines ask for them.
OPEN = ("/cover/", "/static/", "/healthz", "/readyz", "/robots.txt", "/favicon.ico")
# Help is one tap away for whoever holds the phone, but it names nobody's people.
HELP = "/help/"


@csrf_exempt  # covering shows nothing and changes nothing; the way out must not wait for a token
@require_http_methods(["GET", "POST"])
@login_not_required
def cover(request: HttpRequest) -> HttpResponse:
    """Cover this browser's session. A script posts here while it leaves; without one, the link itself comes here."""
    request.session[COVERED] = True
    answer = HttpResponse(status=204) if request.method == "POST" else HttpResponseRedirect(HIDE_TO)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@login_not_required
def uncover(request: HttpRequest) -> HttpResponse:
    """Take the cover off and go back to the page that was asked for."""
    request.session.pop(COVERED, None)
    to = request.POST.get("next", "")
    safe = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return HttpResponseRedirect(to if safe else "/")


class CoverMiddleware:
    """Answers every look at a covered session with the cover.

    What is sent still arrives: a check-in typed in another tab must not be lost, and its answer is a redirect.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looking = request.method in {"GET", "HEAD"} and not request.path.startswith(OPEN)
        if not (looking and request.session.get(COVERED)):
            return self.get_response(request)
        return self.public_help(request) if request.path.startswith(HELP) else self.blank(request)

    def public_help(self, request: HttpRequest) -> HttpResponse:
        """Answer as to a visitor who never signed in."""
        request.user = AnonymousUser()
        response = self.get_response(request)
        # The visitor's page may be kept; here it would stand in for the person's own after the cover is off.
        response["Cache-Control"] = "no-store"
        return response

    @staticmethod
    @never_cache
    def blank(request: HttpRequest) -> HttpResponse:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "covered"}, status=403)
        return render(request, "config/cover.html", {"back_to": request.get_full_path()})
