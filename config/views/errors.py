"""What a person reads when something did not work; each page says what is safe and what to do."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from redis.exceptions import RedisError

# What the database and the cache raise while they are away, starting, or too busy.
AWAY = (OperationalError, InterfaceError, RedisError)
TRY_AGAIN_AFTER = "10"  # seconds; a database that was restarted is back by then


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or cookies are off; what was typed is still in the browser's form."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say so, and where only a server behind us is away, that it is worth trying again in a moment (503)."""
    # Django asks for this page while it handles the exception.
    is_away = isinstance(sys.exc_info()[1], AWAY)
    status = 503 if is_away else 500
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse({"detail": "Something broke on our side. Try again."}, status=status)
    else:
        # No context processors here: whatever broke may be what they need.
        response = render(None, "500.html", status=status)
    if is_away:
        response["Retry-After"] = TRY_AGAIN_AFTER
    return response
