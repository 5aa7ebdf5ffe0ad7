"""The four stages: there from the start, chosen by the person, both ways, with the way kept."""

import datetime as dt

import pytest
from django.urls import reverse

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


def test_each_stage_has_signs_ways_and_parts_and_a_page_that_leads_on(as_alice):
    for stage in Stage.objects.all():
        page = as_alice.get(f"/path/{stage.slug}/").content.decode()

        for line in [*stage.signs.all(), *stage.strategies.all(), *stage.components.all(), *stage.tasks.all()]:
            assert line.text.replace("'", "&#x27;") in page
        assert stage.signs.count() >= 4
        assert stage.components.count() == 4
        for way in stage.strategies.all():
            assert f'href="{reverse(way.leads_to)}"' in page


def test_what_an_administrator_changes_is_what_people_read(as_alice):
    sign = Stage.objects.get(slug="early-sobriety").signs.first()
    sign.text = "The evenings are longer than they used to be."
    sign.save()

    assert "The evenings are longer" in as_alice.get("/path/early-sobriety/").content.decode()
    assert as_alice.get("/api/v1/stages/early-sobriety/").json()["signs"][0]["text"] == sign.text


def test_a_tick_on_the_stages_page_comes_back_to_it(as_alice, alice):
    task = Stage.objects.get(slug="early-sobriety").tasks.first()

    response = as_alice.post(f"/path/tasks/{task.slug}/done/", {"from": "stage"})

    assert response.url == "/path/early-sobriety/"
    assert TaskDone.objects.of(alice).count() == 1
