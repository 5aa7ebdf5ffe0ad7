"""Noted days: each noted use where the person can see it, move it to the right day, and take it back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest, keep_sealed, take_sealed
from recovery.forms_journeys import first_use
from recovery.models import Lapse
from recovery.services import change_use, take_back_use, tell_use
from recovery.views.right_now import use_form

PER_PAGE = 30
# What was just taken back, for one page, so that one tap puts it there again: kept in the session and not in the
# address, where it would stay in the history of the browser; sealed, for the session lies in the clear.
TAKEN_BACK = "taken_back"


@require_safe
def use_list(request: PersonRequest) -> HttpResponse:
    """List the days with noted use, newest first, and where each was said."""
    found = Lapse.objects.of(request.user).newest_first()
    page = Paginator(found, per_page=PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "taken_back": take_sealed(request, TAKEN_BACK)}
    return render(request, "recovery/use_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def use_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change the day, and for somebody who is cutting down, whether it was more than planned."""
    lapse = get_object_or_404(Lapse.objects.of(request.user), pk=pk)
    if lapse.source == Lapse.Source.CHECKIN:
        return redirect("recovery:checkin-edit", day=lapse.day)
    form = use_form(request.user, request.POST if request.method == "POST" else None, lapse)
    if form.is_bound and form.is_valid():
        try:
            lapse = change_use(lapse=lapse, now=timezone.now(), **form.said())
            tell_use(lapse=lapse, **form.told())
            messages.success(request, _("Changed."))
            return redirect("recovery:use-list")
        except Refusal as refusal:
            form.add_error("day", str(refusal))
    context = {"form": form, "lapse": lapse}
    return render(request, "recovery/use_edit.html", context, status=422 if form.errors else 200)


@require_POST
def use_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a noted use back; the next page offers to put it there again."""
    lapse = get_object_or_404(Lapse.objects.of(request.user), pk=pk)
    try:
        take_back_use(lapse=lapse)
        keep_sealed(request, TAKEN_BACK, first_use(lapse))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("recovery:use-list")
