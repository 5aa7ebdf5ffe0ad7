"""The request as a view sees it behind the sign-in."""

import json
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from accounts import keys
from accounts.clock import is_zone
from accounts.models import User

# The browser's own time zone, written by static/js/app.js.
ZONE_COOKIE = "tz"
# Where somebody said they are, on Help or on Find support: one answer for both, for those without an account too.
COUNTRY_COOKIE = "country"
A_YEAR = 365 * 24 * 3600


class PersonRequest(HttpRequest):
    user: User
    htmx: HtmxDetails


def remember_country(response: HttpResponse, request: HttpRequest, country: str) -> None:
    """Keep the country in this browser, or forget it where the answer is empty."""
    if country:
        secure = request.is_secure()
        response.set_cookie(COUNTRY_COOKIE, country, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COUNTRY_COOKIE, samesite="Lax")


def keep_sealed(request: PersonRequest, name: str, said: dict[str, str]) -> None:
    """Keep something of the person's for their next page: sealed, for a session lies in the clear."""
    request.session[name] = keys.seal(json.dumps(said), person_id=request.user.pk, place=f"session.{name}")


def take_sealed(request: PersonRequest, name: str) -> dict[str, str] | None:
    """Return what was kept for this page, once."""
    sealed = request.session.pop(name, "")
    said = keys.unseal(sealed, place=f"session.{name}") if sealed else None
    return json.loads(said) if said else None


def phone_zone(request: HttpRequest) -> str:
    """Return the time zone that the browser is in, or an empty string where it did not say or we don't know it."""
    zone = unquote(request.COOKIES.get(ZONE_COOKIE, ""))
    return zone if is_zone(zone) else ""
