"""The pages for what sets it off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from charts import spark
from plans import services
from plans.forms import TriggerForm
from plans.models import Trigger, TriggerRating
from plans.models.day import PartOfDay
from plans.services.cards import MOST_SHOWN
from plans.starters import TRIGGERS, numbered, picked, picked_category
from plans.views.asking import ask, confirm_removal, own, sent


@require_safe
def trigger_list(request: PersonRequest) -> HttpResponse:
    """The triggers in use, strongest first or by kind; `?away=1` shows those put away."""
    mine = Trigger.objects.of(request.user)
    away = bool(request.GET.get("away"))
    by_kind = request.GET.get("by") == "kind"
    chosen = (mine.put_away() if away else mine.in_use()).with_first_rating()
    page = Paginator(chosen.by_kind() if by_kind else chosen.strongest_first(), MOST_SHOWN).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "cards": services.trigger_cards(request.user, list(page), local_day(request.user, timezone.now())),
        "away": away,
        "by_kind": by_kind,
        "away_count": mine.put_away().count(),
    }
    template = "_trigger_list.html" if request.htmx else "trigger_list.html"
    return render(request, f"plans/{template}", context)


@require_safe
def trigger_map(request: PersonRequest) -> HttpResponse:
    """How strong × how often, and at what time of day: what to be ready for."""
    today = local_day(request.user, timezone.now())
    hours = services.times_of_day(request.user, today)
    context = {
        "cards": services.heat_list(request.user, today)[:MOST_SHOWN],
        "hours": hours,
        "most": max((days for _trigger, parts in hours for days in parts), default=0),
        "parts": PartOfDay.labels,
    }
    return render(request, "plans/trigger_map.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trigger_add(request: PersonRequest) -> HttpResponse:
    number = request.GET.get("pick")
    initial = {"name": picked(TRIGGERS, number), "category": picked_category(number)}
    form = TriggerForm(sent(request), person=request.user, initial=initial)
    return ask(
        request,
        form,
        lambda said: services.add_trigger(person=request.user, now=timezone.now(), **said),
        then="plans:trigger-list",
        page="trigger_form.html",
        starters=numbered(TRIGGERS),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def trigger_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    trigger = own(request, Trigger, pk)
    initial = _initial(trigger)
    return ask(
        request,
        TriggerForm(sent(request), person=request.user, initial=initial, auto_id=f"id_{trigger.pk}_%s"),
        lambda said: services.change_trigger(trigger=trigger, now=timezone.now(), **said),
        then="plans:trigger-list",
        page="trigger_form.html",
        initial_of=_initial,
        trigger=trigger,
        here=f"trigger-{trigger.pk}",
        **_history(trigger),
    )


def _initial(trigger: Trigger) -> dict[str, Any]:
    answers = list(trigger.answers.select_related("strategy").in_order())
    return {
        **{name: getattr(trigger, name) for name in ("name", "category", "impact", "note", "avoidable", "version")},
        "strategies": [str(answer.strategy_id) for answer in answers if answer.strategy_id],
        "words": "\n".join(answer.words for answer in answers if not answer.strategy_id),
    }


def _history(trigger: Trigger) -> dict[str, Any]:
    ratings = list(TriggerRating.objects.of(trigger.person).filter(trigger=trigger).order_by("-rated_at", "-pk")[:30])
    return {"ratings": ratings, "line": spark([rating.impact for rating in reversed(ratings)], low=1, high=10)}


@require_POST
def trigger_archive(request: PersonRequest, pk: Any) -> HttpResponse:
    services.archive_trigger(trigger=own(request, Trigger, pk), now=timezone.now())
    messages.success(request, gettext("Put away. Its history is kept, and you can bring it back."))
    return redirect("plans:trigger-list")


@require_POST
def trigger_restore(request: PersonRequest, pk: Any) -> HttpResponse:
    services.restore_trigger(trigger=own(request, Trigger, pk), now=timezone.now())
    messages.success(request, gettext("Back in your plan."))
    return redirect("plans:trigger-list")


@require_http_methods(["GET", "HEAD", "POST"])
def trigger_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    trigger = own(request, Trigger, pk)
    return confirm_removal(
        request,
        trigger,
        lambda: services.remove_trigger(trigger=trigger, now=timezone.now()),
        name=trigger.name,
        then="plans:trigger-list",
        edit="plans:trigger-edit",
        also=gettext("Its ratings, its answers and the days it was met go with it."),
        put_away="plans:trigger-archive",
    )
