"""Who gets as far as the curator's desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from accounts import second_step
from accounts.http import PersonRequest

View = Callable[..., HttpResponse]


def curators_only(view: View) -> View:
    """Let curators through whose role is in force; for everybody else there is nothing here."""
    view = second_step.first(view)

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_curator:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
