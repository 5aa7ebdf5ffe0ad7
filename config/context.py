"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.lock import lock_tag, person_tag
from accounts.models import User
from config.looks import look_of
from config.zone_guess import zone_guess

# Neutral pages that load fast and say nothing about who opened them; the last is our own, which is closed by then.
HIDE_TO = {
    User.HideTo.WEATHER: "https://www.weather.gov/",
    User.HideTo.ENCYCLOPEDIA: "https://en.wikipedia.org/",
    User.HideTo.CLOSED: "/",
}


def hide_to(request: HttpRequest) -> str:
    """Return where Hide leads for whoever asks."""
    user = getattr(request, "user", None)
    return HIDE_TO[User.HideTo(user.hide_to) if isinstance(user, User) else User.HideTo.WEATHER]


def operator() -> dict[str, str] | None:
    """Return where whoever runs this site is reached, as it is shown and as a link; None where they named nothing."""
    contact = settings.OPERATOR_CONTACT
    if not contact:
        return None
    return {"shown": contact, "href": contact if contact.startswith("https://") else f"mailto:{contact}"}


def house(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    theme = person.theme if person else request.COOKIES.get("theme", "")
    return {
        "app_name": settings.APP_NAME,
        "look": look_of(request),
        # By these a browser knows whose things it keeps, and under which PIN.
        "who": person_tag(person) if person else "nobody" if user else "",
        "lock": lock_tag(person) if person else "",
        "operator": operator(),
        "LANGUAGE_CODE": get_language(),
        "hide_to": hide_to(request),
        "hide_out": bool(person and person.hide_signs_out),
        "theme": theme if theme in {"light", "dark"} else "",
        "zone_guess": zone_guess(request) if user else None,
        "mailbox": bool(settings.MAILBOX),
        # While somebody is changing the site, a worker would show them yesterday's.
        "has_worker": not settings.DEBUG,
    }
