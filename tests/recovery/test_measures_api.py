"""Questionnaires over the API: the same deeds, the same words."""

import uuid

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery.models import Cadence, Instrument, Measure, SafetyEvent
from support.models import Scope
from tests.recovery.questionnaires import loaded
from tests.support.factories import let_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def send(client, instrument, answers, submission=None):
    body = {"instrument": str(instrument.pk), "answers": answers, "submission": str(submission or uuid.uuid4())}
    return client.post("/api/v1/measures/", body, content_type="application/json")


def test_the_questionnaires_are_listed_with_their_words_and_options(as_alice):
    call_command("load_instrument")
    loaded("bam-r")

    own, bam = as_alice.get("/api/v1/instruments/").json()

    assert own["questions"][0]["words"] == "How strong was the wish to use, when it came?"
    assert [option["value"] for option in own["questions"][0]["options"]] == [0, 1, 2, 3, 4]
    assert own["questions"][-1]["options"] == []
    assert bam["copyright"] == "Made up for tests."


def test_one_is_scored_and_kept_once(as_alice):
    instrument, submission = loaded("gad-7"), uuid.uuid4()
    answers = dict.fromkeys("1234567", 1)

    first = send(as_alice, instrument, answers, submission)
    again = send(as_alice, instrument, answers, submission)
    other = send(as_alice, instrument, {**answers, "1": 2}, submission)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json()["scores"] == {"total": 7}
    assert first.json()["band"] == "mild"
    assert first.json() == again.json() == as_alice.get(f"/api/v1/measures/{first.json()['id']}/").json()
    assert Measure.objects.count() == 1


def test_a_missing_answer_gives_no_total(as_alice):
    kept = send(as_alice, loaded("gad-7"), {"1": 3, "2": None}).json()

    assert (kept["scores"], kept["band"], kept["meaning"]) == ({"total": None}, "", [])


@pytest.mark.parametrize("answers", [{"1": 4}, {"1": -1}, {"99": 1}])
def test_an_answer_that_is_not_offered_is_refused(as_alice, answers):
    refused = send(as_alice, loaded("gad-7"), answers)

    assert refused.status_code == 409
    assert set(refused.json()) == {"detail"}
    assert not Measure.objects.exists()


def test_help_comes_first_whatever_the_total_and_even_if_it_is_turned_away(as_alice, alice, bob):
    instrument = loaded("phq-9")
    answers = {**dict.fromkeys("12345678", 0), "9": 1}

    refused = send(as_alice, instrument, answers)
    assert refused.status_code == 409
    assert "only while a counselor can see your results" in refused.json()["detail"]
    assert refused.json()["help_first"] is True
    assert refused.json()["lines"][0]["number"] == "988"
    assert refused.json()["ambulance"] == ["911", "112"]
    assert SafetyEvent.objects.count() == 1
    let_in(alice, bob, Scope.MEASURES)
    kept = send(as_alice, instrument, answers)

    assert kept.json()["help_first"] is True
    assert kept.json()["lines"][0]["number"] == "988"
    assert kept.json()["ambulance"] == ["911", "112"]
    assert SafetyEvent.objects.count() == 2


def test_the_longer_form_is_not_listed_while_nobody_would_see_it(as_alice, alice, bob):
    loaded("phq-9")

    assert as_alice.get("/api/v1/instruments/").json() == []
    let_in(alice, bob, Scope.MEASURES)

    assert [each["slug"] for each in as_alice.get("/api/v1/instruments/").json()] == ["phq-9"]


def test_nothing_changes_or_deletes_what_is_kept(as_alice):
    where = f"/api/v1/measures/{send(as_alice, loaded('gad-7'), {'1': 1}).json()['id']}/"

    for method in (as_alice.put, as_alice.patch, as_alice.delete):
        assert method(where, {}, content_type="application/json").status_code == 405


def test_a_rhythm_is_set(as_alice):
    instrument = loaded("gad-7")

    kept = as_alice.put(
        f"/api/v1/instruments/{instrument.pk}/cadence/", {"every_days": 14}, content_type="application/json"
    )

    assert kept.json()["every_days"] == 14
    assert Cadence.objects.get().slug == "gad-7"


def test_a_rhythm_shorter_than_what_is_asked_about_is_refused(as_alice):
    where = f"/api/v1/instruments/{loaded('bam-r').pk}/cadence/"

    assert as_alice.put(where, {"every_days": 7}, content_type="application/json").status_code == 409


def test_the_list_is_paged_and_newest_first(as_alice):
    instrument = loaded("gad-7")
    for worry in (1, 2):
        send(as_alice, instrument, dict.fromkeys("1234567", worry))

    found = as_alice.get("/api/v1/measures/").json()["results"]

    assert [each["scores"]["total"] for each in found] == [14, 7]
    assert Instrument.objects.count() == 1


def test_the_questionnaires_are_listed_in_the_same_few_queries_for_one_and_for_four(as_alice):
    loaded("gad-7")
    as_alice.get("/api/v1/instruments/")
    with CaptureQueriesContext(connection) as one:
        as_alice.get("/api/v1/instruments/")
    for slug in ("bam-r", "phq-2"):
        loaded(slug)
    call_command("load_instrument")

    with CaptureQueriesContext(connection) as four:
        listed = as_alice.get("/api/v1/instruments/").json()

    assert len(listed) == 4
    assert len(four) == len(one)


def test_the_list_of_measures_loads_no_questionnaire_and_asks_the_same_for_many(as_alice):
    instrument = loaded("gad-7")
    send(as_alice, instrument, dict.fromkeys("1234567", 1))
    with CaptureQueriesContext(connection) as one:
        as_alice.get("/api/v1/measures/")
    for worry in (0, 1, 2, 3):
        send(as_alice, instrument, dict.fromkeys("1234567", worry))

    with CaptureQueriesContext(connection) as five:
        found = as_alice.get("/api/v1/measures/").json()["results"]

    assert len(found) == 5
    assert len(five) == len(one)
    assert not any('"questionnaire"' in query["sql"] for query in five)
