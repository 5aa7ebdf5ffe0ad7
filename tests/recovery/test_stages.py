"""The four stages: there from the start, chosen by the person, both ways, with the way kept."""

import datetime as dt

import pytest

from recovery.models import Stage, StageMove, TaskDone
from recovery.services import finish_task, move_stage, reopen_task

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 12, 20, 0, tzinfo=dt.UTC)


def test_the_four_stages_are_there_with_tasks():
    stages = list(Stage.objects.prefetch_related("tasks"))

    assert [stage.slug for stage in stages] == [
        "initial-recognition",
        "seeking-help",
        "early-sobriety",
        "long-term-recovery",
    ]
    assert all(stage.tasks.count() >= 6 for stage in stages)


def test_people_move_both_ways_and_the_way_is_kept(alice):
    first, *_, last = Stage.objects.all()

    for hour, stage in enumerate([first, last, first]):
        move_stage(person=alice, stage=stage, now=NOW + dt.timedelta(hours=hour))

    moves = StageMove.objects.of(alice).newest_first()
    assert [move.stage for move in moves] == [first, last, first]


def test_choosing_where_i_am_changes_nothing(alice):
    stage = Stage.objects.get(slug="seeking-help")

    move_stage(person=alice, stage=stage, now=NOW)
    move_stage(person=alice, stage=stage, now=NOW + dt.timedelta(days=1))

    assert StageMove.objects.of(alice).count() == 1


def test_a_task_is_ticked_once_and_can_be_taken_back(alice):
    task = Stage.objects.get(slug="early-sobriety").tasks.first()

    finish_task(person=alice, task=task, now=NOW)
    finish_task(person=alice, task=task, now=NOW + dt.timedelta(days=3))

    assert TaskDone.objects.of(alice).get().done_on == dt.date(2025, 6, 12)

    reopen_task(person=alice, task=task)

    assert not TaskDone.objects.of(alice).exists()
