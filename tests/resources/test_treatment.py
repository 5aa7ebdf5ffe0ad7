"""Treatment compared: corrected facts with their sources, open to everyone, never an end date for medication."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from resources import services
from resources.models import TreatmentReview
from resources.treatment import BY_SLUG, EVERYWHERE, OPTIONS, questions_for

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def words(answer):
    return answer.content.decode().replace("&#x27;", "'")


def test_every_kind_says_what_it_is_who_for_what_to_ask_and_what_to_be_careful_about():
    for option in OPTIONS:
        said = (option.what, option.who, option.length, option.evidence, option.source)
        assert all((*said, option.questions, option.cautions))


def test_a_visitor_reads_all_of_them_side_by_side(client):
    page = words(client.get("/treatment/"))

    assert all(str(option.title) in page and str(option.what) in page for option in OPTIONS)
    assert "/before-you-stop/" in page


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_page_has_its_cautions_questions_source_and_state(client, slug):
    option = BY_SLUG[slug]

    page = words(client.get(f"/treatment/{slug}/"))

    assert all(str(line) in page for line in (*option.cautions, *questions_for(option)))
    assert "Source:" in page
    assert "Awaiting clinical review." in page


def test_rapid_detox_is_called_not_recommended_and_leads_to_no_list_of_places(client):
    page = words(client.get("/treatment/rapid-detox/"))

    assert "not recommended" in page
    assert "?kind=treatment" not in page


def test_medication_has_no_time_limit_here(client):
    page = words(client.get("/treatment/opioid-medication/"))

    assert "There is no recommended time limit, and no end date is needed." in page


def test_the_sheet_has_every_question_and_no_name(as_alice, alice):
    page = words(as_alice.get("/treatment/residential/?print=1"))

    assert all(str(line) in page for line in (*BY_SLUG["residential"].questions, *EVERYWHERE))
    assert str(alice.called or "Alice") not in page.split("<main", 1)[1]


def test_what_is_not_there_is_not_there(client):
    assert client.get("/treatment/natural-detox/").status_code == 404


def test_every_kind_waits_for_a_reviewer_and_a_changed_word_waits_again():
    assert set(TreatmentReview.objects.values_list("slug", flat=True)) == set(BY_SLUG)
    review = TreatmentReview.objects.get(slug="detox")
    review.reviewer, review.reviewed_on = "Dr. Ada Osei, addiction medicine", date(2026, 11, 20)

    services.sign_text(review=review)

    assert services.review_of(BY_SLUG["detox"]) == review
    assert services.review_of(replace(BY_SLUG["detox"], evidence="Something else.")) is None


def test_an_administrator_signs_and_a_curator_reads(make_user, signed_in, as_erin, client):
    admin = signed_in(make_user("root", is_staff=True, is_superuser=True))
    address = reverse("admin:resources_treatmentreview_change", args=[TreatmentReview.objects.get(slug="detox").pk])
    said = {"reviewer": "Dr. Ada Osei", "reviewed_on": "2026-11-20"}

    assert b"Detox alone is not treatment" in as_erin.get(address).content
    assert as_erin.post(address, said).status_code == 403

    admin.post(address, said)

    assert "Reviewed by Dr. Ada Osei on November 20, 2026." in words(client.get("/treatment/detox/"))


def test_over_the_api_they_read_the_same(as_alice):
    found = as_alice.get("/api/v1/treatments/").json()

    assert [each["slug"] for each in found] == list(BY_SLUG)
    assert as_alice.get("/api/v1/treatments/detox/").json()["cautions"][0].startswith("Detox alone")
    assert as_alice.get("/api/v1/treatments/none/").status_code == 404
