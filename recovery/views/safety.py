"""The safety screen: who to call, before anything is asked; then one question of our own, and a way on."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.emergency import numbers_for
from plans.services.readers import contacts
from recovery import services
from recovery.forms_measures import SafetyAnswerForm, SafetyTapForm
from recovery.models import Measure, MeasureDraft, SafetyEvent
from recovery.safety_texts import SUICIDE, suicide_screen
from recovery.views.filling_in import go_on


@require_safe
def safety(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show the screen as it stands: before its question was answered, or after."""
    events = list(SafetyEvent.objects.of(request.user).filter(screen=pk).in_order())
    if not events:
        raise Http404
    answers = [event.answer for event in events if event.kind == SafetyEvent.Kind.ANSWERED]
    answer = answers[-1] if answers else ""
    context = {
        "screen": pk,
        "answer": answer,
        "words": suicide_screen(answer),
        "unsigned": services.awaiting_review([SUICIDE]),
        "numbers": numbers_for(request.user.country),
        "contacts": contacts(request.user, 2),
    }
    return render(request, "recovery/safety.html", context)


@require_POST
def safety_open(request: PersonRequest) -> HttpResponse:
    """Open it by the person's own tap."""
    screen = uuid.uuid4()
    source = SafetyEvent.Source.BUTTON
    services.open_safety(person=request.user, screen=screen, source=source, now=timezone.now())
    return redirect("recovery:safety", screen)


@require_POST
def safety_shown(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Note that it opened over a question, the moment the answer was chosen and whether or not it is ever sent."""
    _shown(request, pk)
    return HttpResponse(status=204)


@require_POST
def safety_tap(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Note which way out was taken; the way itself never waits for this."""
    form = SafetyTapForm(request.POST)
    if not form.is_valid():
        raise BadRequest("no way out has such a name")
    tapped = form.cleaned_data["tapped"]
    services.note_safety_tap(shown=_shown(request, pk), tapped=tapped, now=timezone.now())
    return HttpResponse(status=204)


@require_POST
def safety_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep the answer and show what it calls for."""
    form, shown = SafetyAnswerForm(request.POST), _shown(request, pk)
    if form.is_valid():
        services.answer_safety(shown=shown, answer=form.cleaned_data["answer"], now=timezone.now())
    return redirect("recovery:safety", pk)


@require_POST
def safety_leave(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Go on: back into the questionnaire, to what came of it, or to Today."""
    services.acknowledge_safety(shown=_shown(request, pk), by=request.user, now=timezone.now())
    draft = MeasureDraft.objects.of(request.user).select_related("instrument").filter(pk=pk).first()
    if draft:
        try:
            return go_on(request, draft)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect(draft.instrument)
    kept = Measure.objects.of(request.user).filter(submission=pk).first()
    return redirect(kept or "today")


def _shown(request: PersonRequest, pk: UUID) -> SafetyEvent:
    """Return what says that this screen was shown; one over a question may not have been written down yet."""
    shown = SafetyEvent.objects.of(request.user).filter(screen=pk, kind=SafetyEvent.Kind.SHOWN).first()
    if shown:
        return shown
    draft = get_object_or_404(MeasureDraft.objects.of(request.user), pk=pk)
    source = SafetyEvent.Source.MEASURE
    return services.open_safety(person=request.user, screen=draft.pk, source=source, now=timezone.now())
