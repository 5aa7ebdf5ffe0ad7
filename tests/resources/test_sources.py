"""Sources on the curator's desk: a file is looked at before anything is done, and what is held waits."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from resources import services, tasks
from resources.models import ImportRun, Listing, Source
from tests.resources.feeding import feed, make_source, meeting, run_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SOURCE = {
    "name": "Springfield", "format": "meeting_guide", "url": "https://example.org/feed.json", "every_hours": "6",
    "default_country": "us", "default_tz": "America/New_York", "default_language": "EN", "trust": "shown",
    "secrets": "hide", "mapping": "name = Meeting Name\nday = Wann",
}  # fmt: skip


def hand_over(client, source, payload):
    url = reverse("resources:source-detail", args=[source.pk])
    return client.post(url, {"file": SimpleUploadedFile("feed.json", payload)})


def decide(client, run, deed):
    return client.post(reverse(f"resources:run-{deed}", args=[run.pk]), follow=True).content.decode()


def test_a_source_is_added_and_changed(as_erin):
    response = as_erin.post(reverse("resources:source-new"), SOURCE)

    source = Source.objects.get(name="Springfield")
    assert response.url == reverse("resources:source-detail", args=[source.pk])
    assert (source.kind, source.default_country, source.default_language) == ("feed", "US", "en")
    assert source.mapping == {"name": "Meeting Name", "day": "Wann"}
    Source.objects.update(etag='"1"')
    as_erin.post(reverse("resources:source-edit", args=[source.pk]), {**SOURCE, "url": ""})
    source.refresh_from_db()
    assert (source.kind, source.etag) == ("file", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"format": "directory"}, {"format": "xml"}, {"url": "not an address"}, {"every_hours": "-1"},
        {"every_hours": "9999"}, {"default_country": "USA"}, {"default_tz": "Mars"}, {"default_language": "xx"},
        {"mapping": "nom = Name"}, {"trust": "blind"}, {"secrets": "shout"},
    ],
)  # fmt: skip
def test_a_source_that_makes_no_sense_is_asked_for_again_with_what_was_typed(as_erin, wrong):
    response = as_erin.post(reverse("resources:source-new"), SOURCE | {"licence": "CC0"} | wrong)

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("[role=alert]")
    assert page.select_one("[name=licence]")["value"] == "CC0"
    assert not Source.objects.filter(licence="CC0").exists()


def test_a_file_is_looked_at_first_and_done_once_somebody_says_so(as_erin):
    source = make_source()

    response = hand_over(as_erin, source, feed(meeting("a"), meeting("b", time="late")))

    run = ImportRun.objects.get()
    page = as_erin.get(response.url).content.decode()
    assert (run.state, Listing.objects.count()) == ("preview", 0)
    assert "“late” is no time of day." in page
    decide(as_erin, run, "approve")
    tasks.carry_out(run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.approved_by.is_curator, Listing.objects.count()) == ("done", True, 1)
    tasks.carry_out(run_id=str(run.pk))
    assert Listing.objects.count() == 1
    decide(as_erin, run, "undo")
    assert Listing.objects.count() == 0


def test_a_file_that_cannot_be_read_says_why(as_erin):
    response = hand_over(as_erin, make_source(), b"<html>Checking your browser</html>")

    assert "This is a web page, not a feed." in as_erin.get(response.url).content.decode()


def test_no_file_is_asked_for_again(as_erin):
    url = reverse("resources:source-detail", args=[make_source().pk])

    assert as_erin.post(url).status_code == 422
    assert as_erin.post(url, {"file": SimpleUploadedFile("x", b"")}).status_code == 422


def test_a_held_run_waits_on_the_list_with_its_reason_and_can_be_thrown_away(as_erin):
    source = make_source()
    rows = [meeting(f"m-{n}", name=f"Meeting {n}") for n in range(30)]
    run_file(source, feed(*rows))
    run = run_file(source, feed(*rows[:20]))

    page = as_erin.get(reverse("resources:source-list")).content.decode()
    decide(as_erin, run, "drop")

    run.refresh_from_db()
    assert "10 of 30 entries are no longer in the file." in page
    assert (run.state, run.payload) == ("dropped", None)
    assert "This has been decided already." in decide(as_erin, run, "approve")


def test_what_is_no_longer_in_a_source_is_listed(as_erin):
    source = make_source()
    run_file(source, feed(meeting("a"), meeting("b", name="The Gone Door")))
    run_file(source, feed(meeting("a")))

    page = as_erin.get(reverse("resources:source-detail", args=[source.pk])).content.decode()

    assert "The Gone Door" in page


def test_a_run_under_way_shows_how_far_it_is_and_asks_again(as_erin):
    run = ImportRun.objects.create(source=make_source(), rows=200, seen=50)

    url = reverse("resources:run-detail", args=[run.pk])
    page = BeautifulSoup(as_erin.get(url).content, "html.parser")
    part = as_erin.get(url, headers={"HX-Request": "true"}).content.decode()

    assert page.select_one("progress")["value"] == "50"
    assert page.select_one("[hx-get]")["hx-get"] == url
    assert "<html" not in part
    assert "50 of 200 rows" in part


def test_an_older_preview_makes_way_for_a_newer_file(as_erin):
    source = make_source()
    hand_over(as_erin, source, feed(meeting("a")))
    hand_over(as_erin, source, feed(meeting("b")))

    assert sorted(ImportRun.objects.values_list("state", flat=True)) == ["dropped", "preview"]


def test_while_a_source_is_read_another_file_is_told_to_wait(as_erin):
    source = make_source()
    services.feeds.importing.begin(source=source, payload=feed(meeting("a")), by=None, now=timezone.now())

    response = hand_over(as_erin, source, feed(meeting("b")))

    assert response.status_code == 422
    assert "is being read just now" in response.content.decode()


def test_the_list_of_sources_costs_the_same_however_many_there_are(as_erin, django_assert_max_num_queries):
    for number in range(12):
        make_source(f"s-{number}")

    with django_assert_max_num_queries(12):
        as_erin.get(reverse("resources:source-list"))
