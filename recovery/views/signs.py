"""Signs: which rules hold and why, each of them to be switched off or put aside."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans.services.readers import contacts
from recovery import noticed, sign_words
from recovery.services import dismiss_sign, switch_sign
from recovery.signs import SLUGS

# Where a button may lead back to.
BACK = {"today": "today", "insights": "recovery:insights"}


@require_safe
def sign_list(request: PersonRequest) -> HttpResponse:
    level, rules = noticed.every_rule(request.user, local_day(request.user, timezone.now()))
    headline, advice = sign_words.level_words(level)
    context = {
        "level": level,
        "headline": headline,
        "advice": advice,
        "shown": [each for each in rules if each.is_shown],
        "rules": rules,
        "people": contacts(request.user, 1),
    }
    return render(request, "recovery/sign_list.html", context)


@require_POST
def sign_switch(request: PersonRequest, slug: str) -> HttpResponse:
    """Switch a rule off, or on again with `on`."""
    _check(slug)
    switch_sign(person=request.user, rule=slug, is_off="on" not in request.POST)
    return redirect(f"{redirect('recovery:sign-list').url}#rule-{slug}")


@require_POST
def sign_dismiss(request: PersonRequest, slug: str) -> HttpResponse:
    """Put a sign aside until a newer day says the same."""
    _check(slug)
    newest = noticed.newest_day(request.user, slug, local_day(request.user, timezone.now()))
    if newest:  # what does not hold any more needs no putting aside
        dismiss_sign(person=request.user, rule=slug, day=newest)
    return redirect(BACK.get(request.POST.get("from", ""), "recovery:sign-list"))


def _check(slug: str) -> None:
    if slug not in SLUGS:
        raise Http404
