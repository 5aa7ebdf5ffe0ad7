"""The pages for why I am doing this."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.forms import ReasonForm
from plans.models import Reason
from plans.views.asking import ask, confirm_removal, move, own, sent


@require_safe
def reason_list(request: PersonRequest) -> HttpResponse:
    template = "_reason_list.html" if request.htmx else "reason_list.html"
    return render(request, f"plans/{template}", {"rows": services.reasons(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def reason_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        ReasonForm(sent(request)),
        lambda said: services.add_reason(person=request.user, now=timezone.now(), **said),
        then="plans:reason-list",
        page="reason_form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reason_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    reason = own(request, Reason, pk)
    return ask(
        request,
        ReasonForm(sent(request), initial=_initial(reason)),
        lambda said: services.change_reason(reason=reason, now=timezone.now(), **said),
        then="plans:reason-list",
        page="reason_form.html",
        initial_of=_initial,
        reason=reason,
    )


def _initial(reason: Reason) -> dict[str, Any]:
    return {"text": reason.text, "version": reason.version}


@require_POST
def reason_move(request: PersonRequest, pk: Any) -> HttpResponse:
    return move(request, own(request, Reason, pk), then="plans:reason-list")


@require_http_methods(["GET", "HEAD", "POST"])
def reason_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    reason = own(request, Reason, pk)
    return confirm_removal(
        request,
        reason,
        lambda: services.remove(reason, now=timezone.now()),
        name=reason.text,
        then="plans:reason-list",
        edit="plans:reason-edit",
    )
