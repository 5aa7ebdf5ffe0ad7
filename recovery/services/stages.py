"""Moving along the path, either way, and the small things done on it."""

from datetime import datetime

from django.db import transaction

from accounts.clock import local_day
from accounts.models import User
from recovery.models import Stage, StageMove, StageSet, StageTask, TaskDone


def set_of(person: User, here: Stage | None, wanted: str = "") -> tuple[StageSet | None, list[StageSet]]:
    """Return the set to show and all that the person may choose from.

    :param wanted: the slug of another set that they would like to see; one that is not open to them is passed over
    """
    sets = list(StageSet.objects.open_to(person))
    by_slug = {each.slug: each for each in sets}
    own = next((each for each in sets if here and each.pk == here.stage_set_id), next(iter(sets), None))
    return by_slug.get(wanted, own), sets


@transaction.atomic
def move_stage(*, person: User, stage: Stage, now: datetime) -> StageMove:
    """Move to a stage, forward or back; the way there is kept. Choosing the one they are in changes nothing."""
    here = StageMove.objects.of(person).newest_first().first()
    if here is not None and here.stage_id == stage.pk:
        return here
    return StageMove.objects.create(person=person, stage=stage, moved_at=now)


@transaction.atomic
def finish_task(*, person: User, task: StageTask, now: datetime) -> TaskDone:
    """Tick a small thing; ticking it twice keeps the first day."""
    done, _created = TaskDone.objects.get_or_create(
        person=person, task=task, defaults={"done_on": local_day(person, now)}
    )
    return done


@transaction.atomic
def reopen_task(*, person: User, task: StageTask) -> None:
    """Take a tick back."""
    TaskDone.objects.of(person).filter(task=task).delete()
