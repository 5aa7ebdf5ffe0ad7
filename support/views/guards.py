"""Who gets as far as a counselor's or a supporter's page, and what each of these pages carries."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from accounts import second_step
from accounts.http import PersonRequest
from support.wording import NOTICE

View = Callable[..., HttpResponse]


def counselors_only(view: View) -> View:
    """Let counselors through whose role is in force; for everybody else there is nothing here."""
    view = second_step.first(view)

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_counselor:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def under_notice(view: View) -> View:
    """Refuse to load ahead of a tap, which would be a look that nobody took, and send the notice along.

    A counselor who is also somebody's supporter needs their second step here too.
    """
    view = second_step.first(view)

    @wraps(view)
    def noticed(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ahead = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
        if "prefetch" in ahead or "prerender" in ahead:
            return HttpResponse(status=503, headers={"Cache-Control": "no-store"})
        response = view(request, *args, **kwargs)
        response["X-Part2-Notice"] = NOTICE
        return response

    return noticed
