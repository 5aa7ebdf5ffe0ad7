"""“I'm a counselor”: asking for it, and answering as an administrator."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import roles, second_step
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import Role

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Answer 404 to everybody else: nobody may learn that the page is there."""
    view = second_step.first(view)

    @wraps(view)
    def guarded(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def counselor(request: PersonRequest) -> HttpResponse:
    role = Role.objects.filter(user=request.user, kind=Role.Kind.COUNSELOR).order_by("-asked_at").first()
    return render(request, "accounts/counselor.html", {"role": role})


@require_POST
def counselor_ask(request: PersonRequest) -> HttpResponse:
    try:
        roles.ask_for_role(person=request.user, kind=Role.Kind.COUNSELOR, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("accounts:counselor")


@require_POST
def counselor_end(request: PersonRequest) -> HttpResponse:
    """Withdraw the request, or step back from the role."""
    held = Role.objects.filter(user=request.user, kind=Role.Kind.COUNSELOR, ended_at=None)
    roles.end_role(role=get_object_or_404(held), now=timezone.now())
    return redirect("accounts:counselor")


@require_safe
@administrators_only
def role_list(request: PersonRequest) -> HttpResponse:
    every = Role.objects.select_related("user")
    context = {"waiting": every.waiting().order_by("asked_at"), "held": every.in_force().order_by("-granted_at")}
    return render(request, "accounts/role_list.html", context)


@require_POST
@administrators_only
def role_approve(request: PersonRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role, pk=pk)
    try:
        roles.approve_role(role=role, by=request.user, now=timezone.now())
        messages.success(request, _("Approved. It holds from their next page."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("accounts:role-list")


@require_POST
@administrators_only
def role_decline(request: PersonRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role, pk=pk)
    try:
        roles.decline_role(role=role, now=timezone.now())
        messages.success(request, _("Declined. They may ask again."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("accounts:role-list")


@require_POST
@administrators_only
def role_end(request: PersonRequest, pk: int) -> HttpResponse:
    roles.end_role(role=get_object_or_404(Role, pk=pk), now=timezone.now())
    messages.success(request, _("Ended. It holds from their next page."))
    return redirect("accounts:role-list")
