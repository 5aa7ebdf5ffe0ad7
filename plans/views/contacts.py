"""The pages for people to call."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.forms import ContactForm
from plans.models import Contact
from plans.views.asking import ask, confirm_removal, move, own, sent


@require_safe
def contact_list(request: PersonRequest) -> HttpResponse:
    template = "_contact_list.html" if request.htmx else "contact_list.html"
    return render(request, f"plans/{template}", {"rows": services.contacts(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        ContactForm(sent(request)),
        lambda said: services.add_contact(person=request.user, now=timezone.now(), **said),
        then="plans:contact-list",
        page="contact_form.html",
        refusal_on="number",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    contact = own(request, Contact, pk)
    return ask(
        request,
        ContactForm(sent(request), initial=_initial(contact)),
        lambda said: services.change_contact(contact=contact, now=timezone.now(), **said),
        then="plans:contact-list",
        page="contact_form.html",
        refusal_on="number",
        initial_of=_initial,
        contact=contact,
    )


def _initial(contact: Contact) -> dict[str, Any]:
    names = ("name", "relation", "kind", "hours", "has_agreed", "may_know", "script", "tested_on", "version")
    return {"number": contact.shown_number, **{name: getattr(contact, name) for name in names}}


@require_POST
def contact_move(request: PersonRequest, pk: Any) -> HttpResponse:
    return move(request, own(request, Contact, pk), then="plans:contact-list")


@require_http_methods(["GET", "HEAD", "POST"])
def contact_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    contact = own(request, Contact, pk)
    return confirm_removal(
        request,
        contact,
        lambda: services.remove(contact, now=timezone.now()),
        name=contact.name,
        then="plans:contact-list",
        edit="plans:contact-edit",
    )
