"""How ready do I feel? Two numbers, one question, and what can be made ready."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from plans.forms import WordsField, text_area
from recovery.forms import choice
from recovery.models import PreparedThing, Readiness
from recovery.preparation import ITEMS
from recovery.services import NoSuchItem, remove_readiness, say_readiness, set_prepared
from recovery.views.asking import ask, sent

LOOK_BACK = 12
RULER = [(number, number) for number in range(11)]
NEEDED = {"required": _("Pick a number from 0 to 10."), "invalid_choice": _("Pick a number from 0 to 10.")}


class ReadinessForm(forms.Form):
    importance = choice(RULER, label=_("How much does a change matter to you?"), required=True, error_messages=NEEDED)
    confidence = choice(RULER, label=_("How sure are you that you could?"), required=True, error_messages=NEEDED)
    why_not_lower = WordsField(
        label=_("Why is it not lower?"),
        longest=2000,
        required=False,
        widget=text_area(3),
        help_text=_("Whatever keeps the numbers from being 0. Only you can read it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def readiness(request: PersonRequest) -> HttpResponse:
    done = set(PreparedThing.objects.of(request.user).values_list("item", flat=True))
    return ask(
        request,
        ReadinessForm(sent(request)),
        lambda said: say_readiness(
            person=request.user,
            importance=int(said["importance"]),
            confidence=int(said["confidence"]),
            why_not_lower=said["why_not_lower"],
            now=timezone.now(),
        ),
        then="recovery:readiness",
        template="recovery/readiness.html",
        earlier=Readiness.objects.of(request.user).newest_first()[:LOOK_BACK],
        items=[(slug, words, slug in done) for slug, words in ITEMS.items()],
    )


@require_POST
def readiness_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    remove_readiness(readiness=get_object_or_404(Readiness.objects.of(request.user), pk=pk))
    return redirect("recovery:readiness")


@require_POST
def prepared(request: PersonRequest, slug: str) -> HttpResponse:
    try:
        set_prepared(person=request.user, item=slug, done=request.POST.get("done") == "1", now=timezone.now())
    except NoSuchItem as unknown:
        raise Http404 from unknown
    return redirect("recovery:readiness")
