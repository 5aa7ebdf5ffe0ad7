"""The API does what the pages do: same deeds, same refusals, nobody else's rows."""

import datetime as dt
import uuid

import pytest
import time_machine

from accounts import keys
from plans.models import Trigger
from recovery.models import CheckIn, CheckInVersion, Journey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
URL = "/api/v1/check-ins/"


@pytest.fixture(autouse=True)
def _evening():
    with time_machine.travel(dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC), tick=True):
        yield


def body(**changes):
    return {"submission": str(uuid.uuid4()), "day": "2025-06-12", "mood": 4, **changes}


def post(client, data, url=URL):
    return client.post(url, data, content_type="application/json")


def test_a_check_in_is_made_once_and_read_by_day_or_id(as_alice):
    sent = body(craving=3, sleep_hours=6.5, note="Tea", halt=["t", "h"])

    made, again = post(as_alice, sent), post(as_alice, sent)

    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json() == again.json()
    assert made.json()["halt"] == ["h", "t"]
    assert as_alice.get(f"{URL}2025-06-12/").json() == as_alice.get(f"{URL}{made.json()['id']}/").json() == made.json()


def test_the_same_submission_with_another_body_is_409(as_alice):
    sent = body()

    post(as_alice, sent)
    response = post(as_alice, {**sent, "mood": 1})

    assert response.status_code == 409
    assert "saved already" in response.json()["detail"]


def test_an_answer_kept_on_a_phone_without_network_lands_on_its_own_day(as_alice, alice):
    response = post(as_alice, body(day="2025-06-05", answered_at="2025-06-06T02:00:00Z"))

    assert response.status_code == 201
    assert response.json()["late"] is False


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"mood": 6}, 400),
        ({"mood": None}, 400),
        ({"craving": 11}, 400),
        ({"sleep_hours": 6.3}, 400),
        ({"day": "2025-02-30"}, 400),
        ({"submission": "x"}, 400),
        ({"note": "a" * 4001}, 400),
        ({"note": "\x00"}, 400),
        ({"note": "\ud800"}, 400),
        ({"met": [{"trigger": str(uuid.uuid4())}]}, 400),
        ({"met": "x"}, 400),
        ({"halt": ["x"]}, 400),
        ({"day": "2025-06-13"}, 409),
        ({"day": "2025-06-09"}, 409),
        ({"day": "2024-01-01", "answered_at": "2024-01-01T20:00:00Z"}, 409),
    ],
)
def test_what_does_not_fit_is_turned_away(as_alice, alice, wrong, status):
    assert post(as_alice, body(**wrong)).status_code == status
    assert not CheckIn.objects.of(alice).exists()


def test_a_check_in_without_a_mood_is_refused_in_words(as_alice):
    sent = body()
    del sent["mood"]

    response = post(as_alice, sent)

    assert (response.status_code, "how you are feeling" in response.json()["detail"]) == (409, True)


def test_owner_and_marks_never_come_from_the_body(as_alice, alice, charlie):
    post(as_alice, body(person=str(charlie.pk), id=str(uuid.uuid4()), late=True, created_at="2001-01-01T00:00:00Z"))

    made = CheckIn.objects.of(alice).get()
    assert made.late is False
    assert made.created_at.year == 2025
    assert not CheckIn.objects.of(charlie).exists()


def test_somebody_elses_trigger_cannot_be_named(as_alice, charlie):
    with keys.ring_of(charlie.pk):
        theirs = Trigger.objects.create(person=charlie, name="Theirs", category="stress", impact=5)

    response = post(as_alice, body(met=[{"trigger": str(theirs.pk)}]))

    assert response.status_code == 400
    assert "own plan" in str(response.json())


def test_patch_changes_some_put_sets_all(as_alice):
    post(as_alice, body(craving=3, note="Tea", confidence=5))

    patched = as_alice.patch(f"{URL}2025-06-12/", {"craving": 5}, content_type="application/json").json()
    put = as_alice.put(f"{URL}2025-06-12/", {"mood": 2}, content_type="application/json").json()

    assert (patched["craving"], patched["note"], patched["confidence"]) == (5, "Tea", 5)
    assert (put["mood"], put["craving"], put["note"]) == (2, None, "")


def test_delete_takes_every_version_along(as_alice, alice):
    post(as_alice, body())

    assert as_alice.delete(f"{URL}2025-06-12/").status_code == 204
    assert not CheckInVersion.objects.of(alice).exists()
    assert as_alice.get(f"{URL}2025-06-12/").status_code == 404


def test_another_persons_day_is_not_there(as_alice, as_charlie, client):
    made = post(as_alice, body()).json()

    for key in ("2025-06-12", made["id"], "nothing"):
        assert as_charlie.get(f"{URL}{key}/").status_code == 404
        assert as_charlie.delete(f"{URL}{key}/").status_code == 404
        assert as_charlie.patch(f"{URL}{key}/", {"mood": 1}, content_type="application/json").status_code == 404
    assert as_charlie.get(URL).json()["results"] == []
    assert client.get(URL).status_code == 401


def test_journeys_are_kept_changed_and_left(as_alice, alice):
    made = post(as_alice, {"aim": "cut_down", "substance": "alcohol"}, "/api/v1/journeys/").json()
    address = f"/api/v1/journeys/{made['id']}/"

    changed = as_alice.patch(address, {"started_on": "2024-12-04"}, content_type="application/json").json()
    too_far = as_alice.patch(address, {"started_on": "2031-01-01"}, content_type="application/json")

    assert (changed["substance"], changed["started_on"]) == ("alcohol", "2024-12-04")
    assert too_far.status_code == 409
    assert as_alice.delete(address).status_code == 204
    assert not Journey.objects.of(alice).exists()


def test_stages_say_where_i_am_and_let_me_move(as_alice):
    assert as_alice.get("/api/v1/stages/current/").status_code == 404

    as_alice.post("/api/v1/stages/early-sobriety/move/")
    as_alice.post("/api/v1/stages/seeking-help/move/")

    assert as_alice.get("/api/v1/stages/current/").json()["stage"] == "seeking-help"
    assert as_alice.get("/api/v1/stages/").json()[0]["slug"] == "initial-recognition"


def test_use_can_be_noted_for_a_day_that_has_come(as_alice):
    assert post(as_alice, {"day": "2025-06-10"}, "/api/v1/lapses/").status_code == 201
    assert post(as_alice, {"day": "2025-06-13"}, "/api/v1/lapses/").status_code == 409
