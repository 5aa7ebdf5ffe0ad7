"""Beside somebody: what a person chose to show a supporter, which is nothing until they do."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans.emergency import numbers_for
from plans.services import readers
from support import insights, services
from support.forms import NameForm
from support.models import Access, Consent, Invitation, Role, Scope
from support.policies import NotLetIn, open_record
from support.views.guards import under_notice


@require_http_methods(["GET", "HEAD", "POST"])
def supporting(request: PersonRequest) -> HttpResponse:
    """List whom I support, without names: those are read on their own page, where the look is written down."""
    now = timezone.now()
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.make_invitation(maker=request.user, role=Role.SUPPORTER, name=form.cleaned_data["name"], now=now)
        return redirect("support:supporting")
    context = {
        "form": form,
        "consents": Consent.objects.in_force(now).to(request.user).filter(role=Role.SUPPORTER).order_by("signed_at"),
        "invitation": Invitation.objects.of(request.user).usable(now).filter(role=Role.SUPPORTER).first(),
    }
    return render(request, "support/supporting.html", context, status=422 if form.errors else 200)


@require_safe
@under_notice
@transaction.atomic
def beside(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    try:
        opened = open_record(
            viewer=request.user,
            person_id=pk,
            role=Role.SUPPORTER,
            page=Access.Page.BESIDE,
            wanted=[Scope.CHECKED_IN, Scope.HELPS, Scope.HELP_CARD, Scope.STAGE],
            now=now,
        )
    except NotLetIn as refusal:
        raise Http404 from refusal
    person = opened.person
    today = local_day(person, now)
    context = {
        "name": str(person.called),
        # “Not shared” and “not yet today” read the same, so that silence under pressure tells nothing.
        "checked_in": opened.may(Scope.CHECKED_IN) and insights.checked_in_on(person, today),
        "helps": readers.strategies(person) if opened.may(Scope.HELPS) else [],
        "help_card": readers.items(person)["help_me"] if opened.may(Scope.HELP_CARD) else [],
        "stage": insights.stage_of(person) if opened.may(Scope.STAGE) else None,
        # The reader's own country: where they are is where help has to come from.
        "numbers": numbers_for(request.user.country),
    }
    return render(request, "support/beside.html", context)
