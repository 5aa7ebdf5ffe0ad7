"""The four stages: there from the start, chosen by the person, both ways, with the way kept."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from recovery.models import Stage, StageMove, StageSet, StageTask, TaskDone
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


@pytest.fixture
def own_set():
    """A second set, as administrators write one: two places and a small thing."""
    made = StageSet.objects.create(slug="seasons", position=2, title="Seasons", summary="By season.", is_offered=True)
    for position, slug in enumerate(["winter", "spring"], start=1):
        stage = Stage.objects.create(stage_set=made, slug=slug, position=position, title=slug.title(), alias="a")
        StageTask.objects.create(stage=stage, slug=f"{slug}-task", position=1, text=f"In {slug}")
    return made


def test_another_set_is_chosen_by_moving_to_one_of_its_stages(as_alice, alice, own_set):
    assert "Seasons" in as_alice.get("/path/").content.decode()
    assert "Winter" not in as_alice.get("/path/").content.decode()
    assert "Winter" in as_alice.get("/path/?set=seasons").content.decode()

    as_alice.post("/path/spring/move/")

    page = as_alice.get("/path/").content.decode()
    assert "Winter" in page
    assert "Early sobriety" not in page
    assert "In spring" in as_alice.get("/today/").content.decode()
    assert [each["slug"] for each in as_alice.get("/api/v1/stages/").json()] == ["winter", "spring"]
    assert len(as_alice.get("/api/v1/stages/?set=four-stretches").json()) == 4


def test_a_set_that_is_not_offered_is_seen_by_those_who_are_on_it_alone(as_alice, as_charlie, alice, own_set):
    move_stage(person=alice, stage=own_set.stages.first(), now=NOW)
    StageSet.objects.update(is_offered=False)

    assert "Winter" in as_alice.get("/path/").content.decode()
    assert [each["slug"] for each in as_alice.get("/api/v1/stages/sets/").json()] == ["seasons"]
    assert as_charlie.get("/api/v1/stages/sets/").json() == []
    assert as_charlie.get("/path/?set=seasons").status_code == 200
    assert "Winter" not in as_charlie.get("/path/?set=seasons").content.decode()
    assert as_charlie.post("/path/winter/move/").status_code == 404
    assert as_charlie.post("/api/v1/stages/winter/move/").status_code == 404


def test_two_stages_of_a_set_cannot_stand_in_one_place(own_set):
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.create(stage_set=own_set, slug="x", position=1, title="X", alias="x")


def test_an_administrator_adds_a_set_and_a_stage_of_it(make_user, signed_in):
    admin = signed_in(make_user("root@example.org", is_staff=True, is_superuser=True))

    assert admin.get("/admin/recovery/stageset/add/").status_code == 200
    admin.post("/admin/recovery/stageset/add/", {"slug": "a", "position": 5, "title": "A", "summary": "S"})

    assert StageSet.objects.get(slug="a").is_offered is False
    assert "stage_set" in admin.get("/admin/recovery/stage/add/").content.decode()
