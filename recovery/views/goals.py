"""Goals: set, changed, ticked step by step, reached or put away."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.starters import numbered, picked
from recovery.forms_goals import GoalForm, NewGoalForm, first_goal
from recovery.models import Goal, GoalStep, StageComponent, StageMove, StageSign, StageTask
from recovery.services import (
    change_goal,
    finish_goal,
    finish_step,
    put_away_goal,
    remove_goal,
    reopen_goal,
    reopen_step,
    set_goal,
)
from recovery.starters import VALUES
from recovery.views.asking import ask, sent

# How many goals that are done or put away the page looks back on.
LOOK_BACK = 60


@require_safe
def goal_list(request: PersonRequest) -> HttpResponse:
    goals = Goal.objects.of(request.user)
    context = {
        "goals": goals.open().nearest_first().prefetch_related("steps"),
        "closed": goals.closed().order_by("-done_on", "-put_away_at")[:LOOK_BACK],
        "today": local_day(request.user, timezone.now()),
    }
    return render(request, "recovery/goal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: PersonRequest) -> HttpResponse:
    move = StageMove.objects.of(request.user).select_related("stage").newest_first().first()
    return ask(
        request,
        NewGoalForm(sent(request), initial={"text": _suggested(request), "submission": uuid4()}),
        lambda said: set_goal(person=request.user, now=timezone.now(), **said),
        then="recovery:goal-list",
        template="recovery/goal_form.html",
        stage=move.stage if move else None,
        starters=numbered(VALUES),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    goal = _own(request, pk)
    return ask(
        request,
        GoalForm(sent(request), initial=first_goal(goal)),
        lambda said: change_goal(goal=goal, now=timezone.now(), **said),
        then="recovery:goal-list",
        template="recovery/goal_form.html",
        goal=goal,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask once, and then delete for good; putting away is offered beside it."""
    goal = _own(request, pk)
    if request.method == "POST":
        remove_goal(goal=goal)
        return redirect("recovery:goal-list")
    return render(request, "recovery/goal_remove.html", {"goal": goal})


@require_POST
def goal_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    finish_goal(goal=_own(request, pk), now=timezone.now())
    return _back(request)


@require_POST
def goal_put_away(request: PersonRequest, pk: UUID) -> HttpResponse:
    put_away_goal(goal=_own(request, pk), now=timezone.now())
    return _back(request)


@require_POST
def goal_reopen(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        reopen_goal(goal=_own(request, pk))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
def step_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    finish_step(step=get_object_or_404(GoalStep.objects.of(request.user), pk=pk), now=timezone.now())
    return _back(request)


@require_POST
def step_undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    reopen_step(step=get_object_or_404(GoalStep.objects.of(request.user), pk=pk))
    return _back(request)


def _own(request: PersonRequest, pk: UUID) -> Goal:
    return get_object_or_404(Goal.objects.of(request.user), pk=pk)


def _back(request: PersonRequest) -> HttpResponse:
    return redirect("today" if request.POST.get("from") == "today" else "recovery:goal-list")


def _suggested(request: PersonRequest) -> str:
    """Return the words a goal may start from: a line of a stage, by its slug, or a starter, by its number.

    The address names the line and not the words, so that nothing private stands in it.
    """
    for name, model, field in (
        ("task", StageTask, "text"),
        ("part", StageComponent, "goal"),
        ("sign", StageSign, "goal"),
    ):
        slug = request.GET.get(name)
        if slug:
            found = model.objects.filter(slug=slug).values_list(field, flat=True).first()
            return found or ""
    return picked(VALUES, request.GET.get("pick"))
