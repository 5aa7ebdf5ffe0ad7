"""Filling in a questionnaire, one question a page; what was answered is kept between the pages."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.emergency import numbers_for
from plans.services.readers import contacts
from recovery import measured, services
from recovery.forms_measures import AnswerForm
from recovery.instruments.scoring import opens_safety
from recovery.models import Instrument, Measure, MeasureDraft, SafetyEvent
from recovery.reviewing import someone_reviews
from recovery.safety_texts import SUICIDE, suicide_screen
from recovery.services.measures import answers_of
from recovery.sheets import Sheet


@require_POST
def measure_start(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Begin one, or go on with what was begun."""
    instrument, now = get_object_or_404(Instrument, pk=pk), timezone.now()
    reviewed = someone_reviews(request.user, now)
    try:
        draft = services.begin_measure(person=request.user, instrument=instrument, reviewed=reviewed, now=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(instrument)
    number = Sheet(draft.instrument, answers_of(draft)).first_open() or 1
    return redirect("recovery:measure-question", draft.pk, number)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_question(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    """Ask one question."""
    draft = MeasureDraft.objects.of(request.user).select_related("instrument").filter(pk=pk).first()
    if draft is None:
        # Sent twice, or come back to: it is kept already.
        return redirect(get_object_or_404(Measure.objects.of(request.user), submission=pk))
    sheet = Sheet(draft.instrument, answers_of(draft))
    asked = sheet.at(number)
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=asked)
    if form.is_valid():
        try:
            return _keep(request, draft, sheet, number, form)
        except services.AlreadyKept:
            return redirect(get_object_or_404(Measure.objects.of(request.user), submission=pk))
        except services.NotOffered:
            return redirect(draft.instrument)  # it says why, and who answers at any hour
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _question_page(request, draft, sheet, number, form)


@require_POST
def measure_drop(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Throw away what was begun."""
    services.drop_draft(draft=get_object_or_404(MeasureDraft.objects.of(request.user), pk=pk))
    messages.success(request, _("Thrown away. Nothing of it is kept."))
    return redirect("recovery:measure-list")


def go_on(request: PersonRequest, draft: MeasureDraft, number: int = 0) -> HttpResponse:
    """Lead on to the next question; after the last, keep the whole and show what came of it.

    :raises Refusal: when it cannot be kept
    """
    sheet = Sheet(draft.instrument, answers_of(draft))
    following = sheet.after(number) if number else sheet.first_open()
    following = following or sheet.first_open()
    if following:
        return redirect("recovery:measure-question", draft.pk, following)
    now = timezone.now()
    reviewed = someone_reviews(request.user, now)
    kept = services.finish_measure(draft=draft, reviewed=reviewed, now=now)
    longer = measured.longer_form(kept, reviewed=reviewed)
    if longer is None:
        return redirect(kept)
    services.begin_measure(person=request.user, instrument=longer, reviewed=reviewed, now=now, already=answers_of(kept))
    messages.info(request, _("Kept. Your answers are worth a closer look: this longer form asks the rest."))
    return redirect(longer)


def _keep(request: PersonRequest, draft: MeasureDraft, sheet: Sheet, number: int, form: AnswerForm) -> HttpResponse:
    """Keep one answer; where it puts help first, that comes before anything is kept, scored or said."""
    item, answer = form.item, form.cleaned_data["answer"]
    heavy = opens_safety(sheet.recipe, item.link_id, answer)
    if heavy:
        source = SafetyEvent.Source.MEASURE
        services.open_safety(person=request.user, screen=draft.pk, source=source, now=timezone.now())
    draft = services.keep_answer(draft=draft, link_id=item.link_id, answer=answer)
    # `seen`: the screen opened over the question when the answer was chosen.
    if heavy and not request.POST.get("seen"):
        return redirect("recovery:safety", draft.pk)
    return go_on(request, draft, number)


def _question_page(
    request: PersonRequest, draft: MeasureDraft, sheet: Sheet, number: int, form: AnswerForm
) -> HttpResponse:
    given = sheet.answers.get(form.item.link_id)
    opening = [least for link_id, least in sheet.recipe.safety if link_id == form.item.link_id]
    context = {
        "draft": draft,
        "sheet": sheet,
        "form": form,
        "number": number,
        "count": len(sheet.questions),
        "before": sheet.before(number),
        "given": form.data.get("answer", "") if form.is_bound else "" if given is None else str(given),
        "opens_from": opening[0] if opening else None,
        "numbers": numbers_for(request.user.country),
        # Only the screen that may open over this question names them.
        "contacts": contacts(request.user, 2) if opening else [],
        "words": suicide_screen(),
        "unsigned": opening and services.awaiting_review([SUICIDE]),
    }
    return render(request, "recovery/measure_question.html", context, status=422 if form.errors else 200)
