"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.zone_guess import zone_guess

# A neutral page that loads fast and says nothing about who opened it.
HIDE_TO = "https://www.weather.gov/"


def house(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    theme = user.theme if user and user.is_authenticated else request.COOKIES.get("theme", "")
    return {
        "app_name": settings.APP_NAME,
        "hide_to": HIDE_TO,
        "theme": theme if theme in {"light", "dark"} else "",
        "zone_guess": zone_guess(request) if user else None,
        "mailbox": bool(settings.MAILBOX),
    }
