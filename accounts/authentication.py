"""Who an API request comes from: the browser's own session, and a plain 401 for a stranger."""

from rest_framework.authentication import SessionAuthentication as DjangoSessionAuthentication
from rest_framework.request import Request


class SessionAuthentication(DjangoSessionAuthentication):
    """Names a scheme, so that a stranger is answered 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
