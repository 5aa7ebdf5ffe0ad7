"""Under which name and sign the site stands on a phone's home screen: chosen on that phone, before it is installed."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Which of them this browser chose. It belongs to the phone and not to the account, and names nothing about anybody.
COOKIE = "look"
# Sides of the drawn icons, in pixels. A phone asks for the first two, an iPhone for the third.
SIZES = (192, 512, 180)


class Look(NamedTuple):
    """A name, the sign that goes with it, and the color of the bar above the page."""

    slug: str
    name: str | Promise
    about: str | Promise
    color: str

    def icon(self, size: int) -> str:
        return static(f"icons/{self.slug}-{size}.png")

    @property
    def small_icon(self) -> str:
        return self.icon(SIZES[0])

    @property
    def touch_icon(self) -> str:
        return self.icon(SIZES[2])

    @property
    def sign(self) -> str:
        return static("icons/favicon.svg" if self.slug == "own" else f"icons/{self.slug}.svg")


LOOKS = {
    look.slug: look
    for look in (
        Look("own", settings.APP_NAME, _("A light above a path"), "#0c4044"),
        Look("notes", _("Notes"), _("A sheet with lines"), "#3b4a63"),
        Look("days", _("Days"), _("A calendar"), "#5a3d5c"),
    )
}


def look_of(request: HttpRequest) -> Look:
    return LOOKS.get(request.COOKIES.get(COOKIE, ""), LOOKS["own"])


def manifest(look: Look) -> dict[str, Any]:
    """Return what a phone needs to install the site: nothing in it tells what the site is for."""
    name = str(look.name)
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#eef2ef",
        "theme_color": look.color,
        "icons": [
            {"src": look.icon(size), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for size in SIZES[:2]
            for purpose in ("any", "maskable")
        ],
    }
