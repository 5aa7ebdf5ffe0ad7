"""A look for oneself, the kind of help, and calls to make: private, never added up, reminded of in neutral words."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command

from accounts import keys
from recovery.models import CallTask, Goal, SelfCheck, Stage
from recovery.reminding import has_no_call
from recovery.services import CallTooFar, CallTooLate, change_call, finish_call, look_at_signs, plan_call
from recovery.views.looking import WAYS
from reminders import kinds
from reminders.models import Schedule
from reminders.services import turn_off_by_link
from tests.words import stigmatising

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)  # Thursday the 12th, 8 pm in Chicago
TODAY = dt.date(2025, 6, 12)
LOOK = "/path/initial-recognition/look/"


@pytest.fixture(autouse=True)
def _evening(alice):
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def schedule(person):
    return Schedule.objects.of(person).filter(kind="call-by").first()


def test_what_is_ticked_brings_ideas_and_no_result(as_alice, alice):
    response = as_alice.post(LOOK, {"signs": ["comes-second", "part-of-me"]}, follow=True)
    page = text(response)

    assert "Give one hour this week" in page
    assert "/goals/add/?sign=part-of-me" in response.content.decode()
    assert "See a clinician before I stop" not in page
    # The idea that a sign brings becomes the goal's first words.
    assert "what I would like to be different" in as_alice.get("/goals/add/?sign=part-of-me").content.decode()
    with keys.ring_of(None):
        assert SelfCheck.objects.of(alice).get().signs == "locked"


def test_nothing_is_ticked_beforehand_and_a_second_look_on_a_day_replaces_the_first(as_alice, alice):
    as_alice.post(LOOK, {"signs": ["comes-second"]})

    page = BeautifulSoup(as_alice.get(LOOK).content, "html.parser")
    assert not page.select("input[name=signs][checked]")
    as_alice.post(LOOK, {"signs": []})
    assert SelfCheck.objects.of(alice).get().slugs == []
    assert "None of them was yours" in text(as_alice.get(LOOK))

    as_alice.post(f"{LOOK}forget/")
    assert not SelfCheck.objects.of(alice).exists()


def test_a_sign_of_another_stage_is_turned_away(as_alice, alice):
    assert as_alice.post(LOOK, {"signs": ["own-rhythm"]}).status_code == 422
    sent = {"stage": "initial-recognition", "signs": ["own-rhythm"]}
    assert as_alice.post("/api/v1/self-checks/", sent, content_type="application/json").status_code == 400
    assert not SelfCheck.objects.of(alice).exists()


def test_the_api_keeps_a_look_as_the_page_does(as_alice, alice):
    sent = {"stage": "initial-recognition", "signs": ["part-of-me"]}

    for _time in range(2):
        assert as_alice.post("/api/v1/self-checks/", sent, content_type="application/json").status_code == 201

    assert [each["signs"] for each in as_alice.get("/api/v1/self-checks/").json()["results"]] == [["part-of-me"]]


@pytest.mark.parametrize("want", WAYS)
def test_each_kind_of_help_leads_to_something_in_the_directory_and_nothing_of_it_is_kept(as_alice, want, db):
    call_command("load_directory", verbosity=0)

    page = BeautifulSoup(as_alice.post("/kind-of-help/", {"want": want, "spanish": "on"}).content, "html.parser")
    href = page.select_one("a[href^='/find/?']")["href"]
    found = BeautifulSoup(as_alice.get(href).content, "html.parser")

    assert found.select("a[href^='/find/']")
    assert "spanish=1" in href
    assert not SelfCheck.objects.exists()


def test_the_chooser_asks_again_when_nothing_was_chosen(as_alice):
    response = as_alice.post("/kind-of-help/", {"medication": "on"})

    assert response.status_code == 422
    assert "Choose one." in text(response)


@pytest.mark.parametrize("by_on", [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=367)])
def test_a_call_for_a_day_that_is_over_or_too_far_is_refused(alice, by_on):
    with pytest.raises(CallTooFar, match="from today on"):
        plan_call(person=alice, what="The clinic", by_on=by_on, reminds=False, now=NOW)


def test_a_call_reminds_on_its_day_alone_at_ten_local_time(alice):
    monday = TODAY + dt.timedelta(days=4)

    plan_call(person=alice, what="The clinic", by_on=monday, reminds=True, now=NOW)

    assert schedule(alice).next_at == dt.datetime(2025, 6, 16, 15, 0, tzinfo=dt.UTC)
    assert not has_no_call(alice, monday)
    assert has_no_call(alice, monday + dt.timedelta(days=7))


def test_the_reminder_goes_on_to_the_next_call_and_stops_after_the_last(alice):
    first = plan_call(person=alice, what="Clinic", by_on=TODAY + dt.timedelta(days=2), reminds=True, now=NOW)
    second = plan_call(person=alice, what="Group", by_on=TODAY + dt.timedelta(days=5), reminds=True, now=NOW)
    plan_call(person=alice, what="Dentist", by_on=TODAY + dt.timedelta(days=1), reminds=False, now=NOW)
    assert schedule(alice).next_on == first.by_on

    finish_call(call=first, now=NOW)
    assert schedule(alice).next_on == second.by_on
    change_call(call=second, what="Group", by_on=second.by_on, reminds=False, now=NOW)
    assert not schedule(alice).is_active


def test_one_turned_off_by_its_link_stays_off_when_a_call_is_made(alice):
    first = plan_call(person=alice, what="Clinic", by_on=TODAY + dt.timedelta(days=2), reminds=True, now=NOW)
    plan_call(person=alice, what="Group", by_on=TODAY + dt.timedelta(days=5), reminds=True, now=NOW)
    turn_off_by_link(schedule_id=schedule(alice).pk)

    finish_call(call=first, now=NOW)

    assert not schedule(alice).is_active


def test_a_call_without_a_reminder_turns_nothing_on_again_and_clears_no_dead_address(alice):
    plan_call(person=alice, what="Clinic", by_on=TODAY + dt.timedelta(days=2), reminds=True, now=NOW)
    Schedule.objects.of(alice).filter(kind="call-by").update(dead_address=7, bounced_at=NOW)
    other = plan_call(person=alice, what="Dentist", by_on=TODAY + dt.timedelta(days=5), reminds=False, now=NOW)
    assert (schedule(alice).is_active, schedule(alice).dead_address) == (True, 7)

    turn_off_by_link(schedule_id=schedule(alice).pk)
    plan_call(person=alice, what="Group", by_on=TODAY + dt.timedelta(days=3), reminds=False, now=NOW)
    change_call(call=other, what="The dentist", by_on=other.by_on, reminds=False, now=NOW)
    assert not schedule(alice).is_active

    change_call(call=other, what="The dentist", by_on=other.by_on, reminds=True, now=NOW)
    assert (schedule(alice).is_active, schedule(alice).dead_address) == (True, None)


def test_every_call_has_its_morning_though_an_earlier_one_was_not_ticked_off(alice):
    for weeks, days in [(0, 2), (0, 6), (3, 4)]:
        by_on = TODAY + dt.timedelta(weeks=weeks, days=days)
        plan_call(person=alice, what="Clinic", by_on=by_on, reminds=True, now=NOW)

    found = schedule(alice)
    mornings = [TODAY + dt.timedelta(days=day) for day in range(40)]
    asked = [day for day in mornings if found.days >> day.weekday() & 1]

    assert found.next_on == TODAY + dt.timedelta(days=2)
    assert [(day - TODAY).days for day in asked if not has_no_call(alice, day)] == [2, 6, 25]


def test_past_ten_a_reminder_for_today_is_refused_in_words(as_alice, alice):
    kept = plan_call(person=alice, what="Clinic", by_on=TODAY, reminds=False, now=NOW)
    with pytest.raises(CallTooLate):
        change_call(call=kept, what="Clinic", by_on=TODAY, reminds=True, now=NOW)

    answer = as_alice.post("/calls/add/", {"what": "Group", "by_on": TODAY.isoformat(), "reminds": "on"})
    assert answer.status_code == 422
    assert "It is past 10 today" in text(answer)

    morning = dt.datetime(2025, 6, 12, 14, 59, tzinfo=dt.UTC)
    early = plan_call(person=alice, what="Group", by_on=TODAY, reminds=True, now=morning)
    assert schedule(alice).next_at == dt.datetime(2025, 6, 12, 15, 0, tzinfo=dt.UTC)
    # Its words can still be changed in the evening.
    change_call(call=early, what="The group", by_on=TODAY, reminds=True, now=NOW)


def test_the_reminders_words_say_nothing_about_what_it_is_for():
    line = str(kinds.get("call-by").line)

    assert not stigmatising(line)
    assert not any(word in line.lower() for word in ("clinic", "call", "help", "treat", "recover", "meeting"))


def test_today_puts_a_call_first_from_the_day_before_it(as_alice, alice):
    call = plan_call(person=alice, what="Riverside clinic", by_on=TODAY + dt.timedelta(days=2), reminds=False, now=NOW)
    assert "Riverside" not in text(as_alice.get("/today/"))

    change_call(call=call, what="Riverside clinic", by_on=TODAY + dt.timedelta(days=1), reminds=False, now=NOW)
    assert "Riverside clinic" in text(as_alice.get("/today/"))

    assert as_alice.post(f"/calls/{call.pk}/done/", {"from": "today"}).url == "/today/"
    assert "Riverside" not in text(as_alice.get("/today/"))


def test_a_call_that_was_made_can_be_undone_with_its_reminder_and_removed_after_asking_once(as_alice, alice):
    by_on = TODAY + dt.timedelta(days=3)
    call = plan_call(person=alice, what="Riverside clinic", by_on=by_on, reminds=True, now=NOW)
    as_alice.post(f"/calls/{call.pk}/done/")
    page = text(as_alice.get("/kind-of-help/"))
    assert "Riverside clinic" in page
    assert "Done on June 12, 2025" in page

    as_alice.post(f"/calls/{call.pk}/undo/")
    assert CallTask.objects.of(alice).open().get() == call
    assert (schedule(alice).is_active, schedule(alice).next_on) == (True, by_on)

    assert "Remove this for good?" in text(as_alice.get(f"/calls/{call.pk}/remove/"))
    assert CallTask.objects.of(alice).exists()
    as_alice.post(f"/calls/{call.pk}/remove/")
    assert not CallTask.objects.of(alice).exists()


@pytest.mark.parametrize(
    ("address", "said", "other", "model"),
    [
        ("/calls/add/", {"what": "Clinic", "by_on": "2025-06-13", "reminds": "on"}, {"what": "Group"}, CallTask),
        ("/goals/add/", {"text": "Swim", "steps": "Find the bag"}, {"text": "Walk"}, Goal),
    ],
)
def test_a_double_tap_makes_one_and_other_words_are_not_lost(as_alice, as_charlie, alice, address, said, other, model):
    form = BeautifulSoup(as_alice.get(address).content, "html.parser")
    said = {**said, "submission": form.select_one("input[name=submission]")["value"]}

    assert [as_alice.post(address, said).status_code for _tap in range(2)] == [302, 302]
    assert model.objects.of(alice).count() == 1

    refused = as_alice.post(address, {**said, **other})
    assert refused.status_code == 422
    assert "saved already" in text(refused)
    # The same form from somebody else is theirs.
    assert as_charlie.post(address, said).status_code == 302
    assert model.objects.count() == 2


def test_undoing_a_call_turns_no_reminder_on_again(as_alice, alice):
    call = plan_call(person=alice, what="Clinic", by_on=TODAY + dt.timedelta(days=3), reminds=True, now=NOW)
    turn_off_by_link(schedule_id=schedule(alice).pk)
    finish_call(call=call, now=NOW)

    answer = as_alice.post(f"/api/v1/calls/{call.pk}/reopen/")

    assert answer.json()["done_on"] is None
    assert not schedule(alice).is_active


def test_the_chooser_says_where_the_answer_stands(as_alice):
    assert "in the history of this browser" in text(as_alice.get("/kind-of-help/"))


def test_a_call_is_nobody_elses_and_is_sealed(as_charlie, alice):
    call = plan_call(person=alice, what="Riverside clinic", by_on=TODAY, reminds=False, now=NOW)

    assert as_charlie.get(call.get_absolute_url()).status_code == 404
    assert as_charlie.post(f"/calls/{call.pk}/remove/").status_code == 404
    with keys.ring_of(None):
        assert CallTask.objects.get(pk=call.pk).what == "locked"


def test_signs_of_another_stage_are_never_kept(alice):
    first, *_others, last = Stage.objects.prefetch_related("signs")

    check = look_at_signs(person=alice, stage=first, signs=[*first.signs.all(), *last.signs.all()], now=NOW)

    assert check.slugs == [sign.slug for sign in first.signs.all()]
