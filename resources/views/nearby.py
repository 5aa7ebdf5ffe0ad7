"""Near a place that somebody typed. It stays in a cookie that ends with the browser: in no address, in no row."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import COUNTRY_COOKIE
from resources.forms import NearForm
from resources.models import COUNTRIES
from resources.near import RADII_KM, Spot, find_spot

COOKIE = "near"
SALT = "resources.near"
DEFAULT_KM = 25


@require_POST
@login_not_required
def near_choose(request: HttpRequest) -> HttpResponse:
    """Remember a typed place for as long as the browser is open; an empty one forgets it."""
    form = NearForm(request.POST)
    if form.is_valid() and not form.cleaned_data["place"].strip():
        return _remember(request, redirect("resources:listing-list"), None)
    spot = find_spot(form.cleaned_data["place"], told_country(request)) if form.is_valid() else None
    if spot is not None:
        kept = [spot.name, round(spot.latitude, 4), round(spot.longitude, 4), form.cleaned_data["km"]]
        return _remember(request, redirect("resources:listing-list"), kept)
    if form.is_valid():
        form.add_error("place", _("We know no entry in that place. Try a larger town nearby, or a postcode."))
    return render(request, "resources/near_form.html", {"near_form": form}, status=422)


def chosen(request: HttpRequest) -> tuple[Spot | None, int]:
    """Return the place that was chosen in this browser, and how far around it in kilometers."""
    try:
        name, latitude, longitude, km = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None, DEFAULT_KM
    return Spot(str(name), float(latitude), float(longitude)), km if km in RADII_KM else DEFAULT_KM


def _remember(request: HttpRequest, response: HttpResponse, kept: list[Any] | None) -> HttpResponse:
    path = reverse("resources:listing-list")
    if kept is None:
        response.delete_cookie(COOKIE, path=path, samesite="Lax")
        return response
    value = signing.dumps(kept, salt=SALT)
    response.set_cookie(COOKIE, value, path=path, httponly=True, secure=request.is_secure(), samesite="Lax")
    return response


def told_country(request: HttpRequest) -> str:
    """Return where somebody is, as far as they have told us; nothing is read from the device."""
    user = request.user
    told = user.country if user.is_authenticated else ""
    told = told or request.COOKIES.get(COUNTRY_COOKIE, "")
    return told if told in COUNTRIES else ""
