"""You: the page that leads to everything that is the person's own, and what they may say about themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from config.forms_you import ProfileForm
from config.zone_guess import LATER_COOKIE, LATER_SECONDS
from reminders.services import move_zone


@require_safe
def you(request: PersonRequest) -> HttpResponse:
    return render(request, "config/you.html")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    person = request.user
    known = {"name": person.called, "zone": person.time_zone, "country": person.country, "theme": person.theme}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=known)
    if not form.is_valid():
        return render(request, "config/profile.html", {"form": form}, status=422 if form.errors else 200)
    said = form.cleaned_data
    services.describe(person=person, name=said["name"], country=said["country"], theme=said["theme"])
    if said["zone"] != person.time_zone:
        move_zone(person=person, zone=said["zone"], now=timezone.now())
    messages.success(request, _("Kept."))
    return redirect("you")


@require_POST
def zone_take(request: PersonRequest) -> HttpResponse:
    """“Your phone says Chicago. Use it?” Yes."""
    try:
        move_zone(person=request.user, zone=request.POST.get("zone", ""), now=timezone.now())
        messages.success(request, _("Done. Your day and your reminders go by that now."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return _back(request)


@require_POST
def zone_later(request: PersonRequest) -> HttpResponse:
    """Not now: ask no more about this zone for a month, in this browser."""
    response = _back(request)
    response.set_cookie(
        LATER_COOKIE,
        request.POST.get("zone", "")[:64],
        max_age=LATER_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: PersonRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if ours else "you")
