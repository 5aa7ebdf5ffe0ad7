"""Who sees what: the consents a person has given, and how they stop."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PersonRequest
from support import services
from support.forms import ScopeForm
from support.insights import looks_at
from support.models import Consent, Scope
from support.wording import OFFERED

LATEST = 6


@require_safe
def sharing(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    consents = Consent.objects.of(request.user).newest_first().prefetch_related("scope_rows")
    in_force = set(consents.in_force(now).values_list("pk", flat=True))
    open_ones = [consent for consent in consents if consent.revoked_at is None and consent.expires_at > now]
    context = {
        "cards": [
            {
                "consent": consent,
                "sees": consent.pk in in_force,
                "scopes": [scope for scope in OFFERED[consent.role] if scope in consent.scopes],
            }
            for consent in open_ones
        ],
        "past": [consent for consent in consents if consent not in open_ones][:20],
        "seeing": len(in_force),
        "looks": list(looks_at(request.user)[:LATEST]),
    }
    return render(request, "support/sharing.html", context)


@require_safe
def consent_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show the exact words that were signed."""
    consent = get_object_or_404(Consent.objects.of(request.user), pk=pk)
    has_run_out = consent.expires_at <= timezone.now()
    return render(request, "support/consent_detail.html", {"consent": consent, "has_run_out": has_run_out})


@require_POST
def consent_stop(request: PersonRequest, pk: UUID) -> HttpResponse:
    consent = get_object_or_404(Consent.objects.of(request.user), pk=pk)
    services.revoke_consent(consent=consent, now=timezone.now())
    messages.success(request, _("Stopped. %(name)s sees nothing from now on.") % {"name": consent.recipient_name})
    return redirect("support:sharing")


@require_POST
def consent_narrow(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Switch one kind of data off."""
    consent = get_object_or_404(Consent.objects.of(request.user), pk=pk)
    form = ScopeForm(request.POST)
    if not form.is_valid():
        raise Http404
    scope = Scope(form.cleaned_data["scope"])
    services.narrow_consent(consent=consent, scope=scope, now=timezone.now())
    messages.success(
        request,
        _("Switched off: %(what)s. %(name)s doesn't see it from now on.")
        % {"what": scope.label, "name": consent.recipient_name},
    )
    return redirect("support:sharing")
