"""Looking for oneself: the signs of a stage, the kind of help to look for, and calls to make by a day."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from recovery.forms_looking import CallForm, HelpKindForm, NewCallForm, SignsForm, first_call
from recovery.models import CallTask, SelfCheck, Stage
from recovery.services import (
    change_call,
    finish_call,
    forget_signs,
    look_at_signs,
    plan_call,
    remove_call,
    reopen_call,
)
from recovery.views.asking import ask, sent

# How many calls that were made the page looks back on.
LOOK_BACK = 60
# What somebody may want → what to know about it, and how Find support is asked for it.
WAYS: dict[str, tuple[Promise, dict[str, str]]] = {
    "listen": (_("Lines are free to try. You can hang up, and you need not say your name."), {"kind": "hotline"}),
    "peers": (
        _("12-step groups and others, in rooms and online. Try two before you decide that it is not for you."),
        {"kind": "meeting community"},
    ),
    "professional": (
        _("An hour a week, by day, or staying there. Ask what it costs, how long you wait, and what comes after."),
        {"kind": "treatment"},
    ),
    "medication": (
        _("For opioids and alcohol, medication is treatment. A prescriber can tell you what could fit you."),
        {"kind": "treatment", "medication": "1"},
    ),
    "safer": (
        _("Naloxone, test strips, and someone on the line while you use: all of it without having to stop first."),
        {"q": "safer"},
    ),
    "family": (_("Groups and lines for the people around you, whether you go or not."), {"q": "family"}),
}


@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask which signs somebody knows from themselves; what comes back are ideas, not a result."""
    stage = get_object_or_404(Stage.objects.prefetch_related("signs"), slug=slug)
    last = SelfCheck.objects.of(request.user).filter(stage=stage).newest_first().first()
    seen = set(last.slugs) if last else set()
    return ask(
        request,
        SignsForm(sent(request), stage=stage),
        lambda said: look_at_signs(person=request.user, stage=stage, now=timezone.now(), **said),
        then=reverse("recovery:self-check", args=[slug]),
        template="recovery/self_check.html",
        stage=stage,
        last=last,
        seen=[sign for sign in stage.signs.all() if sign.slug in seen],
    )


@require_POST
def self_check_forget(request: PersonRequest, slug: str) -> HttpResponse:
    forget_signs(person=request.user, stage=get_object_or_404(Stage, slug=slug))
    return redirect("recovery:self-check", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def help_kind(request: PersonRequest) -> HttpResponse:
    """Ask what would help, keep nothing of the answer, and lead to the part of the directory that has it."""
    form = HelpKindForm(sent(request))
    found = _way(form.cleaned_data) if form.is_bound and form.is_valid() else None
    calls = CallTask.objects.of(request.user)
    context = {
        "form": form,
        "found": found,
        "calls": calls.open().nearest_first(),
        "done": calls.done()[:LOOK_BACK],
        "today": local_day(request.user, timezone.now()),
    }
    return render(request, "recovery/help_kind.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def call_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        NewCallForm(sent(request), initial={"submission": uuid4()}),
        lambda said: plan_call(person=request.user, now=timezone.now(), **said),
        then="recovery:help-kind",
        template="recovery/call_form.html",
        refusal_on="by_on",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    call = _own(request, pk)
    return ask(
        request,
        CallForm(sent(request), initial=first_call(call)),
        lambda said: change_call(call=call, now=timezone.now(), **said),
        then="recovery:help-kind",
        template="recovery/call_form.html",
        refusal_on="by_on",
        call=call,
    )


@require_POST
def call_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    finish_call(call=_own(request, pk), now=timezone.now())
    return redirect("today" if request.POST.get("from") == "today" else "recovery:help-kind")


@require_POST
def call_undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        reopen_call(call=_own(request, pk), now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("recovery:help-kind")


@require_http_methods(["GET", "HEAD", "POST"])
def call_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask once, and then delete for good."""
    call = _own(request, pk)
    if request.method == "POST":
        remove_call(call=call, now=timezone.now())
        return redirect("recovery:help-kind")
    return render(request, "recovery/call_remove.html", {"call": call})


def _own(request: PersonRequest, pk: UUID) -> CallTask:
    return get_object_or_404(CallTask.objects.of(request.user), pk=pk)


def _way(said: dict[str, Any]) -> dict[str, object]:
    words, wish = WAYS[said["want"]]
    query = [(name, value) for name, values in wish.items() for value in values.split()]
    query += [(name, "1") for name in ("medication", "spanish") if said[name] and name not in wish]
    return {"words": words, "href": f"{reverse('resources:listing-list')}?{urlencode(query)}"}
