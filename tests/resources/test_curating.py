"""Curating: what erin can do in the admin, and everything she cannot."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Role
from resources.models import ChangeProposal, Listing, Report, Source, SourceRecord, Verification
from tests.resources.factories import AccessFactory, ListingFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CHANGELIST = reverse("admin:resources_listing_changelist")


def change_url(listing, page="change"):
    return reverse(f"admin:resources_listing_{page}", args=[listing.pk])


def act(client, model, action, *rows):
    url = reverse(f"admin:resources_{model}_changelist")
    return client.post(url, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def filled(client, listing):
    """Return what the change page would post if nothing was touched."""
    soup = BeautifulSoup(client.get(change_url(listing)).content, "html.parser")
    data = {}
    for field in soup.select("#listing_form [name]"):
        if "__prefix__" in field["name"] or field.get("type") in {"submit", "file"}:
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[field["name"]] = chosen["value"] if chosen else ""
        elif field.get("type") == "checkbox":
            if field.has_attr("checked"):
                data.setdefault(field["name"], []).append(field.get("value", "on"))
        else:
            data[field["name"]] = field.get_text().strip("\n") if field.name == "textarea" else field.get("value", "")
    return data


def test_a_curator_sees_the_directory_and_nothing_else(as_erin):
    index = BeautifulSoup(as_erin.get(reverse("admin:index")).content, "html.parser")

    apps = {table["class"][-1] if "class" in table.attrs else "" for table in index.select("#content-main .module")}
    links = {link["href"].split("/")[2] for link in index.select("#content-main a[href^='/admin/']")}
    assert apps
    assert links == {"resources"}


@pytest.mark.parametrize("name", ["accounts_user", "accounts_role", "recovery_stage", "auth_group"])
def test_a_curator_opens_nothing_of_another_room(as_erin, name):
    try:
        url = reverse(f"admin:{name}_changelist")
    except NoReverseMatch:
        return  # not in the admin at all

    assert as_erin.get(url).status_code in {302, 403, 404}


def test_nobody_but_curators_gets_in(as_alice, as_bob, as_dana, client):
    for browser in (as_alice, as_bob, as_dana):
        assert browser.get(CHANGELIST).status_code == 404
    assert client.get(CHANGELIST).status_code == 302


def test_a_curator_who_has_ended_gets_in_no_more(as_erin, erin):
    Role.objects.get(user=erin).end(now=timezone.now())

    assert as_erin.get(CHANGELIST).status_code == 404


def test_publishing_and_taking_back(as_erin):
    listing = ListingFactory(draft=True, url="https://example.org/")

    act(as_erin, "listing", "publish", listing)
    assert Listing.objects.visible().get() == listing

    act(as_erin, "listing", "unpublish", listing)
    assert not Listing.objects.visible().exists()


def test_a_refusal_is_said_in_words_and_the_rest_is_done(as_erin):
    floor, other = ListingFactory(floor=True), ListingFactory()

    page = act(as_erin, "listing", "unpublish", floor, other).content.decode()

    assert "988 has to stay where people can find it" in page
    assert list(Listing.objects.visible()) == [floor]


def test_a_number_of_last_resort_cannot_be_deleted_or_edited_away(as_erin):
    floor = AccessFactory(listing=ListingFactory(floor=True), number="988", number_type="short_code").listing

    assert as_erin.post(change_url(floor, "delete"), {"post": "yes"}).status_code == 403
    data = filled(as_erin, floor) | {
        "slug": "gone", "state": "draft", "status": "suspended", "level": "3",
        "accesses-0-number": "1", "accesses-0-DELETE": "on", "accesses-INITIAL_FORMS": "1",
        "accesses-TOTAL_FORMS": "1", "accesses-0-id": floor.accesses.get().pk, "accesses-0-listing": floor.pk,
    }  # fmt: skip
    as_erin.post(change_url(floor), data)

    floor.refresh_from_db()
    assert (floor.slug, floor.state, floor.status, floor.level) == ("us-988", "published", "active", 2)
    assert floor.accesses.get().number == "988"


def test_there_is_no_deleting_in_bulk(as_erin):
    page = as_erin.get(CHANGELIST).content.decode()
    listing = ListingFactory()

    act(as_erin, "listing", "delete_selected", listing)

    assert "delete_selected" not in page
    assert Listing.objects.filter(pk=listing.pk).exists()


def test_writing_down_a_check(as_erin, erin):
    listing = AccessFactory().listing
    day = timezone.localdate()

    response = as_erin.post(
        change_url(listing, "verify"), {"verified_on": day, "method": "phone", "outcome": "ok", "note": "Ana answered."}
    )

    listing.refresh_from_db()
    assert response.url == change_url(listing)
    assert (listing.checked_on, Verification.objects.get().by) == (day, erin)


@pytest.mark.parametrize(
    "body", [{}, {"verified_on": "soon"}, {"verified_on": "2099-01-01"}, {"method": "guess"}, {"outcome": "fine"}]
)
def test_a_check_that_makes_no_sense_is_asked_for_again(as_erin, body):
    listing = ListingFactory()
    whole = {"verified_on": timezone.localdate(), "method": "phone", "outcome": "ok"} if body else {}

    response = as_erin.post(change_url(listing, "verify"), whole | body)

    assert response.status_code == 422
    assert not Verification.objects.exists()


NEW = {
    "name": "A line", "notes": "What it is.", "kind": "hotline", "sub_kind": "line", "level": "3", "country": "US",
    "venue": "phone", "status": "active", "slug": "",
    **dict.fromkeys((f"{part}-TOTAL_FORMS" for part in ("accesses", "schedules", "verifications")), "0"),
    **dict.fromkeys((f"{part}-INITIAL_FORMS" for part in ("accesses", "schedules", "verifications")), "0"),
}  # fmt: skip


def test_a_new_entry_needs_no_address_typed(as_erin):
    response = as_erin.post(reverse("admin:resources_listing_add"), NEW)

    assert response.status_code == 302
    assert Listing.objects.get(name="A line").slug.startswith("us-")


def test_a_mistake_in_the_admin_is_answered_as_one_and_keeps_the_hours_as_typed(as_erin):
    rule = {"schedules-TOTAL_FORMS": "1", "schedules-0-rrule": "EVERY=MONDAY", "schedules-0-tz": "America/Chicago"}

    response = as_erin.post(reverse("admin:resources_listing_add"), NEW | rule)

    assert response.status_code == 422
    assert "EVERY=MONDAY" in response.content.decode()
    assert not Listing.objects.filter(name="A line").exists()


@pytest.mark.parametrize("key", ["not-a-key", "\x00", "9" * 30])
def test_a_row_that_cannot_be_is_turned_away_from_the_lists_of_the_admin(as_erin, key):
    for model, deed in (("listing", "publish"), ("changeproposal", "take")):
        url = reverse(f"admin:resources_{model}_changelist")

        assert as_erin.post(url, {"action": deed, "_selected_action": key}).status_code == 400


def test_checks_are_written_once_in_the_admin_too(as_erin, erin):
    listing = ListingFactory()
    as_erin.post(
        change_url(listing, "verify"), {"verified_on": timezone.localdate(), "method": "phone", "outcome": "ok"}
    )
    made = Verification.objects.get()

    for page in ("change", "delete"):
        url = reverse(f"admin:resources_verification_{page}", args=[made.pk])
        assert as_erin.post(url, {"note": "x", "post": "yes"}).status_code == 403
    assert as_erin.get(reverse("admin:resources_verification_add")).status_code == 403
    assert as_erin.post(change_url(listing, "delete"), {"post": "yes"}).status_code == 403
    assert Verification.objects.get().note == ""


def test_saving_without_a_change_keeps_the_check(as_erin):
    listing = AccessFactory().listing
    day = timezone.localdate()
    as_erin.post(change_url(listing, "verify"), {"verified_on": day, "method": "phone", "outcome": "ok"})

    response = as_erin.post(change_url(listing), filled(as_erin, listing))

    listing.refresh_from_db()
    assert response.status_code == 302
    assert listing.checked_on == day


def test_a_changed_number_takes_the_check_back_and_is_found_at_once(as_erin):
    listing = AccessFactory().listing
    day = timezone.localdate()
    as_erin.post(change_url(listing, "verify"), {"verified_on": day, "method": "phone", "outcome": "ok"})

    as_erin.post(change_url(listing), filled(as_erin, listing) | {"accesses-0-number": "1-800-555-0177"})

    listing.refresh_from_db()
    assert listing.accesses.get().number == "1-800-555-0177"
    assert (listing.checked_on, listing.due_on) == (None, None)
    assert " 8005550177 " in listing.words


def test_a_number_that_cannot_be_dialled_is_refused_on_the_page(as_erin):
    listing = AccessFactory().listing

    page = as_erin.post(change_url(listing), filled(as_erin, listing) | {"accesses-0-number": "call me"})

    assert "Write the number as it is dialled" in page.content.decode()
    assert listing.accesses.get().number == "1-800-555-0142"


@pytest.mark.parametrize("check", ["overdue", "soon", "never", "nonsense"])
def test_the_queue_can_be_narrowed(as_erin, check):
    day = timezone.localdate()
    week, long_ago = timedelta(days=3), timedelta(days=60)
    ListingFactory(name="Is overdue", checked_on=day - long_ago, due_on=day - week)
    ListingFactory(name="Is soon", checked_on=day - long_ago, due_on=day + week)
    ListingFactory(name="Is never")

    page = BeautifulSoup(as_erin.get(CHANGELIST, {"check": check}).content, "html.parser")

    shown = {row.get_text() for row in page.select("th.field-name")}
    assert shown == ({f"Is {check}"} if check != "nonsense" else {"Is overdue", "Is soon", "Is never"})


def test_reports_are_put_away_with_what_came_of_them(as_erin, erin):
    report = Report.objects.create(listing=ListingFactory(), what="number", text="<b>Nobody</b>")

    page = as_erin.get(reverse("admin:resources_report_changelist")).content.decode()
    act(as_erin, "report", "fixed", report)

    report.refresh_from_db()
    assert "&lt;b&gt;Nobody" in page
    assert (report.result, report.handled_by) == ("fixed", erin)


def test_a_question_of_the_file_is_decided_once(as_erin):
    listing = ListingFactory()
    now = timezone.now()
    source = Source.objects.create(slug="starter", name="Starter", kind="file")
    record = SourceRecord.objects.create(
        source=source, external_id="x", listing=listing, raw={}, first_seen_at=now, last_seen_at=now
    )
    asked = ChangeProposal.objects.create(record=record, field="notes", old=listing.notes, new="New words.")

    act(as_erin, "changeproposal", "leave", asked)
    act(as_erin, "changeproposal", "take", asked)

    asked.refresh_from_db()
    listing.refresh_from_db()
    assert asked.decision == "left"
    assert listing.notes == "People who listen."
