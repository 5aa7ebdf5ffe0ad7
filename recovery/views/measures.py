"""Measures: the list, one questionnaire with its own past, and what came of filling it in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.emergency import numbers_for
from plans.services.readers import contacts
from recovery import measured
from recovery.forms_measures import CadenceForm
from recovery.instruments import scoring, words
from recovery.instruments.recipes import RECIPES
from recovery.models import Cadence, CadenceProposal, Instrument, Measure, MeasureDraft
from recovery.reviewing import someone_reviews
from recovery.services import accept_cadence, decline_cadence, set_cadence
from recovery.services.measures import answers_of, check_open
from recovery.sheets import Sheet


@require_safe
def measure_list(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    today, reviewed = local_day(request.user, now), someone_reviews(request.user, now)
    context = {
        "offers": measured.offers(request.user, today, reviewed=reviewed),
        "proposals": measured.proposals(request.user),
        "today": today,
    }
    return render(request, "recovery/measure_list.html", context)


@require_safe
def measure_about(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say what one is before it is opened, and show the person's own past ones."""
    instrument = get_object_or_404(Instrument, pk=pk)
    newest = measured.newest_of(instrument.slug)
    return _about(request, instrument) if newest == instrument else redirect(newest)


@require_POST
def cadence_set(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep how often the person wants it."""
    instrument = get_object_or_404(Instrument, pk=pk)
    form = CadenceForm(request.POST, least=RECIPES[instrument.slug].least_days)
    if not form.is_valid():
        return _about(request, instrument, form, status=422)
    every_days = form.cleaned_data["every_days"]
    set_cadence(person=request.user, slug=instrument.slug, every_days=every_days, now=timezone.now())
    messages.success(request, _("Kept."))
    return redirect(instrument)


@require_POST
def cadence_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a proposed rhythm, or leave things as they are."""
    proposal = get_object_or_404(CadenceProposal.objects.of(request.user), pk=pk)
    deed = accept_cadence if request.POST.get("answer") == "yes" else decline_cadence
    try:
        deed(proposal=proposal, now=timezone.now())
        messages.success(request, _("Kept."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("recovery:measure-list")


@require_safe
def measure_result(request: PersonRequest, pk: UUID) -> HttpResponse:
    return render(request, "recovery/measure_result.html", _result(request, pk))


@require_safe
def measure_print(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One sheet to take to a doctor: every question with its answer, and what they add up to."""
    return render(request, "recovery/measure_print.html", _result(request, pk))


def _about(
    request: PersonRequest, instrument: Instrument, form: CadenceForm | None = None, status: int = 200
) -> HttpResponse:
    person, now = request.user, timezone.now()
    recipe, kept = RECIPES[instrument.slug], measured.history(person, instrument.slug)
    cadence = Cadence.objects.of(person).filter(slug=instrument.slug).first()
    usual = cadence.every_days if cadence else recipe.every_days
    try:
        check_open(person=person, instrument=instrument, reviewed=someone_reviews(person, now), now=now)
        refusal = ""
    except Refusal as refused:
        refusal = str(refused)
    context = {
        "instrument": instrument,
        "sheet": Sheet(instrument),
        "about": words.about(instrument.slug),
        "is_ours": instrument.slug == "own-review",
        "refusal": refusal,
        "draft": MeasureDraft.objects.of(person).by(instrument.slug).first(),
        "figures": measured.figures(recipe, kept),
        "scales": [words.scale_name(scale) for scale in recipe.scales],
        "rows": measured.table(recipe, kept),
        "form": form or CadenceForm(least=recipe.least_days, initial={"every_days": usual or ""}),
        "numbers": numbers_for(person.country),
    }
    return render(request, "recovery/measure_about.html", context, status=status)


def _result(request: PersonRequest, pk: UUID) -> dict[str, Any]:
    person = request.user
    kept = get_object_or_404(Measure.objects.of(person).select_related("instrument"), pk=pk)
    sheet = Sheet(kept.instrument, answers_of(kept))
    result = scoring.score(sheet.recipe, sheet.answers)
    past = [each for each in measured.history(person, kept.instrument.slug) if each.taken_at <= kept.taken_at]
    heavy = any(scoring.opens_safety(sheet.recipe, key, answer) for key, answer in sheet.answers.items())
    return {
        "measure": kept,
        "sheet": sheet,
        "is_ours": kept.instrument.slug == "own-review",
        "scores": measured.scores(sheet.recipe, kept),
        "meaning": words.meaning(sheet.recipe, result),
        "missing": sheet.numbers_of(scoring.missing(sheet.recipe, sheet.answers)),
        "figures": measured.figures(sheet.recipe, past),
        "scales": [words.scale_name(scale) for scale in sheet.recipe.scales],
        "rows": measured.table(sheet.recipe, past),
        "heavy": heavy,
        "calls": heavy or sheet.recipe.opens_at in result.marks,
        "numbers": numbers_for(person.country),
        "contacts": contacts(person, 1),
    }
