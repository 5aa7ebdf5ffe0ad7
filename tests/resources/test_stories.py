"""Stories: offered with consent, read by a curator, never traced to their author, taken back at once."""

import datetime as dt
import json
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.services import delete_account
from config.exporting import everything_of
from resources import telling
from resources.models import HelpfulMark, Story, StoryReport
from resources.models.story import DeclineReason, Pathway, as_words, words_in
from resources.story_rules import BRANDS, CONSENT, CONSENT_VERSION, against_rules

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
BODY = "I thought nobody would understand, and then somebody did. " * 5


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.text.split())


def sent(**more):
    return {"pseudonym": "Alder", "title": "A slow spring", "body": BODY, "agreed": "on", **more}


@pytest.fixture
def tell(alice):
    def told(person=alice, state=Story.State.PUBLISHED, by=None, **more):
        said = {"pseudonym": "Alder", "title": "A slow spring", "body": BODY, **more}
        story = telling.offer_story(person=person, now=timezone.now(), **said)
        if state == Story.State.PUBLISHED:
            story = telling.publish_story(
                story=story, by=by or curator(), notes=story.notes, read_at=story.changed_at, now=timezone.now()
            )
        return story

    return told


def curator():
    return User.objects.get_or_create(email="reader@example.org")[0]


def test_no_story_is_shipped_and_the_empty_page_invites(as_alice):
    assert not Story.objects.exists()

    page = as_alice.get("/stories/")

    assert "No stories here yet" in text(page)
    assert 'href="/stories/offer/"' in page.content.decode()


def test_a_stranger_without_an_account_reads_none(client, tell):
    story = tell()

    for address in ("/stories/", story.get_absolute_url()):
        assert client.get(address).status_code == 302
    assert client.get("/api/v1/stories/").status_code == 401


def test_a_story_is_kept_with_the_consent_that_was_read_and_waits(as_alice, as_charlie, alice):
    offered = as_alice.get("/stories/offer/")
    assert all(str(sentence) in text(offered) for sentence in CONSENT)

    assert as_alice.post("/stories/offer/", sent(pathways=["medication", "meetings"])).url == "/stories/mine/"

    story = Story.objects.of(alice).get()
    assert (story.state, story.consent_version) == ("waiting", CONSENT_VERSION)
    assert story.consent_text.splitlines() == [str(sentence) for sentence in CONSENT]
    assert story.pathways == ["medication", "meetings"]
    assert "Waiting to be read" in text(as_alice.get("/stories/mine/"))
    assert as_charlie.get(story.get_absolute_url()).status_code == 404
    assert "A slow spring" not in as_charlie.get("/stories/").content.decode()


def test_without_agreement_nothing_is_kept_and_what_was_typed_stays(as_alice):
    answer = as_alice.post("/stories/offer/", sent(agreed=""))

    assert answer.status_code == 422
    assert "Without your agreement" in text(answer)
    assert BODY.strip() in answer.content.decode()
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("It was 12 beers a night.", "Leave out amounts"),
        ("Two pills were never enough.", "Leave out amounts"),
        ("I took 8 mg.", "Leave out amounts"),
        ("Then they gave me Suboxone.", "brand name"),
        ("Call me at (312) 555-0142.", "numbers to call"),
        ("Write to me: someone@example.org", "numbers to call"),
        ("All of it stands on www.example.org", "numbers to call"),
    ],
)
def test_what_a_story_leaves_out_is_said_with_the_words_it_is_about(as_alice, words, asked):
    answer = as_alice.post("/stories/offer/", sent(body=BODY + words))

    assert answer.status_code == 422
    assert asked in text(answer)
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "It took me two years and 3 tries.",
        "I am on methadone, and I drive to work.",
        "Buprenorphine gave me my mornings back.",
        "Somebody gave me a hand at 7:30 on a Monday.",
        "In 2019 I was 34 and had nobody.",
        "From 2019-2021 I lived with my sister.",
    ],
)
def test_a_plain_story_of_medication_and_years_is_fine(words):
    assert against_rules(words) == []


@given(st.sampled_from(BRANDS), st.sampled_from([str.lower, str.upper, str.title]))
def test_a_brand_is_seen_however_it_is_written(brand, written):
    assert against_rules(f"They gave me {written(brand)}.")


@given(st.lists(st.sampled_from(Pathway.values), unique=True))
def test_slugs_are_read_back_as_they_were_written(slugs):
    assert words_in(as_words(slugs)) == slugs


@pytest.mark.parametrize("name", ["Alice", " alice ", "ALICE"])
def test_the_name_a_person_goes_by_is_refused(as_alice, name):
    assert "a name you go by" in text(as_alice.post("/stories/offer/", sent(pseudonym=name)))


def test_a_form_sent_twice_offers_one_story_and_three_may_wait(as_alice, alice):
    submission = uuid.uuid4()
    for _time in range(2):
        as_alice.post("/stories/offer/", sent(submission=submission))
    assert Story.objects.of(alice).count() == 1

    for _time in range(2):
        as_alice.post("/stories/offer/", sent())
    assert "Three of your stories are waiting" in text(as_alice.post("/stories/offer/", sent()))


def test_nothing_that_a_reader_gets_names_the_author(as_charlie, signed_in, tell, alice, erin):
    story = tell()
    pages = [
        *(as_charlie.get(address) for address in ("/stories/", story.get_absolute_url(), "/api/v1/stories/")),
        as_charlie.get(f"/api/v1/stories/{story.pk}/"),
        *(
            signed_in(erin).get(f"/admin/resources/story/{address}")
            for address in ("", f"{story.pk}/change/", f"{story.pk}/decide/")
        ),
    ]

    for page in pages:
        assert page.status_code == 200
        shown = page.content.decode()
        assert "Alder" in shown
        for secret in (str(alice.pk), alice.pk.hex, alice.email, "Alice"):
            assert secret not in shown


def test_a_curator_publishes_and_readers_are_told_what_it_mentions(signed_in, as_charlie, tell, erin):
    story = tell(state=Story.State.WAITING, notes=["loss"])
    answer = {"decision": "publish", "notes": ["loss", "overdose"], "read_at": story.changed_at.isoformat()}

    assert signed_in(erin).post(f"/admin/resources/story/{story.pk}/decide/", answer).status_code == 302

    page = text(as_charlie.get(story.get_absolute_url()))
    assert "It mentions an overdose, somebody's death." in page or "It mentions somebody's death, an overdose." in page


def test_a_no_needs_a_reason_which_its_author_reads_and_can_answer(signed_in, as_alice, tell, erin):
    story = tell(state=Story.State.WAITING)
    address = f"/admin/resources/story/{story.pk}/decide/"
    answer = {"decision": "decline", "read_at": story.changed_at.isoformat()}
    assert signed_in(erin).post(address, answer).status_code == 422

    assert signed_in(erin).post(address, {**answer, "reasons": ["recognized"]}).status_code == 302

    assert str(DeclineReason.RECOGNIZED.label) in text(as_alice.get("/stories/mine/"))
    as_alice.post(f"/stories/mine/{story.pk}/", sent(title="A slower spring"))
    story.refresh_from_db()
    assert (story.state, story.reasons, story.title) == ("waiting", [], "A slower spring")


def test_a_decision_is_about_the_words_that_were_read(tell, erin):
    story = tell(state=Story.State.WAITING)
    read_at = story.changed_at
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        names = ("pseudonym", "title", "stage", "pathways", "notes")
        said = {name: getattr(story, name) for name in names}
        telling.change_story(story=story, body=BODY + "And one thing more.", now=timezone.now(), **said)

    with pytest.raises(telling.ChangedMeanwhile):
        telling.publish_story(story=story, by=erin, notes=[], read_at=read_at, now=timezone.now())


def test_nobody_decides_on_a_story_of_their_own(tell, erin):
    story = tell(person=erin, state=Story.State.WAITING)

    for deed, more in ((telling.publish_story, {"notes": []}), (telling.decline_story, {"reasons": ["advice"]})):
        with pytest.raises(telling.OwnStory):
            deed(story=story, by=erin, read_at=story.changed_at, now=timezone.now(), **more)


def test_a_change_takes_a_published_story_down_until_it_is_read_again(as_alice, as_charlie, tell):
    story = tell()
    assert as_charlie.get(story.get_absolute_url()).status_code == 200

    as_alice.post(f"/stories/mine/{story.pk}/", sent(body=BODY + "And more."))

    assert as_charlie.get(story.get_absolute_url()).status_code == 404


def test_taken_back_is_gone_at_once_and_no_word_of_it_is_left(as_alice, as_charlie, signed_in, tell, charlie, erin):
    story = tell(pathways=["own"], notes=["loss"])
    telling.mark_helpful(story=story, person=charlie, helpful=True)
    telling.report_story(story=story, what="other", text="", now=timezone.now())
    assert "copy them first" in text(as_alice.get(f"/stories/mine/{story.pk}/take-back/"))

    as_alice.post(f"/stories/mine/{story.pk}/take-back/")

    kept = Story.objects.get(pk=story.pk)
    assert kept.withdrawn_at
    assert [kept.pseudonym, kept.title, kept.body, kept.stage, kept.pathway_slugs, kept.note_slugs] == [""] * 6
    assert not HelpfulMark.objects.exists()
    assert not StoryReport.objects.exists()
    assert as_charlie.get(story.get_absolute_url()).status_code == 404
    assert as_charlie.get(f"/api/v1/stories/{story.pk}/").status_code == 404
    assert "A slow spring" not in signed_in(erin).get("/admin/resources/story/").content.decode()
    assert as_alice.get(f"/stories/mine/{story.pk}/").status_code == 404
    with pytest.raises(telling.TakenBack):
        telling.publish_story(story=story, by=erin, notes=[], read_at=story.changed_at, now=timezone.now())


def test_a_deleted_account_takes_its_stories_and_its_marks_along(as_charlie, tell, alice, charlie):
    story, other = tell(), tell(person=charlie)
    telling.mark_helpful(story=other, person=alice, helpful=True)
    assert "is taken down and deleted with it" in text(as_charlie.get("/you/data/"))

    delete_account(person=alice)

    assert as_charlie.get(story.get_absolute_url()).status_code == 404
    assert list(Story.objects.all()) == [other]
    assert not HelpfulMark.objects.exists()


def test_the_copy_of_ones_data_holds_the_story_and_no_curator(tell, alice, erin):
    tell(by=erin)

    copy = json.dumps(everything_of(alice, now=timezone.now()), default=str)

    assert "A slow spring" in copy
    assert str(erin.pk) not in copy


def test_stories_are_narrowed_by_stage_and_pathway(as_charlie, tell):
    tell(title="First", stage="early-sobriety", pathways=["medication"])
    tell(title="Second", stage="seeking-help", pathways=["own", "meetings"])

    def titles(query):
        shown = BeautifulSoup(as_charlie.get(f"/stories/{query}").content, "html.parser").select("article h2")
        found = as_charlie.get(f"/api/v1/stories/{query}").json()["results"]
        assert sorted(each["title"] for each in found) == sorted(each.text for each in shown)
        return {each.text for each in shown}

    assert titles("?pathway=medication") == {"First"}
    assert titles("?stage=seeking-help&pathway=own") == {"Second"}
    assert titles("?stage=early-sobriety&pathway=own") == set()
    assert titles("?pathway=own-nothing") == {"First", "Second"}
    assert "None like this yet" in text(as_charlie.get("/stories/?stage=early-sobriety&pathway=own"))


def test_helpful_counts_once_a_person_and_can_be_taken_back(as_alice, as_charlie, tell):
    story = tell()
    for _time in range(2):
        as_charlie.post(f"/stories/{story.pk}/helpful/", {"helpful": "yes"})
    assert "1 person found this helpful" in text(as_charlie.get("/stories/"))

    assert "It is for others" in text(as_alice.post(f"/stories/{story.pk}/helpful/", follow=True))
    assert HelpfulMark.objects.count() == 1
    as_charlie.post(f"/stories/{story.pk}/helpful/", {"helpful": "no"})
    assert "found this helpful" not in text(as_charlie.get(story.get_absolute_url()))


def test_a_report_reaches_the_curators_without_who_sent_it(as_charlie, charlie, signed_in, tell, erin):
    story = tell()
    assert as_charlie.post(f"/stories/{story.pk}/report/", {}).status_code == 422

    as_charlie.post(f"/stories/{story.pk}/report/", {"what": "recognized", "text": "The town is named."})

    shown = signed_in(erin).get(f"/admin/resources/story/{story.pk}/decide/").content.decode()
    assert "The town is named." in shown
    assert charlie.email not in shown
    telling.decline_story(story=story, by=erin, reasons=["recognized"], read_at=story.changed_at, now=timezone.now())
    assert StoryReport.objects.get().result == "taken_down"
    assert as_charlie.get(story.get_absolute_url()).status_code == 404


def test_the_list_costs_the_same_queries_for_one_and_for_many(as_charlie, tell):
    tell()
    as_charlie.get("/stories/")
    with CaptureQueriesContext(connection) as one:
        as_charlie.get("/stories/")
    for _time in range(12):
        tell()

    with CaptureQueriesContext(connection) as many:
        as_charlie.get("/stories/")

    assert len(many) == len(one)


def test_the_api_offers_changes_and_takes_back(as_alice, alice):
    def send(method, path, body=None):
        return getattr(as_alice, method)(f"/api/v1/own-stories/{path}", body, content_type="application/json")

    body = {**sent(), "agreed": True, "pathways": ["medication"], "stage": "early-sobriety"}
    made = send("post", "", body).json()
    assert (made["state"], made["pathways"]) == ("waiting", ["medication"])
    assert send("post", "", {**body, "agreed": False}).status_code == 400
    assert send("post", "", {**body, "stage": "no-such-stage"}).status_code == 400
    assert send("post", "", {**body, "body": BODY + "It was 12 beers."}).status_code == 409
    assert send("put", f"{made['id']}/", {**body, "title": "Another"}).json()["title"] == "Another"
    assert send("post", f"{made['id']}/withdraw/").json()["body"] == ""
    assert send("put", f"{made['id']}/", body).status_code == 409
