"""A routine any three of which count, three things a day, and movement: ticked in one tap, and nobody else's."""

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import keys
from accounts.models import User
from recovery.daily import done_by_day, routine_of
from recovery.models import DayThing, Movement, RoutineItem, RoutineTick
from recovery.routine import EXAMPLE, counts
from recovery.services import day_plans, routines
from recovery.services.checkins import SubmissionTaken

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)  # Thursday the 12th, 8 pm in Chicago
TODAY = dt.date(2025, 6, 12)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
WEEKEND = 0b110_0000


@pytest.fixture(autouse=True)
def _evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def item(person, words="Breakfast", slot="morning", **more):
    return routines.add_item(person=person, slot=slot, text=words, now=NOW, **more)


def thing(person, words="Post office", day=TODAY, **more):
    return day_plans.add_thing(person=person, day=day, text=words, now=NOW, **more)


def test_what_a_day_holds_is_sealed(alice):
    kept, planned = item(alice), thing(alice)

    with keys.ring_of(None):
        assert RoutineItem.objects.get(pk=kept.pk).text == "locked"
        assert DayThing.objects.get(pk=planned.pk).text == "locked"


def test_the_example_is_taken_over_once_and_becomes_the_persons_own(as_alice, alice):
    assert "Start from an example" in text(as_alice.get("/routine/"))

    for _time in range(2):
        assert as_alice.post("/routine/start/", {"lines": ["0", "5"]}).url == "/routine/"

    assert [kept.text for kept in RoutineItem.objects.of(alice)] == [str(EXAMPLE[0][1]), str(EXAMPLE[5][1])]
    refused = as_alice.post("/routine/start/", {})
    assert refused.status_code == 422
    assert "Pick one or more" in text(refused)


def test_a_routine_shows_what_its_weekday_holds_in_the_order_of_the_day(as_alice, alice):
    item(alice, "Wind down", "bedtime")
    item(alice, "Sleep in", "morning", days=WEEKEND)
    item(alice, "Breakfast")

    page = text(as_alice.get("/routine/"))

    assert page.index("Breakfast") < page.index("Wind down") < page.index("On other days") < page.index("Sleep in")


def test_any_three_make_a_day_and_a_day_that_counted_still_does_when_things_are_taken_out(as_alice, alice):
    kept = [item(alice, f"Thing {number}") for number in range(6)]
    for each in kept[:2]:
        as_alice.post(f"/routine/{each.pk}/done/")
    assert routine_of(alice, TODAY).counted == 0

    assert as_alice.post(f"/routine/{kept[2].pk}/done/", {"day": "2025-06-12"}).url == "/routine/?day=2025-06-12"
    assert "1 of the last 7 days held 3 or more." in text(as_alice.get("/routine/"))

    for each in kept:
        as_alice.post(f"/routine/{each.pk}/remove/")
    assert routine_of(alice, TODAY).counted == 1
    assert not RoutineItem.objects.of(alice).exists()


@pytest.mark.parametrize("day", [TODAY - dt.timedelta(days=2), TOMORROW])
def test_only_today_and_yesterday_can_be_ticked(alice, as_alice, day):
    kept = item(alice)

    with pytest.raises(routines.NotThatDay):
        routines.tick_item(item=kept, day=day, now=NOW)

    answer = as_alice.post(f"/routine/{kept.pk}/done/", {"day": day.isoformat()}, follow=True)
    assert "Only today and yesterday" in text(answer)
    assert as_alice.post(f"/routine/{kept.pk}/done/", {"day": "soon"}).status_code == 400


def test_a_tick_after_midnight_lands_on_the_day_that_the_page_showed(as_alice, alice):
    kept = item(alice, "Wind down", "bedtime")

    with time_machine.travel(NOW + dt.timedelta(hours=5), tick=False):
        as_alice.post(f"/routine/{kept.pk}/done/", {"day": TODAY.isoformat()})

    assert RoutineTick.objects.of(alice).get().day == TODAY


def test_a_routine_nobody_could_follow_is_refused_in_words(as_alice, alice):
    for number in range(routines.MOST_ITEMS):
        item(alice, f"Thing {number}")

    answer = as_alice.post("/routine/add/", {"slot": "morning", "text": "One more", "days": ["0"]})

    assert answer.status_code == 422
    assert "Take one out first" in text(answer)
    assert "One more" in answer.content.decode()


def test_three_things_and_no_fourth_and_the_words_are_not_lost(as_alice, alice):
    for words in ("Post office", "Ring Denise", "Swim"):
        assert as_alice.post("/day/", {"text": words}).status_code == 302

    answer = as_alice.post("/day/", {"text": "And the laundry"})

    assert answer.status_code == 422
    assert "Three things are enough" in text(answer)
    assert "And the laundry" in answer.content.decode()
    assert DayThing.objects.of(alice).count() == 3


def test_a_form_sent_twice_writes_one_thing_down(alice):
    submission = uuid.uuid4()

    first = thing(alice, submission=submission)
    assert thing(alice, submission=submission) == first
    with pytest.raises(SubmissionTaken):
        thing(alice, "Other words", submission=submission)


def test_one_tap_ticks_a_thing_on_today_and_another_takes_it_back(as_alice, alice):
    kept = thing(alice)
    assert "Post office" in text(as_alice.get("/today/"))

    assert as_alice.post(f"/day/things/{kept.pk}/done/", {"from": "today"}).url == "/today/"
    assert b'tick--on" aria-pressed="true" aria-label="Done: Post office"' in as_alice.get("/today/").content

    as_alice.post(f"/day/things/{kept.pk}/undo/", {"from": "today"})
    assert b'aria-pressed="false" aria-label="Done: Post office"' in as_alice.get("/today/").content


def test_what_yesterday_left_open_can_come_along_and_what_was_done_stays(as_alice, alice):
    left, done = thing(alice, "Ring Denise", YESTERDAY), thing(alice, "Swim", YESTERDAY)
    day_plans.finish_thing(thing=done, now=NOW)
    assert "1 thing from yesterday can come along" in text(as_alice.get("/today/"))
    page = text(as_alice.get("/day/"))
    assert "Ring Denise" in page
    assert "Swim" not in page

    as_alice.post(f"/day/things/{left.pk}/today/")
    as_alice.post(f"/day/things/{left.pk}/today/")

    assert DayThing.objects.get(pk=left.pk).day == TODAY
    with pytest.raises(day_plans.DoneAlready):
        day_plans.bring_thing(thing=done, now=NOW)


def test_nothing_comes_along_into_a_full_day(as_alice, alice):
    left = thing(alice, "Ring Denise", YESTERDAY)
    for number in range(3):
        thing(alice, f"Thing {number}")

    answer = as_alice.post(f"/day/things/{left.pk}/today/", follow=True)

    assert "Three things are enough" in text(answer)
    assert DayThing.objects.get(pk=left.pk).day == YESTERDAY


@pytest.mark.parametrize("day", [YESTERDAY - dt.timedelta(days=1), TOMORROW + dt.timedelta(days=1)])
def test_days_out_of_reach_are_not_planned(alice, day):
    with pytest.raises(day_plans.DayOutOfReach):
        thing(alice, day=day)
    with pytest.raises(day_plans.DayOutOfReach):
        day_plans.set_movement(person=alice, day=day, tens=1, now=NOW)


def test_half_an_hour_is_three_times_ten_minutes(as_alice, alice):
    as_alice.post("/day/movement/", {"tens": "2"})
    assert Movement.objects.of(alice).get().minutes == 20

    page = as_alice.get("/day/").content.decode()
    assert page.count('name="tens" value="3" aria-pressed="false"') == 1
    as_alice.post("/day/movement/", {"tens": "0"})
    assert not Movement.objects.of(alice).exists()
    assert as_alice.post("/day/movement/", {"tens": "4"}).status_code == 400


def test_today_has_no_card_until_there_is_something_and_reads_it_in_one_query(
    as_alice, alice, django_assert_max_num_queries
):
    from recovery.day_card import day_card

    here = NOW.astimezone(dt.timezone(dt.timedelta(hours=-5)))
    assert "Your day" not in text(as_alice.get("/today/"))
    assert day_card(alice, here) == (None, None, [], [], None)
    for words in ("Breakfast", "Walk", "Wind down"):
        routines.tick_item(item=item(alice, words), day=TODAY, now=NOW)
    item(alice, "Sleep in", days=WEEKEND)
    thing(alice)

    with django_assert_max_num_queries(1):
        card = day_card(alice, here).card

    assert (card.routine, card.routine_done, [each.text for each in card.things]) == (3, 3, ["Post office"])
    assert "Routine: 3 of 3" in text(as_alice.get("/today/"))


def test_the_api_does_what_the_pages_do(as_alice):
    def send(method, path, body=None):
        return getattr(as_alice, method)(f"/api/v1/{path}", body, content_type="application/json")

    made = send("post", "routine/", {"slot": "evening", "text": "Check in"}).json()
    assert made["days"] == 127
    assert send("put", f"routine/{made['id']}/tick/", {"done": True}).json()["done_today"]
    assert send("get", "routine/week/").json()[-1] == {"day": "2025-06-12", "done": 1, "counts": False}
    assert send("put", f"routine/{made['id']}/tick/", {"done": True, "day": "2025-06-01"}).status_code == 409

    left = send("post", "day-things/", {"day": "2025-06-11", "text": "Ring Denise"}).json()
    assert send("post", f"day-things/{left['id']}/bring/").json()["day"] == "2025-06-12"
    assert send("patch", f"day-things/{left['id']}/", {"text": "Write to Denise"}).json()["text"] == "Write to Denise"
    assert send("put", f"day-things/{left['id']}/tick/", {"done": True}).json()["done_at"]
    plan = send("put", "day-plan/2025-06-12/movement/", {"minutes": 30}).json()
    assert (plan["moved_minutes"], [each["text"] for each in plan["things"]]) == (30, ["Write to Denise"])
    assert send("put", "day-plan/2025-06-12/movement/", {"minutes": 25}).status_code == 400
    assert send("get", "day-plan/not-a-day/").status_code == 404


class Counting(TestCase):
    databases = {"default", "keys"}

    @settings(max_examples=25, deadline=None)
    @given(
        deeds=st.lists(
            st.tuples(st.sampled_from(["add", "tick", "tick", "remove", "change"]), st.integers(0, 5)), max_size=25
        )
    )
    def test_no_deed_but_taking_a_tick_back_makes_a_day_count_less(self, deeds):
        person = User.objects.create_user("days@example.org", "waylight-tests", time_zone="America/Chicago")
        with keys.ring_of(person.pk):
            kept, before = [], 0
            for deed, number in deeds:
                if deed == "add" or not kept:
                    kept.append(item(person, f"Thing {number}"))
                elif deed == "tick":
                    routines.tick_item(item=kept[number % len(kept)], day=TODAY, now=NOW)
                elif deed == "remove":
                    routines.remove_item(item=kept.pop(number % len(kept)))
                else:
                    routines.change_item(item=kept[number % len(kept)], slot="evening", text="Other", days=WEEKEND)
                done = done_by_day(person, TODAY, TODAY).get(TODAY, 0)
                assert done >= before
                before = done
            assert counts(before) == (before >= 3)
            assert routine_of(person, TODAY).counted == int(counts(before))
