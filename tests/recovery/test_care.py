"""A time in care and the way home: days that can be true, six parts, and a card about what the body handles after."""

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys
from recovery.handover import FIELDS, PARTS, in_risky_days, open_parts
from recovery.models import CareEpisode
from recovery.safety_texts import LEAVING
from recovery.services import CareTooFar, EndsBeforeStart, SubmissionTaken, begin_care, note_use, plan_handover
from tests.plans.factories import ContactFactory

database = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC)  # Thursday the 12th, 8 pm in Chicago
TODAY = dt.date(2025, 6, 12)


@pytest.fixture
def evening(alice):
    alice.country = "US"
    alice.save(update_fields=["country"])
    with time_machine.travel(NOW, tick=False), keys.ring_of(alice.pk):
        yield alice


def days(number):
    return dt.timedelta(days=number)


def care_of(person, kind="detox", ends=2, **more):
    ended_on = None if ends is None else TODAY + days(ends)
    return begin_care(person=person, kind=kind, started_on=TODAY - days(60), ended_on=ended_on, now=NOW, **more)


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=5)))
def test_a_part_is_open_until_it_has_words(kept):
    missing = open_parts(kept)

    assert {part.field for part in missing} == {name for name in FIELDS if not kept.get(name, "").strip()}
    assert missing == [part for part in PARTS if part in missing]


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2090, 1, 1)), st.integers(-400, 400))
def test_the_first_thirty_days_are_the_risky_ones(ended_on, after):
    assert in_risky_days(ended_on, ended_on + days(after)) == (0 <= after < 30)
    assert not in_risky_days(None, ended_on)


@database
def test_it_is_written_down_and_the_way_home_is_made_ready_part_by_part(as_alice, evening):
    as_alice.post("/care/add/", {"kind": "detox", "place": "Riverside", "started_on": "2025-06-10"})
    care = CareEpisode.objects.of(evening).get()
    assert "0 of 6 ready" in text(as_alice.get(f"/care/{care.pk}/"))

    as_alice.post(
        f"/care/{care.pk}/handover/",
        {"first_visit": "Dr. Ngo, 9:30", "first_visit_on": "2025-06-17", "naloxone": "Kitchen drawer, Dana knows"},
    )
    page = text(as_alice.get(f"/care/{care.pk}/"))

    assert "2 of 6 ready" in page
    assert "Dr. Ngo, 9:30 Tuesday, June 17, 2025" in page
    assert "Kitchen drawer, Dana knows" in page
    with keys.ring_of(None):
        kept = CareEpisode.objects.of(evening).get()
        assert {str(kept.place), str(kept.first_visit), str(kept.naloxone)} == {"locked"}


@database
def test_days_that_cannot_be_are_refused_and_the_words_stay(as_alice, evening):
    sent = {"kind": "inpatient", "place": "Riverside", "started_on": "2025-06-10", "ended_on": "2025-06-09"}
    response = as_alice.post("/care/add/", sent)

    assert response.status_code == 422
    assert "The last day comes before the first" in text(response)
    assert "Riverside" in response.content.decode()
    assert not CareEpisode.objects.of(evening).exists()
    with pytest.raises(EndsBeforeStart):
        care_of(evening, ends=-61)
    with pytest.raises(CareTooFar):
        care_of(evening, ends=400)
    with pytest.raises(CareTooFar):
        plan_handover(care=care_of(evening), first_visit_on=TODAY + days(367), now=NOW)


@database
def test_a_form_sent_twice_is_one_episode(evening):
    sent = uuid.uuid4()
    assert care_of(evening, submission=sent) == care_of(evening, submission=sent)

    with pytest.raises(SubmissionTaken):
        care_of(evening, submission=sent, place="Elsewhere")


@database
@pytest.mark.parametrize("kind", ["detox", "inpatient", "custody", "medication"])
def test_where_the_body_handles_less_the_card_stands_with_its_review(as_alice, evening, kind):
    page = text(as_alice.get(f"/care/{care_of(evening, kind).pk}/"))

    for line in LEAVING.lines:
        assert str(line) in page
    assert "awaiting clinical review" in page
    assert "Never Use Alone" in page
    assert "Call 911" in page


@database
def test_outpatient_treatment_says_nothing_about_what_the_body_handles(as_alice, evening):
    assert str(LEAVING.title) not in text(as_alice.get(f"/care/{care_of(evening, 'outpatient').pk}/"))


@database
def test_medication_has_no_way_home_to_plan_and_no_end(as_alice, evening):
    page = text(as_alice.get(f"/care/{care_of(evening, 'medication', ends=None).pk}/"))

    assert "There is no day by which medication has to end" in page
    assert "of 6" not in page


@database
@pytest.mark.parametrize(
    ("kind", "ends", "said"),
    [
        ("detox", 7, "Is the way home ready?"),
        ("detox", 8, None),
        ("custody", 0, "Your body handles much less now"),
        ("inpatient", -29, "Your body handles much less now"),
        ("inpatient", -30, None),
        ("outpatient", -1, None),
        ("medication", -1, "Your body handles much less now"),
        ("medication", 3, None),
        ("detox", None, None),
    ],
)
def test_today_asks_before_it_ends_and_says_what_changed_after(as_alice, evening, kind, ends, said):
    care = care_of(evening, kind, ends)
    page = as_alice.get("/today/").content.decode()

    both = {"Is the way home ready?", "Your body handles much less now"}
    assert {words for words in both if words in page} == ({said} if said else set())
    assert (care.get_absolute_url() in page) == bool(said)


@database
def test_after_a_noted_use_today_has_that_card_alone(as_alice, evening):
    care_of(evening, ends=-1)
    note_use(person=evening, day=TODAY, now=NOW)

    page = text(as_alice.get("/today/"))
    assert "The days after" in page
    assert "Your body handles much less now" not in page


@database
def test_the_sheet_has_the_people_and_the_numbers_and_no_name(as_alice, evening):
    ContactFactory(person=evening, name="Denise")
    care = care_of(evening)
    plan_handover(care=care, first_visit_on=None, first_hours="Dana picks me up\nSoup", now=NOW)

    page = text(as_alice.get(f"/care/{care.pk}/print/"))
    assert "Denise" in page
    assert "Soup" in page
    assert "911" in page
    assert "Alice" not in page


@database
def test_the_api_keeps_the_same_and_a_part_that_is_not_sent_stays(as_alice, as_charlie, evening):
    made = as_alice.post(
        "/api/v1/care-episodes/", {"kind": "inpatient", "started_on": "2025-06-01"}, content_type="application/json"
    ).json()
    address = f"/api/v1/care-episodes/{made['id']}/"
    as_alice.put(f"{address}handover/", {"safe_place": "At Dana's"}, content_type="application/json")
    kept = as_alice.put(f"{address}handover/", {"naloxone": "My bag"}, content_type="application/json").json()

    assert kept["ready"] == 2
    assert kept["handover"]["safe_place"] == "At Dana's"
    refused = as_alice.patch(address, {"ended_on": "2025-05-01"}, content_type="application/json")
    assert (refused.status_code, refused.json()["detail"][:12]) == (409, "The last day")
    assert as_charlie.get(address).status_code == 404
    assert as_charlie.put(f"{address}handover/", {"naloxone": "x"}, "application/json").status_code == 404
    assert as_alice.delete(address).status_code == 204
    assert not CareEpisode.objects.of(evening).exists()


@database
def test_removing_asks_once(as_alice, evening):
    care = care_of(evening)
    assert "Remove this for good?" in text(as_alice.get(f"/care/{care.pk}/remove/"))

    as_alice.post(f"/care/{care.pk}/remove/")
    assert not CareEpisode.objects.of(evening).exists()
