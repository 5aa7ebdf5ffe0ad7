"""Goals: small, dated, in steps; ticked, reached, put away and taken up again, and nobody else's."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import keys
from accounts.models import User
from recovery.models import Goal, GoalStep, Stage
from recovery.services import (
    DueTooFar,
    TooManyGoals,
    TooManySteps,
    change_goal,
    finish_goal,
    finish_step,
    finish_task,
    move_stage,
    put_away_goal,
    reopen_goal,
    set_goal,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
TODAY = dt.date(2025, 6, 12)


@pytest.fixture(autouse=True)
def _key(alice):
    with keys.ring_of(alice.pk):
        yield


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def test_a_goal_is_sealed_with_its_reward_and_its_steps(alice):
    goal = set_goal(person=alice, text="Swim", reward="A new towel", steps=["Find the pool"], now=NOW)

    with keys.ring_of(None):
        kept = Goal.objects.get(pk=goal.pk)
        assert (kept.text, kept.reward, kept.steps.get().text) == ("locked", "locked", "locked")


@pytest.mark.parametrize("due_on", [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=733)])
def test_a_day_that_is_over_or_years_ahead_is_refused_in_words(alice, due_on):
    with pytest.raises(DueTooFar, match="from today on"):
        set_goal(person=alice, text="Swim", due_on=due_on, now=NOW)

    assert not Goal.objects.of(alice).exists()


def test_a_day_that_passed_meanwhile_may_stay_when_the_words_change(alice):
    goal = set_goal(person=alice, text="Swim", due_on=TODAY, now=NOW)
    later = NOW + dt.timedelta(days=9)

    change_goal(goal=goal, text="Swim once", reward="", due_on=TODAY, steps=[], now=later)

    assert Goal.objects.get(pk=goal.pk).text == "Swim once"


def test_a_list_nobody_could_look_at_is_refused(alice):
    for number in range(30):
        set_goal(person=alice, text=f"Goal {number}", now=NOW)

    with pytest.raises(TooManyGoals):
        set_goal(person=alice, text="One more", now=NOW)
    with pytest.raises(TooManySteps):
        change_goal(goal=Goal.objects.of(alice).first(), text="x", reward="", due_on=None, steps=["s"] * 13, now=NOW)


def test_reached_stays_reached_and_put_away_comes_back(alice):
    goal = set_goal(person=alice, text="Swim", now=NOW)

    finish_goal(goal=goal, now=NOW)
    finish_goal(goal=goal, now=NOW + dt.timedelta(days=4))
    put_away_goal(goal=goal, now=NOW)
    assert (goal.done_on, goal.put_away_at) == (TODAY, None)

    reopen_goal(goal=goal)
    put_away_goal(goal=goal, now=NOW)
    assert not Goal.objects.of(alice).open().exists()

    reopen_goal(goal=goal)
    assert Goal.objects.of(alice).open().get() == goal


class Steps(TestCase):
    databases = {"default", "keys"}

    @settings(max_examples=30, deadline=None)
    @given(
        before=st.lists(st.sampled_from("abcde"), max_size=8),
        ticked=st.sets(st.integers(0, 7)),
        after=st.lists(st.sampled_from("abcdefg"), max_size=12),
    )
    def test_steps_read_as_sent_and_a_tick_follows_its_words(self, before, ticked, after):
        person = User.objects.create_user("steps@example.org", "waylight-tests")
        with keys.ring_of(person.pk):
            goal = set_goal(person=person, text="Goal", steps=before, now=NOW)
            for number, step in enumerate(goal.steps.all()):
                if number in ticked:
                    finish_step(step=step, now=NOW)
            ticks = {
                word: sum(1 for n, each in enumerate(before) if each == word and n in ticked) for word in "abcdefg"
            }

            change_goal(goal=goal, text="Goal", reward="", due_on=None, steps=after, now=NOW)

            steps = list(GoalStep.objects.of(person).order_by("position"))
            assert [step.text for step in steps] == after
            for word in "abcdefg":
                left = sum(1 for step in steps if step.text == word and step.done_on)
                assert left <= ticks[word]
                if before == after:
                    assert left == ticks[word]


def test_today_shows_the_next_step_of_the_nearest_goal_once_the_stage_has_nothing_left(as_alice, alice):
    stage = Stage.objects.get(slug="early-sobriety")
    move_stage(person=alice, stage=stage, now=NOW)
    later = TODAY + dt.timedelta(days=9)
    set_goal(person=alice, text="Far away", due_on=later, now=NOW)
    goal = set_goal(person=alice, text="Swim", due_on=later - dt.timedelta(days=5), steps=["Pool hours", "Go"], now=NOW)
    assert "Pool hours" not in text(as_alice.get("/today/"))
    for task in stage.tasks.all():
        finish_task(person=alice, task=task, now=NOW)

    page = text(as_alice.get("/today/"))
    assert "Pool hours" in page
    assert "A step toward “Swim”" in page

    step = goal.steps.first()
    assert as_alice.post(f"/goals/steps/{step.pk}/done/", {"from": "today"}).url == "/today/"
    assert "Go A step toward" in text(as_alice.get("/today/"))


def test_a_goal_may_start_from_a_line_of_a_stage_and_the_address_holds_no_words(as_alice):
    page = as_alice.get("/path/early-sobriety/").content.decode()
    assert 'href="/goals/add/?part=people"' in page

    assert "Call one person on my list" in as_alice.get("/goals/add/?part=people").content.decode()
    assert "Go to bed at the same time" in as_alice.get("/goals/add/?task=same-bedtime").content.decode()
    assert as_alice.get("/goals/add/?task=no-such-line").status_code == 200


def test_what_is_typed_stays_when_it_is_turned_away(as_alice):
    response = as_alice.post("/goals/add/", {"text": "Swim", "due_on": "2020-01-01", "steps": "Pool hours\nGo"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Pool hours" in page
    assert "Pick a day from today on" in page


@pytest.mark.parametrize("goals", [2, 20])
def test_the_list_costs_the_same_with_many_goals(as_alice, alice, django_assert_max_num_queries, goals):
    for number in range(goals):
        set_goal(person=alice, text=f"Goal {number}", steps=["a", "b", "c"], now=NOW)
    as_alice.get("/goals/")

    with django_assert_max_num_queries(6):
        response = as_alice.get("/goals/")

    assert f"Goal {goals - 1}" in response.content.decode()


def test_the_api_does_what_the_pages_do(as_alice, as_charlie):
    sent = {"text": "Swim", "steps": [{"text": "Pool hours"}, {"text": "Go"}], "reward": "Pie"}
    made = as_alice.post("/api/v1/goals/", sent, content_type="application/json").json()
    step = made["steps"][0]["id"]

    ticked = as_alice.put(f"/api/v1/goal-steps/{step}/tick/", {"done": True}, content_type="application/json")
    assert ticked.json()["done_on"]
    changed = as_alice.patch(
        f"/api/v1/goals/{made['id']}/", {"steps": [{"text": "Go"}, {"text": "Pool hours"}]}, "application/json"
    ).json()
    assert [bool(each["done_on"]) for each in changed["steps"]] == [False, True]
    assert as_alice.post(f"/api/v1/goals/{made['id']}/done/").json()["done_on"]
    assert as_charlie.get(f"/api/v1/goals/{made['id']}/").status_code == 404
    refused = as_alice.post("/api/v1/goals/", {"text": "x", "due_on": "2020-01-01"}, content_type="application/json")
    assert refused.status_code == 409
