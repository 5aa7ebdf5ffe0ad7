"""Letting somebody in: their code, what they may see, and the signature."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.stepup import confirm_password
from support import services
from support.forms import ChoicesForm, CodeForm, SignForm
from support.models import Invitation, Role, Scope
from support.models.consent import DEFAULT_LENGTH, LONGEST
from support.policies import name_on
from support.wording import consent_text, text_hash

# What the session remembers between the three pages: which code, and what was ticked. No names.
REMEMBERED = "letting-in"


@require_http_methods(["GET", "HEAD", "POST"])
def code_enter(request: PersonRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = services.answer_code(person=request.user, code=form.cleaned_data["code"], now=timezone.now())
        except Refusal as refusal:
            found = None
            form.add_error("code", str(refusal))
        if found:
            request.session[REMEMBERED] = {"invitation": str(found[0].pk)}
            return redirect("support:scopes-choose")
        if not form.errors:
            form.add_error("code", _("This code doesn't work. Check the letters, or ask for a new one."))
    return render(request, "support/code_enter.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def scopes_choose(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    invitation = _remembered(request, now)
    if invitation is None:
        return redirect("support:code-enter")
    first, last = local_day(request.user, now), local_day(request.user, now + LONGEST)
    purpose = "care" if invitation.role == Role.COUNSELOR else "support"
    initial = {"until": local_day(request.user, now + DEFAULT_LENGTH), "purpose": purpose}
    form = ChoicesForm(request.POST or None, initial=initial, role=invitation.role, first=first, last=last)
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "until": form.cleaned_data["until"].isoformat()}
        request.session[REMEMBERED] = {"invitation": str(invitation.pk), **chosen}
        return redirect("support:consent-sign")
    context = {"form": form, "name": name_on(invitation), "role": Role(invitation.role).label}
    return render(request, "support/scopes_choose.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def consent_sign(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    invitation = _remembered(request, now)
    chosen = _chosen(request)
    if invitation is None or chosen is None:
        return redirect("support:code-enter")
    name = name_on(invitation)
    text = consent_text(name=name, role=invitation.role, signed_on=local_day(request.user, now), **chosen)
    form = SignForm(request.POST or None, initial={"shown": text_hash(text)})
    if request.method == "POST" and form.is_valid():
        try:
            confirm_password(person=request.user, password=form.cleaned_data["password"])
            services.give_consent(
                person=request.user,
                invitation_id=invitation.pk,
                shown_hash=form.cleaned_data["shown"],
                now=now,
                **chosen,
            )
        except services.ConsentChanged as changed:
            messages.warning(request, str(changed))
            return redirect("support:consent-sign")
        except Refusal as refusal:
            form.add_error("password", str(refusal))
        else:
            del request.session[REMEMBERED]
            messages.success(request, _("%(name)s is let in. You can stop at any time.") % {"name": name})
            return redirect("support:sharing")
    context = {"form": form, "text": text, "name": name}
    return render(request, "support/consent_sign.html", context, status=422 if form.errors else 200)


def _remembered(request: PersonRequest, now: datetime) -> Invitation | None:
    kept = request.session.get(REMEMBERED)
    if not kept:
        return None
    return Invitation.objects.usable(now).filter(pk=UUID(kept["invitation"])).exclude(person=request.user).first()


def _chosen(request: PersonRequest) -> dict[str, Any] | None:
    kept = request.session.get(REMEMBERED, {})
    if "until" not in kept:
        return None
    scopes = [Scope(kind) for kind in kept["scopes"]]
    return {"scopes": scopes, "purpose": kept["purpose"], "until": parse_date(kept["until"])}
