"""Private pages: the journal, thoughts looked at, two sides weighed. Only their owner finds them."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import keys
from plans import services
from plans.models import JournalEntry, ThoughtRecord, Weighing
from plans.services.tools import SubmissionTaken
from plans.services.triggers import NothingSaid
from tests.plans.factories import WHEN

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def api(client, method, path, **body):
    return getattr(client, method)(f"/api/v1/{path}", body or None, content_type="application/json")


PAGES = {
    "entry": (JournalEntry, {"text": "It was warm.", "prompt": "Who was kind?", "mood": "4"}),
    "thought": (ThoughtRecord, {"thought": "One won't matter.", "instead": "It did before.", "before": "8"}),
    "weighing": (Weighing, {"use_gives": "Quiet", "use_costs": "Saturdays", "change_gives": "Mornings"}),
}


@pytest.mark.parametrize("noun", PAGES)
def test_a_page_is_written_found_again_changed_and_removed(as_alice, alice, noun):
    model, said = PAGES[noun]
    submission = str(uuid.uuid4())

    for _ in range(2):
        response = as_alice.post(reverse(f"plans:{noun}-add"), {**said, "submission": submission})
    page = model.objects.of(alice).get()
    words = [value for value in said.values() if not value.isdigit() and value != "Quiet"]

    assert response.url == reverse(f"plans:{noun}-list")
    assert all(word in soup(as_alice.get(response.url)).get_text() for word in words)
    assert services.days_lit(alice) == 1
    first = next(iter(said))
    changed = {**said, first: "Other words", "submission": str(uuid.uuid4())}
    assert as_alice.post(page.get_absolute_url(), changed).status_code == 302
    page = model.objects.of(alice).get()
    with keys.ring_of(alice.pk):
        assert getattr(page, first) == "Other words"
    assert str(page.submission) == submission

    as_alice.post(reverse(f"plans:{noun}-remove", args=[page.pk]))

    assert not model.objects.exists()
    assert services.days_lit(alice) == 0


@pytest.mark.parametrize("noun", PAGES)
def test_an_empty_page_is_turned_away_with_what_was_typed(as_alice, noun):
    model, _said = PAGES[noun]

    response = as_alice.post(
        reverse(f"plans:{noun}-add"), {"submission": str(uuid.uuid4()), "prompt": "Who was kind?", "feeling": "Low"}
    )

    assert response.status_code == 422
    assert not model.objects.exists()
    if noun == "thought":
        assert soup(response).select_one("input[name=feeling]")["value"] == "Low"


@pytest.mark.parametrize("noun", PAGES)
def test_a_page_is_not_there_for_a_stranger(as_charlie, alice, noun):
    model, said = PAGES[noun]
    words = {name: value for name, value in said.items() if not value.isdigit()}
    page = services.write(model, person=alice, submission=uuid.uuid4(), now=WHEN, **words)

    assert as_charlie.get(page.get_absolute_url()).status_code == 404
    assert as_charlie.post(reverse(f"plans:{noun}-remove", args=[page.pk])).status_code == 404
    assert next(iter(words.values())) not in as_charlie.get(reverse(f"plans:{noun}-list")).content.decode()


def test_the_database_holds_no_word_of_the_journal(alice):
    services.write(JournalEntry, person=alice, submission=uuid.uuid4(), now=WHEN, text="marmalade")

    with connection.cursor() as cursor:
        cursor.execute("SELECT text, prompt FROM plans_journalentry")
        assert "marmalade" not in repr(cursor.fetchall())


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("cafe", {"Café"}), ("WARM dana", {"Café"}), ("kind", {"Tea"}), ("nothing", set()), ("", {"Café", "Tea"})],
)
def test_a_search_finds_every_word_in_any_case_and_accent(as_alice, alice, charlie, wanted, found):
    for person, text, prompt in (
        (alice, "Café with Dana. It was warm.", ""),
        (alice, "Tea", "Who was kind?"),
        (charlie, "Strange café, warm, Dana, kind", ""),
    ):
        services.write(JournalEntry, person=person, submission=uuid.uuid4(), now=WHEN, text=text, prompt=prompt)

    response = as_alice.post(reverse("plans:entry-search"), {"q": wanted})
    text = soup(response).get_text()

    assert {word for word in ("Café", "Tea", "Strange") if word in text} == found
    assert "q=" not in str(soup(response).select("a"))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\x00" not in text))
def test_whatever_was_written_is_found_by_its_own_words(alice, text):
    page = services.write(JournalEntry, person=alice, submission=uuid.uuid4(), now=WHEN, text=text)

    with keys.ring_of(alice.pk):
        assert page in services.search_journal(alice, text)


def test_the_same_submission_with_other_words_is_refused(alice):
    page = services.write(JournalEntry, person=alice, submission=uuid.uuid4(), now=WHEN, text="First")

    with keys.ring_of(alice.pk), pytest.raises(SubmissionTaken):
        services.write(JournalEntry, person=alice, submission=page.submission, now=WHEN, text="Second")
    with pytest.raises(NothingSaid):
        services.rewrite(page, text="  ")


def test_help_quotes_the_newest_weighing_and_not_what_using_gives(as_alice, alice, as_charlie):
    for costs, now in (("Old cost", WHEN), ("Saturdays with Teo", WHEN + timedelta(days=1))):
        services.write(
            Weighing,
            person=alice,
            submission=uuid.uuid4(),
            now=now,
            use_gives="Quiet for an hour",
            use_costs=costs,
            change_gives="Clear mornings",
        )

    text = soup(as_alice.get("/help/")).get_text()

    assert "Saturdays with Teo" in text
    assert "Clear mornings" in text
    assert "Quiet for an hour" not in text
    assert "Old cost" not in text
    assert "weighed" not in soup(as_charlie.get("/help/")).get_text()


def test_a_question_to_start_from_is_picked_by_number(as_alice):
    page = soup(as_alice.get("/tools/journal/add/?pick=2"))

    assert page.select_one("input[name=prompt]")["value"] == "Who was kind?"


@pytest.mark.parametrize(
    ("path", "said", "changed"),
    [
        ("journal/", {"text": "Warm", "mood": 4}, {"text": "Warmer"}),
        ("thought-records/", {"thought": "One won't matter", "before": 8}, {"instead": "It did before"}),
        ("weighings/", {"use_costs": "Saturdays"}, {"change_gives": "Mornings"}),
    ],
)
def test_pages_are_kept_over_the_api_by_the_same_services(as_alice, as_charlie, alice, path, said, changed):
    made = api(as_alice, "post", path, submission=str(uuid.uuid4()), **said)
    row = path + made.json()["id"] + "/"

    assert made.status_code == 201
    assert services.days_lit(alice) == 1
    assert api(as_charlie, "get", row).status_code == 404
    after = api(as_alice, "patch", row, **changed).json()
    assert {name: after[name] for name in (said | changed)} == said | changed
    assert api(as_alice, "post", path, submission=str(uuid.uuid4())).status_code in {400, 409}
    assert api(as_alice, "delete", row).status_code == 204
    assert services.days_lit(alice) == 0


def test_the_journal_is_searched_over_the_api(as_alice, alice):
    services.write(JournalEntry, person=alice, submission=uuid.uuid4(), now=WHEN, text="Café")

    assert [row["text"] for row in api(as_alice, "post", "journal/search/", q="cafe").json()["results"]] == ["Café"]


def test_a_day_of_a_page_is_the_persons_own(alice):
    late = datetime.fromisoformat("2026-06-13T03:30:00+00:00")

    page = services.write(JournalEntry, person=alice, submission=uuid.uuid4(), now=late, text="Late")

    assert page.day == date(2026, 6, 12)
