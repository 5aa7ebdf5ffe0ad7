"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from config.zone_guess import zone_guess

# A neutral page that loads fast and says nothing about who opened it.
HIDE_TO = "https://www.weather.gov/"


def operator() -> dict[str, str] | None:
    """Return where whoever runs this site is reached, as it is shown and as a link; None where they named nothing."""
    contact = settings.OPERATOR_CONTACT
    if not contact:
        return None
    return {"shown": contact, "href": contact if contact.startswith("https://") else f"mailto:{contact}"}


def house(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    theme = user.theme if user and user.is_authenticated else request.COOKIES.get("theme", "")
    return {
        "app_name": settings.APP_NAME,
        "operator": operator(),
        "LANGUAGE_CODE": get_language(),
        "hide_to": HIDE_TO,
        "theme": theme if theme in {"light", "dark"} else "",
        "zone_guess": zone_guess(request) if user else None,
        "mailbox": bool(settings.MAILBOX),
    }
