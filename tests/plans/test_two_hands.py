"""Two hands on one plan: nothing is lost, or the second is told and shown both texts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts import keys
from plans.models import PlanRevision, Reason, Strategy
from plans.services.content import read
from tests.plans.factories import ContactFactory, ReasonFactory, StrategyFactory, TriggerFactory

both = pytest.mark.django_db(databases=["default", "keys"])
JSON = "application/json"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@both
def test_the_second_hand_sees_both_texts_and_may_still_save_its_own(as_alice, alice):
    row = StrategyFactory(person=alice, name="Walk")
    url = row.get_absolute_url()
    version = soup(as_alice.get(url)).select_one("[name=version]")["value"]
    as_alice.post(url, {"name": "Walk to the river", "version": version})

    refused = as_alice.post(url, {"name": "Walk with the dog", "minutes": "20", "version": version})
    page = soup(refused)
    typed = {field["name"]: field.get("value", "") for field in page.select("form.stack input[name]")}
    saved = as_alice.post(url, {**typed, "where": ""})

    assert refused.status_code == 422
    assert "changed somewhere else" in page.select_one("[role=alert]").get_text()
    assert "Walk to the river" in page.select_one("[aria-labelledby=theirs]").get_text()
    assert (typed["name"], typed["minutes"]) == ("Walk with the dog", "20")
    assert saved.status_code == 302
    assert _name(alice) == "Walk with the dog"
    # The text that was replaced knowingly still stands in a version.
    with keys.ring_of(alice.pk):
        said = [read(each)["strategies"][0]["name"] for each in PlanRevision.objects.of(alice)]
    assert {"Walk to the river", "Walk with the dog"} <= set(said)


def _name(person):
    with keys.ring_of(person.pk):
        return Strategy.objects.of(person).get().name


@both
@pytest.mark.parametrize(
    ("factory", "typed"),
    [
        (TriggerFactory, {"name": "Mine", "category": "stress", "impact": "7"}),
        (ContactFactory, {"name": "Mine", "number": "988"}),
        (ReasonFactory, {"text": "Mine"}),
    ],
)
def test_every_form_of_the_plan_tells_of_the_other_hand(factory, typed, as_alice, alice):
    row = factory(person=alice)
    as_alice.post(row.get_absolute_url(), {**typed, "version": "1"})

    refused = as_alice.post(row.get_absolute_url(), {**typed, "version": "1", next(iter(typed)): "Other"})

    assert refused.status_code == 422
    assert "Mine" in soup(refused).select_one("[aria-labelledby=theirs]").get_text()


@both
def test_a_row_that_is_gone_leaves_the_words_in_the_form(as_alice, alice):
    row = ReasonFactory(person=alice)
    Reason.objects.filter(pk=row.pk).delete()

    assert as_alice.post(row.get_absolute_url(), {"text": "Kept", "version": "1"}).status_code == 404


@both
def test_the_api_wants_the_version_and_shows_both_when_it_is_stale(as_alice, alice):
    url = f"/api/v1/reasons/{ReasonFactory(person=alice, text='First').pk}/"
    tag = as_alice.get(url)["ETag"]

    missing = [getattr(as_alice, verb)(url, {"text": "x"}, content_type=JSON) for verb in ("put", "patch", "delete")]
    saved = as_alice.patch(url, {"text": "Second"}, content_type=JSON, headers={"If-Match": tag})
    stale = as_alice.patch(url, {"text": "Third"}, content_type=JSON, headers={"If-Match": tag})
    strange = as_alice.delete(url, headers={"If-Match": "*"})

    assert [answer.status_code for answer in missing] == [428, 428, 428]
    assert (tag, saved.status_code, saved["ETag"]) == ('"1"', 200, '"2"')
    assert (stale.status_code, stale["ETag"]) == (412, '"2"')
    assert stale.json()["current"]["text"] == "Second"
    assert stale.json()["yours"] == {"text": "Third"}
    assert strange.status_code == 412
    assert as_alice.get(url).json()["text"] == "Second"


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.postgres
def test_100_saves_at_once_by_two_hands_are_kept_or_told_of(alice):
    row = StrategyFactory(person=alice, name="Start")
    hands = [Client(), Client()]
    for hand in hands:
        hand.force_login(alice)
    cookies = [hand.cookies for hand in hands]

    def save(number: int) -> tuple[str, int]:
        name, hand = f"Text {number}", Client()
        hand.cookies = cookies[number % 2]
        try:
            # Each reads the form as a person does, and saves against what it showed; half write a row of their own.
            if number % 4 < 2:
                return name, hand.post(reverse("plans:reason-add"), {"text": name}).status_code
            version = soup(hand.get(row.get_absolute_url())).select_one("[name=version]")["value"]
            return name, hand.post(row.get_absolute_url(), {"name": name, "version": version}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(save, range(100)))

    saved = {name for name, code in answers if code == 302}
    told = {name for name, code in answers if code == 422}
    with keys.ring_of(alice.pk):
        versions = [read(each) for each in PlanRevision.objects.of(alice)]
    kept = {each["name"] for version in versions for each in version["strategies"]}
    kept |= {each["text"] for version in versions for each in version["reasons"]}
    assert len(saved) + len(told) == 100
    assert saved == kept - {"Start"}
    assert Reason.objects.of(alice).count() == 50
    assert Strategy.objects.of(alice).get().version == 1 + len(saved) - 50
    numbers = sorted(PlanRevision.objects.of(alice).values_list("number", flat=True))
    assert numbers == list(range(1, len(saved) + 1))
