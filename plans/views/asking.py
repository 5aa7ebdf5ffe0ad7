"""The one way the plan's forms are asked, refused with their words kept, and answered; and how rows move and go."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django_htmx.http import reswap, retarget

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import OwnedModel
from plans import services
from plans.forms import ContactForm
from plans.models import Activity, Contact, Reason, Strategy
from plans.phones import NumberUnknown

Deed = Callable[[dict[str, Any]], object]
O = TypeVar("O", bound=OwnedModel)  # noqa: E741
R = TypeVar("R", Activity, Contact, Reason, Strategy)


def sent(request: PersonRequest) -> QueryDict | None:
    """What the form brought, or None while it is only being shown."""
    return request.POST if request.method == "POST" else None


def own(request: PersonRequest, model: type[O], pk: object) -> O:
    """Return the person's own row; anybody else's is not there."""
    return get_object_or_404(model._default_manager.filter(person=request.user), pk=pk)


def ask(
    request: PersonRequest,
    form: forms.Form,
    deed: Deed,
    *,
    then: str,
    page: str,
    refusal_on: str | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent and sound, do the deed and go on to the URL name `then`.

    A refusal lands beside the field `refusal_on`. htmx gets `_page`, the form alone; what is turned away goes back
    into the place that it came from, the element with the id `here`.
    """
    if form.is_bound and form.is_valid() and _done(form, deed, refusal_on):
        messages.success(request, gettext("Saved."))
        return redirect(then)
    template = f"plans/_{page}" if request.htmx else f"plans/{page}"
    response = render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
    if form.is_bound and request.htmx and context.get("here"):
        reswap(retarget(response, f"#{context['here']}"), "innerHTML")
    return response


def _done(form: forms.Form, deed: Deed, refusal_on: str | None) -> bool:
    try:
        deed(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal_on, str(refusal))
        if isinstance(refusal, NumberUnknown) and isinstance(form, ContactForm):
            form.ask_whether_sure()
        return False
    return True


def move(request: PersonRequest, row: R, *, then: str) -> HttpResponse:
    """Move a row up or down, as the button says."""
    direction = request.POST.get("direction")
    if direction == "up":
        services.move(row, "up", now=timezone.now())
    elif direction == "down":
        services.move(row, "down", now=timezone.now())
    else:
        raise BadRequest("a row moves up or down")
    return redirect(then)


def confirm_removal(
    request: PersonRequest, row: O, deed: Callable[[], object], *, name: str, then: str, edit: str, **context: Any
) -> HttpResponse:
    """Ask once, on a page of its own, and then delete for good: there is no bin to take it back from."""
    if request.method == "POST":
        deed()
        messages.success(request, gettext("Removed."))
        return redirect(then)
    return render(request, "plans/remove.html", {"row": row, "name": name, "then": then, "edit": edit, **context})
