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
from plans.models import Activity, Contact, Item, Reason, Strategy
from plans.phones import NumberUnknown

Deed = Callable[[dict[str, Any]], object]
O = TypeVar("O", bound=OwnedModel)  # noqa: E741
R = TypeVar("R", Activity, Contact, Item, Reason, Strategy)


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
    initial_of: Callable[[Any], dict[str, Any]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent and sound, do the deed and go on to the URL name `then`.

    A refusal lands beside the field `refusal_on`. Where the row was changed meanwhile, what it says now (by
    `initial_of`) stands above what was typed; to send the form again then replaces it knowingly. htmx gets `_page`, the
    form alone; what is turned away goes back into the place that it came from, the element with the id `here`.
    """
    if form.is_bound and form.is_valid() and _done(form, deed, refusal_on, initial_of, context):
        messages.success(request, gettext("Saved."))
        return redirect(then)
    template = f"plans/_{page}" if request.htmx else f"plans/{page}"
    response = render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
    if form.is_bound and request.htmx and context.get("here"):
        reswap(retarget(response, f"#{context['here']}"), "innerHTML")
    return response


def _done(
    form: forms.Form,
    deed: Deed,
    refusal_on: str | None,
    initial_of: Callable[[Any], dict[str, Any]] | None,
    context: dict[str, Any],
) -> bool:
    # A version belongs to a row that is there already.
    said = {name: value for name, value in form.cleaned_data.items() if initial_of or name != "version"}
    try:
        deed(said)
    except services.ChangedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        context["theirs"] = _theirs(form, initial_of(refusal.current)) if initial_of else []
        # From here on it is filled in against what stands there now.
        sent_again = QueryDict(mutable=True)
        for name in form.data:
            sent_again.setlist(name, form.data.getlist(name) if isinstance(form.data, QueryDict) else [form.data[name]])
        sent_again["version"] = str(refusal.current.version)
        form.data = sent_again
        return False
    except Refusal as refusal:
        form.add_error(refusal_on, str(refusal))
        if isinstance(refusal, NumberUnknown) and isinstance(form, ContactForm):
            form.ask_whether_sure()
        return False
    return True


def _theirs(form: forms.Form, stands: dict[str, Any]) -> list[tuple[Any, str]]:
    """Return label and words of each answer that says something else than what was typed."""
    return [
        (form.fields[name].label, _in_words(form.fields[name], value))
        for name, value in stands.items()
        if name != "version"
        and form[name].value() != value
        and _in_words(form.fields[name], value) != _in_words(form.fields[name], form[name].value())
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(name) for key, name in _flat(field.choices)}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(each), "") for each in chosen)
    return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    return [pair for key, name in choices for pair in (name if isinstance(name, list) else [(key, name)])]


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
