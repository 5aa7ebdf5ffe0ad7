"""My path: the stages, where I am, and the small things along the way."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans.services.readers import days_lit
from recovery.models import Stage, StageMove, StageProposal, StageTask, TaskDone
from recovery.services import finish_task, move_stage, reopen_task, set_of

# Which small thing was put off, and on which day: a choice of this browser, not a record.
NOT_TODAY = "not_today"


@require_safe
def path(request: PersonRequest) -> HttpResponse:
    moves = list(StageMove.objects.of(request.user).select_related("stage").newest_first()[:20])
    done = set(TaskDone.objects.of(request.user).values_list("task_id", flat=True))
    here = moves[0].stage if moves else None
    shown, sets = set_of(request.user, here, request.GET.get("set", ""))
    tasks = Stage.objects.filter(stage_set=shown).prefetch_related("tasks")
    stages = [_stretch(stage, here, done) for stage in tasks]
    proposal = StageProposal.objects.of(request.user).open().select_related("stage").first()
    context: dict[str, object] = {
        "stages": stages,
        "here": here,
        "moves": moves,
        "lit": days_lit(request.user),
        "proposal": proposal,
    }
    context |= {"shown": shown, "others": [each for each in sets if each != shown]}
    return render(request, "recovery/path.html", context)


@require_safe
def stage_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """Show one stage whole: its signs, what helps, what it is made of, and its small things."""
    stages = Stage.objects.open_to(request.user).prefetch_related("signs", "strategies", "components", "tasks")
    stage = get_object_or_404(stages, slug=slug)
    move = StageMove.objects.of(request.user).select_related("stage").newest_first().first()
    done = set(TaskDone.objects.of(request.user).filter(task__stage=stage).values_list("task_id", flat=True))
    return render(request, "recovery/stage_detail.html", _stretch(stage, move.stage if move else None, done))


@require_POST
def stage_move(request: PersonRequest, slug: str) -> HttpResponse:
    stage = get_object_or_404(Stage.objects.open_to(request.user), slug=slug)
    move_stage(person=request.user, stage=stage, now=timezone.now())
    return redirect("recovery:path")


@require_POST
def task_done(request: PersonRequest, slug: str) -> HttpResponse:
    task = get_object_or_404(StageTask.objects.select_related("stage"), slug=slug)
    finish_task(person=request.user, task=task, now=timezone.now())
    return _back(request, task)


@require_POST
def task_undo(request: PersonRequest, slug: str) -> HttpResponse:
    task = get_object_or_404(StageTask.objects.select_related("stage"), slug=slug)
    reopen_task(person=request.user, task=task)
    return _back(request, task)


@require_POST
def task_not_today(request: PersonRequest, slug: str) -> HttpResponse:
    """Put a small thing off until tomorrow; nothing is written about the person."""
    task = get_object_or_404(StageTask, slug=slug)
    request.session[NOT_TODAY] = [local_day(request.user, timezone.now()).isoformat(), task.slug]
    return redirect("today")


def _back(request: PersonRequest, task: StageTask) -> HttpResponse:
    """Go back to the page that the tick stood on."""
    match request.POST.get("from"):
        case "today":
            return redirect("today")
        case "journeys":
            return redirect("recovery:journey-list")
        case "stage":
            return redirect("recovery:stage-detail", task.stage.slug)
    return redirect("recovery:path")


def _stretch(stage: Stage, here: Stage | None, done: set[int]) -> dict[str, object]:
    tasks = [(task, task.pk in done) for task in stage.tasks.all()]
    finished = sum(1 for _task, is_done in tasks if is_done)
    return {
        "stage": stage,
        "tasks": tasks,
        "finished": finished,
        "share": round(100 * finished / len(tasks)) if tasks else 0,
        "is_here": here is not None and stage.pk == here.pk,
        "is_behind": here is not None and here.stage_set_id == stage.stage_set_id and stage.position < here.position,
    }
