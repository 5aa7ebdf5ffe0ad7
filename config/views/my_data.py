"""My data: take a copy of everything, or delete the account now."""

from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import Export
from accounts.stepup import confirm_password
from config.forms import DeleteAccountForm, PasswordAgainForm


@require_safe
def my_data(request: PersonRequest) -> HttpResponse:
    return _page(request, PasswordAgainForm(), DeleteAccountForm(prefix="delete"))


@require_POST
def export_ask(request: PersonRequest) -> HttpResponse:
    form = PasswordAgainForm(request.POST)
    if form.is_valid():
        try:
            confirm_password(person=request.user, password=form.cleaned_data["password"])
            services.ask_for_export(person=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, form, DeleteAccountForm(prefix="delete"))
    return redirect("my-data")


@require_POST
def export_take(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Hand the copy over once: asking for it is a POST, so no prefetch can use it up."""
    export = get_object_or_404(Export.objects.of(request.user).exclude(ready_at=None), pk=pk)
    day = local_day(request.user, timezone.now())
    content = services.take_export(export=export)
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="my-copy-{day:%Y-%m-%d}.json"'},
    )


@require_POST
def export_drop(request: PersonRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Export.objects.of(request.user), pk=pk).delete()
    return redirect("my-data")


@require_POST
def account_delete(request: PersonRequest) -> HttpResponse:
    form = DeleteAccountForm(request.POST, prefix="delete")
    if form.is_valid():
        try:
            confirm_password(person=request.user, password=form.cleaned_data["password"])
        except Refusal as refusal:
            form.add_error("password", str(refusal))
    if form.errors:
        return _page(request, PasswordAgainForm(), form)
    person = request.user
    logout(request)
    services.delete_account(person=person)
    return redirect("account-gone")


def _page(request: PersonRequest, ask: PasswordAgainForm, delete: DeleteAccountForm) -> HttpResponse:
    export = Export.objects.of(request.user).defer("content").first()
    context = {"ask": ask, "delete": delete, "export": export, "kept": services.EXPORT_KEPT}
    return render(request, "config/my_data.html", context, status=422 if ask.errors or delete.errors else 200)
