"""Who an API request comes from: the browser's own session, and a plain 401 for a stranger."""

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication as DjangoSessionAuthentication
from rest_framework.request import Request


class SessionAuthentication(DjangoSessionAuthentication):
    """Names a scheme, so that a stranger is answered 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class SessionScheme(OpenApiAuthenticationExtension):
    """How the description of the API names it."""

    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The cookie of somebody who is signed in; writing also needs the X-CSRFToken header.",
        }
