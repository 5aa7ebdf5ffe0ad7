"""What works without a network: the worker, the pages that it keeps, and whose session the server sees.

Each of these pages is drawn as for a visitor, whoever asks: a phone keeps it for whoever holds the phone.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import COUNTRY_COOKIE
from accounts.lock import lock_tag, person_tag
from accounts.models import User
from config import looks, shell
from config.cover import COVERED
from config.views.help_now import lines, timer
from plans.emergency import numbers_for
from recovery.forms import CheckInForm
from recovery.safety_texts import CARDS, FIRST, cards_for
from recovery.services import awaiting_review
from resources.services import review_of
from resources.tools import TOOLS

# The menus of somebody with an account: whoever kept these pages has one.
MENUS = SimpleNamespace(is_authenticated=True, is_counselor=False)


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Give the worker, at the root, since it stands before every page."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(shell.script(), content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
@login_not_required
def manifest(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the name and the signs of one look: the address says which, since browsers send no cookie for it."""
    if slug not in looks.LOOKS:
        raise Http404
    return JsonResponse(looks.manifest(looks.LOOKS[slug]), content_type="application/manifest+json")


@never_cache
@require_safe
@login_not_required
def session(request: HttpRequest) -> HttpResponse:
    """Say whose session this is, by a name that tells nothing, with the token that sending needs."""
    if request.session.get(COVERED):
        return JsonResponse({"covered": True})
    person = request.user
    if not isinstance(person, User):
        return JsonResponse({"person": ""})
    return JsonResponse({"person": person_tag(person), "lock": lock_tag(person), "token": get_token(request)})


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """Say that the page needs a network, and lead to everything that doesn't."""
    tools = [
        {"title": tool.title, "icon": tool.icon, "path": f"/tools/{slug}/"}
        for slug, tool in TOOLS.items()
        if tool.ways or tool.leads_to
    ]
    return _page(request, "offline/index.html", {"tools": tools})


@require_safe
@login_not_required
def offline_help(request: HttpRequest) -> HttpResponse:
    """Help as it stands for everybody, with the numbers of the country; a script adds what this phone keeps."""
    return _page(request, "config/help_now.html", lines(_country(request)) | timer({}))


@require_safe
@login_not_required
def offline_after(request: HttpRequest) -> HttpResponse:
    """What to do after use, for everybody."""
    safety = {"first": FIRST, "cards": cards_for(()), "awaiting": awaiting_review((FIRST, *CARDS))}
    return _page(request, "recovery/right_now.html", {**safety, "numbers": numbers_for(_country(request))})


@require_safe
@login_not_required
def offline_plan(request: HttpRequest) -> HttpResponse:
    """A page without a plan on it: the script opens the one that this phone keeps, if it does."""
    return _page(request, "offline/plan.html")


@require_safe
@login_not_required
def offline_checkin(request: HttpRequest) -> HttpResponse:
    """The six questions; what the plan would offer is not known here."""
    form = CheckInForm(triggers=list, strategies=list, mood_needed=lambda: True)
    return _page(request, "offline/checkin.html", {"form": form})


@require_safe
@login_not_required
def offline_waiting(request: HttpRequest) -> HttpResponse:
    return _page(request, "offline/waiting.html")


@require_safe
@login_not_required
def offline_tool(request: HttpRequest, slug: str) -> HttpResponse:
    """An exercise: it needs its text and a clock, no network."""
    tool = TOOLS.get(slug)
    if tool is None or tool.page:
        raise Http404
    return _page(request, "plans/tool_detail.html", {"tool": tool, "review": review_of(tool)})


@require_safe
@login_not_required
def offline_cover(request: HttpRequest) -> HttpResponse:
    return _page(request, "offline/cover.html")


def _page(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """Draw a page that a phone keeps: for nobody in particular, with no message that waits for somebody in it."""
    request.user = AnonymousUser()
    nobody = {"offline": True, "who": "", "lock": "", "messages": [], "zone_guess": None, "menus": MENUS}
    answer = render(request, template, {**(context or {}), **nobody})
    answer["Cache-Control"] = "no-store"
    return answer


def _country(request: HttpRequest) -> str:
    """The country that the numbers go by: the account's, or the one that this browser chose."""
    person = request.user
    own = person.country if isinstance(person, User) else ""
    return own or request.COOKIES.get(COUNTRY_COOKIE, "")
