"""Trust: checks that are written once, numbers of last resort that stay, and reports that name nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.exceptions import Refusal
from resources import services, tasks
from resources.exceptions import AppendOnly, FloorLine, HasHistory, NotReady, TooMany
from resources.models import FLOOR, Listing, Report, Verification
from tests.resources.factories import AccessFactory, ListingFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = datetime(2026, 6, 9, 15, tzinfo=UTC)
DAY = NOW.date()


def check(listing, by, **changes):
    fields = {"verified_on": DAY, "method": "phone", "outcome": "ok", "now": NOW, **changes}
    return services.verify(listing=listing, by=by, **fields)


@pytest.mark.parametrize(("kind", "days"), [("hotline", 30), ("treatment", 90), ("meeting", 180), ("community", 180)])
def test_a_check_holds_as_long_as_its_kind_allows(erin, kind, days):
    listing = ListingFactory(kind=kind)

    check(listing, erin)

    listing.refresh_from_db()
    assert (listing.checked_on, listing.due_on) == (DAY, DAY + timedelta(days=days))
    assert not listing.is_overdue(DAY + timedelta(days=days))
    assert listing.is_overdue(DAY + timedelta(days=days + 1))


def test_a_check_that_settled_nothing_leaves_the_last_one_standing(erin):
    listing = ListingFactory()
    check(listing, erin, verified_on=DAY - timedelta(days=3))

    check(listing, erin, outcome="unreachable")

    assert listing.checked_on == DAY - timedelta(days=3)
    assert listing.verifications.count() == 2


def test_an_older_check_written_down_late_does_not_replace_a_newer_one(erin):
    listing = ListingFactory()
    check(listing, erin)

    check(listing, erin, verified_on=DAY - timedelta(days=9))

    assert listing.checked_on == DAY


def test_a_check_on_a_day_to_come_is_refused(erin):
    with pytest.raises(NotReady):
        check(ListingFactory(), erin, verified_on=DAY + timedelta(days=2))


def test_what_has_closed_goes_back_to_the_drafts(erin):
    listing = ListingFactory()

    check(listing, erin, outcome="closed")

    assert (listing.state, listing.status) == ("draft", "permanently_closed")
    with pytest.raises(NotReady):
        services.publish(listing=listing)


def test_a_check_can_be_neither_changed_nor_deleted(erin):
    made = check(ListingFactory(), erin)
    made.note = "Another story."

    for deed in (
        made.save,
        made.delete,
        Verification.objects.all().delete,
        lambda: Verification.objects.update(note="Another story."),
    ):
        with pytest.raises(AppendOnly):
            deed()
    assert Verification.objects.get().note == ""


def test_checks_stay_without_a_name_when_the_curator_goes(erin):
    check(ListingFactory(), erin)

    erin.delete()

    assert Verification.objects.get().by is None


def test_the_worker_marks_what_is_overdue_and_hides_nothing(erin, time_machine):
    old, fresh, never = ListingFactory(), ListingFactory(), ListingFactory()
    check(old, erin, verified_on=DAY - timedelta(days=31))
    check(fresh, erin)
    time_machine.move_to(NOW)

    tasks.mark_stale()
    tasks.mark_stale()

    states = [Listing.objects.get(pk=row.pk).state for row in (old, fresh, never)]
    assert states == ["stale", "published", "published"]
    assert Listing.objects.visible().count() == 3


def test_a_new_check_makes_what_was_stale_fresh_again(erin):
    listing = ListingFactory(state="stale", checked_on=DAY - timedelta(days=90), due_on=DAY - timedelta(days=60))

    check(listing, erin)

    assert listing.state == "published"


@pytest.mark.parametrize("slug", sorted(FLOOR))
def test_a_number_of_last_resort_can_be_neither_hidden_nor_deleted(erin, slug):
    listing = ListingFactory(slug=slug, level=2)

    for deed in (
        lambda: services.unpublish(listing=listing),
        lambda: services.delete_listing(listing=listing),
        lambda: check(listing, erin, outcome="closed"),
        listing.delete,
        Listing.objects.all().delete,
    ):
        with pytest.raises(FloorLine, match="has to stay where people can find it"):
            deed()
    listing.refresh_from_db()
    assert listing.is_visible


@pytest.mark.parametrize("change", [{"state": "draft"}, {"status": "suspended"}, {"level": 3}])
def test_the_database_keeps_the_floor_too(change):
    listing = ListingFactory(floor=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(**change)


def test_what_was_checked_once_is_kept_and_what_never_was_can_go(erin):
    checked, new = ListingFactory(), ListingFactory()
    check(checked, erin)

    with pytest.raises(HasHistory):
        services.delete_listing(listing=checked)
    services.delete_listing(listing=new)

    assert list(Listing.objects.all()) == [checked]


@pytest.mark.parametrize("missing", [{"notes": " "}, {"status": "permanently_closed"}, {}])
def test_only_what_can_be_reached_and_says_something_is_published(missing):
    listing = ListingFactory(draft=True, url="" if not missing else "https://example.org/", **missing)

    with pytest.raises(NotReady):
        services.publish(listing=listing)
    assert not Listing.objects.visible().exists()


def test_a_number_is_enough_to_be_published():
    listing = AccessFactory(listing=ListingFactory(draft=True)).listing

    services.publish(listing=listing)

    assert Listing.objects.visible().get() == listing


def test_anybody_can_say_that_something_is_wrong_and_is_not_written_down(client, as_alice, alice):
    listing = ListingFactory()
    url = reverse("resources:report-new", args=[listing.slug])

    for browser in (client, as_alice):
        response = browser.post(url, {"what": "number", "text": "Nobody answers."})
        assert response.url == reverse("resources:report-thanks", args=[listing.slug])
        assert browser.get(response.url).status_code == 200

    values = [str(value) for row in Report.objects.values_list() for value in row]
    assert Report.objects.count() == 2
    assert not any(str(alice.pk) in value or "127.0.0.1" in value for value in values)


def test_what_a_machine_fills_in_is_thanked_and_not_kept(client):
    url = reverse("resources:report-new", args=[ListingFactory().slug])

    response = client.post(url, {"what": "number", "text": "Buy now", "website": "http://example.org"})

    assert response.status_code == 302
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "body", [{}, {"what": "nonsense"}, {"what": "number", "text": "a" * 1001}, {"what": "number", "text": "a\x00b"}]
)
def test_a_report_that_cannot_be_kept_says_how_to_fix_it_and_loses_nothing(client, body):
    response = client.post(reverse("resources:report-new", args=[ListingFactory().slug]), {"text": "typed", **body})

    assert response.status_code == 422
    assert body.get("text", "typed")[:100].split("\x00")[0] in response.content.decode()
    assert not Report.objects.exists()


def test_a_flood_about_one_entry_is_thanked_and_not_kept(client):
    listing = ListingFactory()
    url = reverse("resources:report-new", args=[listing.slug])

    for _ in range(services.MOST_OPEN_REPORTS + 3):
        assert client.post(url, {"what": "other"}).status_code == 302

    assert Report.objects.count() == services.MOST_OPEN_REPORTS


def test_a_flood_over_the_whole_site_is_told_to_wait():
    listing = ListingFactory()
    one = {"listing": listing, "what": "other", "created_at": NOW}
    Report.objects.bulk_create(Report(**one) for _ in range(services.MOST_REPORTS_AN_HOUR))

    with pytest.raises(TooMany):
        services.report_wrong(listing=ListingFactory(), what="other", text="", now=NOW)
    assert services.report_wrong(listing=ListingFactory(), what="other", text="", now=NOW + timedelta(hours=2))


def test_every_no_of_the_directory_is_fit_to_show():
    for refusal in (FloorLine("988"), NotReady("x"), HasHistory("x"), AppendOnly("x"), TooMany("x")):
        assert isinstance(refusal, Refusal)
