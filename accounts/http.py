"""The request as a view sees it behind the sign-in."""

from urllib.parse import unquote

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.clock import is_zone
from accounts.models import User

# The browser's own time zone, written by static/js/app.js.
ZONE_COOKIE = "tz"


class PersonRequest(HttpRequest):
    user: User
    htmx: HtmxDetails


def phone_zone(request: HttpRequest) -> str:
    """Return the time zone that the browser is in, or an empty string where it did not say or we don't know it."""
    zone = unquote(request.COOKIES.get(ZONE_COOKIE, ""))
    return zone if is_zone(zone) else ""
