"""Notices that a phone has travelled: it says another time zone than the person has told us."""

from django.http import HttpRequest

from accounts.http import phone_zone
from config.forms_you import place

LATER_COOKIE = "tz_later"
LATER_SECONDS = 30 * 24 * 3600
# It is asked where there is room for it, and never in the middle of something.
ASKED_ON = ("/today/", "/you/")


def zone_guess(request: HttpRequest) -> dict[str, str] | None:
    """Return the zone to offer and what people call it, or None when there is nothing to ask."""
    if not request.user.is_authenticated or request.path not in ASKED_ON:
        return None
    zone = phone_zone(request)
    if not zone or zone == request.user.time_zone or request.COOKIES.get(LATER_COOKIE) == zone:
        return None
    return {"zone": zone, "place": place(zone)}
