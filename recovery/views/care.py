"""Times in care: what was, what is, and the way home."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans.emergency import numbers_for
from plans.services.readers import contacts
from recovery.forms_care import CareForm, HandoverForm, NewCareForm, first_care, first_handover
from recovery.handover import in_risky_days
from recovery.models import CareEpisode
from recovery.safety_texts import LEAVING
from recovery.services import awaiting_review, begin_care, change_care, plan_handover, remove_care
from recovery.views.asking import ask, sent
from recovery.views.right_now import ON_THE_LINE


@require_safe
def care_list(request: PersonRequest) -> HttpResponse:
    episodes = CareEpisode.objects.of(request.user).newest_first()
    today = local_day(request.user, timezone.now())
    return render(request, "recovery/care_list.html", {"episodes": episodes, "today": today})


@require_safe
def care_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one whole: its days, what is ready for the way home, and how much less the body handles afterwards."""
    return render(request, "recovery/care_detail.html", _shown(request, _own(request, pk)))


@require_safe
def care_print(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The way home as one sheet of paper, without a name."""
    return render(request, "recovery/care_print.html", _shown(request, _own(request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def care_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        NewCareForm(sent(request), initial={"submission": uuid4()}),
        lambda said: begin_care(person=request.user, now=timezone.now(), **said),
        then="recovery:care-list",
        template="recovery/care_form.html",
        refusal_on="ended_on",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def care_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    care = _own(request, pk)
    return ask(
        request,
        CareForm(sent(request), initial=first_care(care)),
        lambda said: change_care(care=care, now=timezone.now(), **said),
        then=care.get_absolute_url(),
        template="recovery/care_form.html",
        refusal_on="ended_on",
        care=care,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def care_handover(request: PersonRequest, pk: UUID) -> HttpResponse:
    care = _own(request, pk)
    return ask(
        request,
        HandoverForm(sent(request), initial=first_handover(care)),
        lambda said: plan_handover(care=care, now=timezone.now(), **said),
        then=care.get_absolute_url(),
        template="recovery/care_handover.html",
        refusal_on="first_visit_on",
        care=care,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def care_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask once, and then delete for good."""
    care = _own(request, pk)
    if request.method == "POST":
        remove_care(care=care)
        return redirect("recovery:care-list")
    return render(request, "recovery/care_remove.html", {"care": care})


def _own(request: PersonRequest, pk: UUID) -> CareEpisode:
    return get_object_or_404(CareEpisode.objects.of(request.user), pk=pk)


def _shown(request: PersonRequest, care: CareEpisode) -> dict[str, object]:
    person, today = request.user, local_day(request.user, timezone.now())
    return {
        "care": care,
        "today": today,
        "is_over": care.ended_on is not None and care.ended_on < today,
        "is_risky": care.lowers_tolerance and in_risky_days(care.ended_on, today),
        "text": LEAVING,
        "awaiting": awaiting_review([LEAVING]),
        "numbers": numbers_for(person.country),
        "alone": ON_THE_LINE.get(person.country),
        "contacts": contacts(person, 3),
        "back": reverse("recovery:care-list"),
    }
