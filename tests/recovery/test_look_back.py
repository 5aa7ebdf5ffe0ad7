"""Looking back: offered once somebody has rested, kept between the steps, and one change goes into the plan."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts import keys
from plans.models import Answer, PlanRevision, Strategy
from plans.services import add_trigger
from recovery.look_back import FIELDS, LAST
from recovery.models import Lapse, LookBack
from recovery.services import note_use, take_back_use

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
TODAY = dt.date(2025, 6, 12)
AT = f"/right-now/{TODAY}"


@pytest.fixture(autouse=True)
def noted(alice):
    with time_machine.travel(NOW, tick=False):
        note_use(person=alice, day=TODAY, now=NOW)
        yield


def text(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def kept(alice) -> LookBack:
    return LookBack.objects.of(alice).get()


def hours_later(hours: int):
    return time_machine.travel(NOW + dt.timedelta(hours=hours), tick=False)


def test_today_offers_it_once_somebody_has_rested_and_not_before(as_alice):
    with hours_later(11):
        assert "Want to look back at it?" not in text(as_alice.get("/today/"))
    with hours_later(13):
        assert "Want to look back at it?" in text(as_alice.get("/today/"))


@pytest.mark.parametrize("how", ["put away", "finished"])
def test_it_is_not_offered_again_once_put_away_or_finished(as_alice, alice, how):
    if how == "put away":
        as_alice.post(f"{AT}/put-away/")
    else:
        as_alice.post(f"{AT}/look-back/")
        as_alice.post(f"/right-now/look-back/{kept(alice).pk}/{LAST}/", {"change": ""})

    with hours_later(13):
        assert "Want to look back at it?" not in text(as_alice.get("/today/"))


def test_every_step_can_be_skipped_and_nothing_is_asked_twice(as_alice, alice):
    response = as_alice.post(f"{AT}/look-back/", follow=True)
    for _ in range(LAST):
        response = as_alice.post(response.request["PATH_INFO"], {"skip": "1"}, follow=True)

    assert "Nothing is written down. That is fine too." in text(response)
    assert kept(alice).finished_at == NOW
    assert kept(alice).is_empty


def test_what_was_written_is_kept_between_the_steps_sealed_and_gone_on_with(as_alice, alice):
    as_alice.post(f"{AT}/look-back/")
    address = f"/right-now/look-back/{kept(alice).pk}"
    as_alice.post(f"{address}/1/", {"situation": "After work, alone"})
    as_alice.post(f"{address}/5/", {"feeling": "Flat", "craving": "8"})

    again = as_alice.post(f"{AT}/look-back/")

    assert again.url == f"{address}/6/"
    assert "After work, alone" in as_alice.get(f"{address}/1/").content.decode()
    with keys.ring_of(None):
        assert kept(alice).situation == "locked"
    with keys.ring_of(alice.pk):
        assert (kept(alice).situation, kept(alice).craving) == ("After work, alone", 8)


def test_an_answer_that_does_not_fit_stays_typed(as_alice, alice):
    as_alice.post(f"{AT}/look-back/")

    long = as_alice.post(f"/right-now/look-back/{kept(alice).pk}/1/", {"situation": "word " * 500})

    assert long.status_code == 422
    assert "word word" in long.content.decode()


@pytest.mark.parametrize("to_trigger", [False, True])
def test_the_change_goes_into_the_plan_once(as_alice, alice, to_trigger):
    with keys.ring_of(alice.pk):
        trigger = add_trigger(person=alice, name="Fourth Street", category="place", impact=9, now=NOW)
    as_alice.post(f"{AT}/look-back/")
    address = f"/right-now/look-back/{kept(alice).pk}/"
    as_alice.post(f"{address}{LAST}/", {"change": "Walk home by the river"})
    revisions = PlanRevision.objects.of(alice).count()

    done = as_alice.post(address, {"where": str(trigger.pk) if to_trigger else ""}, follow=True)
    twice = as_alice.post(address, {"where": ""})

    assert "The change stands in your plan." in text(done)
    assert twice.status_code == 422
    assert PlanRevision.objects.of(alice).count() == revisions + 1
    with keys.ring_of(alice.pk):
        words = [each.words for each in Answer.objects.of(alice)] + [each.name for each in Strategy.objects.of(alice)]
    assert words == ["Walk home by the river"]


def test_its_words_outlive_the_day_that_is_taken_back(as_alice, alice):
    as_alice.post(f"{AT}/look-back/")

    take_back_use(lapse=Lapse.objects.of(alice).get())

    assert as_alice.get(f"/right-now/look-back/{kept(alice).pk}/").status_code == 200
    assert as_alice.post("/right-now/2025-06-01/look-back/").status_code == 404


def test_what_comes_next_tells_nobody_and_takes_nothing_back(as_alice):
    page = text(as_alice.get(f"{AT}/next/"))

    assert "You choose what happens next" in page
    assert "Nobody is told unless you choose to tell them." in page
    assert "It is easier after a night's sleep." in page
    assert as_alice.get("/right-now/2025-06-01/next/").status_code == 404


def test_the_api_does_the_same(as_alice, alice):
    def send(method, address, body):
        return getattr(as_alice, method)(address, body, content_type="application/json")

    refused = send("post", "/api/v1/look-backs/", {"day": "2025-06-01"})
    made = send("post", "/api/v1/look-backs/", {"day": str(TODAY), "change": "Call Denise first", "craving": 7})
    address = f"/api/v1/look-backs/{made.json()['id']}/"
    changed = send("patch", address, {"cost": "A day in bed", "finished": True})
    planned = send("post", f"{address}into-plan/", {})

    assert refused.status_code == 409
    assert (made.status_code, made.json()["finished"]) == (201, False)
    assert (changed.json()["cost"], changed.json()["craving"], changed.json()["finished"]) == ("A day in bed", 7, True)
    assert planned.json()["planned_at"]
    assert send("post", f"{address}into-plan/", {}).status_code == 409
    assert set(FIELDS) <= changed.json().keys()
    assert as_alice.delete(address).status_code == 204
    assert timezone.now() == NOW
