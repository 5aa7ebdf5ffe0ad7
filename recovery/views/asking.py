"""The one way this room's short forms are asked, refused with their words kept, and answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.http import PersonRequest


def sent(request: PersonRequest) -> QueryDict | None:
    """What the form brought, or None while it is only being shown."""
    return request.POST if request.method == "POST" else None


def ask(
    request: PersonRequest,
    form: forms.Form,
    deed: Callable[[dict[str, Any]], object],
    *,
    then: str,
    template: str,
    refusal_on: str | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent and sound, do the deed and go on to `then`, a URL name or an address.

    A refusal lands beside the field `refusal_on`.
    """
    if form.is_bound and form.is_valid():
        try:
            deed(form.cleaned_data)
            messages.success(request, gettext("Saved."))
            return redirect(then)
        except Refusal as refusal:
            form.add_error(refusal_on, str(refusal))
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
