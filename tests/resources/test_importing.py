"""Importing feeds: what a run adds, changes, asks about and leaves alone, and how it is taken back."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import services
from resources.exceptions import NotReady
from resources.importing import begin, carry_out, preview, undo
from resources.models import Access, ChangeProposal, ImportRun, Listing, Place, SourceRecord, Verification
from tests.resources.feeding import FEEDS, counts, feed, make_source, meeting, run_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


def listing_of(slug):
    return SourceRecord.objects.select_related("listing").get(external_id=slug).listing


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Listing, Access, Place, ChangeProposal, Verification)
    ]


def many(count, **changes):
    return [meeting(f"m-{n}", name=f"Meeting {n}", **changes) for n in range(count)]


def test_rows_in_are_entries_and_rejected_rows_each_with_where_and_why():
    run = run_file(make_source(), feed(meeting("a"), meeting("b", time="25:00"), 7, meeting("c", name=None)))

    assert counts(run) == {"added": 1, "changed": 0, "same": 0, "missing": 0, "rejected": 3}
    assert run.rows == Listing.objects.count() + run.rejected
    assert [issue["at"] for issue in run.issues] == ["[1]", "[2]", "[3]"]
    assert all(issue["says"].endswith(".") for issue in run.issues)


def test_what_a_feed_brings_is_shown_as_not_checked_and_found_by_its_words():
    run_file(make_source(), feed(meeting("a", types=["O", "S", "W"])))

    listing = Listing.objects.visible().with_words(["springfield", "mill"]).with_tags(["#facet:open"]).get()
    assert (listing.checked_on, listing.state, listing.languages) == (None, "published", ["es"])
    assert listing.schedules.get().in_words() == "Monday, 7 pm to 8 pm ET"
    assert [slot.begins for slot in listing.slots.all()] == [19 * 60]


def test_a_feed_that_is_not_trusted_yet_brings_drafts():
    run_file(make_source(trust="drafts"), feed(meeting("a")))

    assert not Listing.objects.visible().exists()


def test_no_feed_puts_up_a_line_to_call_in_need():
    service = {"id": "1", "name": "A crisis line", "status": "active", "phones": [{"number": "555-010-0100"}]}

    run_file(make_source(format="hsds"), json.dumps([service]).encode())

    assert Listing.objects.get().state == "draft"


def test_the_same_file_again_changes_nothing():
    source, payload = make_source(), feed(*many(5), meeting("odd", conference_url="https://zoom.us/j/1"))
    run_file(source, payload, NOW)
    before = everything()

    run = run_file(source, payload, LATER)

    assert counts(run) == {"added": 0, "changed": 0, "same": 6, "missing": 0, "rejected": 0}
    assert everything() == before
    assert not run.changes.exists()


def test_a_change_is_taken_over_and_the_run_says_which_fields():
    source = make_source()
    run_file(source, feed(meeting("a")), NOW)

    run = run_file(source, feed(meeting("a", time="18:00", notes="New room.")), LATER)

    assert counts(run)["changed"] == 1
    assert set(run.changes.get().fields) == {"hours", "notes"}
    assert listing_of("a").slots.get().begins == 18 * 60


def test_what_is_no_longer_in_a_file_is_marked_and_never_deleted():
    source = make_source()
    run_file(source, feed(meeting("a"), meeting("b")), NOW)

    run = run_file(source, feed(meeting("a")), LATER)
    again = run_file(source, feed(meeting("a")), LATER + timedelta(hours=1))

    assert (counts(run)["missing"], counts(again)["missing"]) == (1, 0)
    assert listing_of("b").is_visible
    assert SourceRecord.objects.get(external_id="b").missing_since == LATER
    back = run_file(source, feed(meeting("a"), meeting("b")), LATER + timedelta(hours=2))
    assert (back.returned, counts(back)["added"]) == (1, 0)


def test_a_row_that_cannot_be_read_this_time_is_not_missing():
    source = make_source()
    run_file(source, feed(meeting("a"), meeting("b")), NOW)

    run = run_file(source, feed(meeting("a"), meeting("b", time="late")), LATER)

    assert (counts(run)["missing"], counts(run)["rejected"]) == (0, 1)


def test_a_feed_that_renames_all_its_rows_keeps_every_entry_and_every_check(erin):
    source = make_source()
    rows = [meeting(f"m-{n}", name=f"Meeting {n}", day=n % 7) for n in range(30)]
    run_file(source, feed(*rows), NOW)
    for listing in Listing.objects.all():
        services.verify(listing=listing, by=erin, verified_on=date(2026, 3, 2), method="phone", outcome="ok", now=NOW)
    keys = set(Listing.objects.values_list("pk", flat=True))

    run = run_file(source, feed(*({**row, "slug": f"new-{row['slug']}"} for row in rows)), LATER)

    assert (run.state, run.rematched, run.added, run.missing) == ("done", 30, 0, 0)
    assert set(Listing.objects.exclude(checked_on=None).values_list("pk", flat=True)) == keys
    back = run_file(source, feed(*rows), LATER + timedelta(days=1))
    assert (back.rematched, back.added) == (30, 0)
    assert set(SourceRecord.objects.values_list("match_method", flat=True)) == {"earlier"}


def test_two_that_look_the_same_are_not_taken_for_one_another():
    source = make_source()
    alike = {"name": "Early birds", "day": 1}
    run_file(source, feed(meeting("a", **alike), meeting("b", **alike), *many(3)), NOW)

    run = run_file(source, feed(meeting("c", **alike), *many(3)), LATER)

    assert (run.rematched, run.added, run.missing) == (0, 1, 2)


def test_a_file_that_lost_much_is_held_and_nothing_is_done_until_somebody_looks(erin):
    source = make_source()
    run_file(source, feed(*many(30)), NOW)

    run = run_file(source, feed(*many(27), meeting("new")), LATER)

    assert (run.state, run.reason) == ("held", "3 of 30 entries are no longer in the file.")
    assert not SourceRecord.objects.exclude(missing_since=None).exists()
    assert Listing.objects.count() == 30
    carry_out(run=run, now=LATER, approved_by=erin)
    assert (run.state, run.missing, run.added, run.approved_by) == ("done", 3, 1, erin)
    assert run.payload is None


def test_a_file_that_lost_a_region_is_held_and_the_region_is_named():
    source = make_source()
    north = [meeting(f"n-{n}", name=f"North {n}", regions=["North"]) for n in range(50)]
    rest = [meeting(f"r-{n}", name=f"Rest {n}", regions=["South"]) for n in range(150)]
    run_file(source, feed(*north, *rest), NOW)

    run = run_file(source, feed(*north[:37], *rest), LATER)

    assert run.state == "held"
    assert run.reason == "North: 13 of 50 gone."


@pytest.mark.parametrize("payload", [b"[]", b"<html>", b'[{"slug": "m-', b"", feed({"slug": "x"})])
def test_a_file_that_cannot_be_read_ends_as_a_failed_run_and_nothing_is_missing(payload):
    source = make_source()
    run_file(source, feed(*many(3)), NOW)
    before = everything()

    run = run_file(source, payload, LATER)

    assert (run.state, run.reason != "", run.payload) == ("failed", True, None)
    assert everything() == before
    assert not SourceRecord.objects.exclude(missing_since=None).exists()
    source.refresh_from_db()
    assert (source.last_ok_at, source.last_error) == (NOW, run.reason)


def test_what_a_curator_changed_or_locked_is_asked_about_and_stays():
    source = make_source()
    run_file(source, feed(meeting("a"), meeting("b")), NOW)
    Listing.objects.filter(pk=listing_of("a").pk).update(notes="Ring twice.")
    SourceRecord.objects.filter(external_id="b").update(locked_fields=["name"])

    run = run_file(source, feed(meeting("a", notes="Come in."), meeting("b", name="Renamed")), LATER)

    assert run.proposals == 2
    assert (listing_of("a").notes, listing_of("b").name) == ("Ring twice.", "Meeting b")
    assert {(p.field, p.new) for p in ChangeProposal.objects.waiting()} == {("notes", "Come in."), ("name", "Renamed")}


def test_a_check_survives_and_a_feed_does_not_move_what_was_checked(erin):
    source = make_source()
    run_file(source, feed(meeting("a")), NOW)
    services.verify(
        listing=listing_of("a"), by=erin, verified_on=date(2026, 3, 2), method="phone", outcome="ok", now=NOW
    )

    run = run_file(source, feed(meeting("a", time="18:00", notes="Bring a chair.")), LATER)

    listing = listing_of("a")
    assert (run.proposals, listing.checked_on, listing.verifications.count()) == (1, date(2026, 3, 2), 1)
    assert (listing.notes, listing.slots.get().begins) == ("Bring a chair.", 19 * 60)


def test_no_feed_marks_anything_as_checked():
    run_file(make_source(), feed({**meeting("a"), "verified_at": "2026-06-02", "last_contact": "2026-06-02"}))

    assert Listing.objects.get().checked_on is None
    assert not Verification.objects.exists()


def test_a_feed_can_shut_a_door_and_never_open_one():
    source = make_source()
    run_file(source, feed(meeting("a", types=["TC"]), meeting("b")), NOW)

    run_file(source, feed(meeting("a"), meeting("b", types=["TC"])), LATER)

    assert (listing_of("a").status, listing_of("b").status) == ("temporarily_closed", "temporarily_closed")
    assert ChangeProposal.objects.waiting().get(field="status").record.external_id == "a"


def test_a_preview_does_nothing_and_says_what_would_happen():
    source = make_source()
    run_file(source, feed(meeting("a"), meeting("b")), NOW)
    before = everything()

    payload = feed(meeting("a", name="Renamed"), meeting("c"))
    run = preview(run=begin(source=source, payload=payload, by=None, now=LATER), now=LATER)

    assert (run.state, counts(run)) == (
        "preview", {"added": 1, "changed": 1, "same": 0, "missing": 1, "rejected": 0}
    )  # fmt: skip
    assert everything() == before
    carry_out(run=run, now=LATER)
    assert Listing.objects.count() == 3


def test_a_run_can_be_taken_back():
    source = make_source()
    run_file(source, feed(meeting("a"), meeting("b")), NOW)
    before = [(r.external_id, r.raw, r.missing_since, r.listing.name) for r in SourceRecord.objects.order_by("pk")]

    run = run_file(source, feed(meeting("a", name="Renamed", time="18:00"), meeting("c")), LATER)
    undo(run=run, now=LATER)

    after = [(r.external_id, r.raw, r.missing_since, r.listing.name) for r in SourceRecord.objects.order_by("pk")]
    assert (after, run.state) == (before, "undone")
    assert listing_of("a").slots.get().begins == 19 * 60


def test_taking_back_leaves_what_somebody_has_worked_on(erin):
    source = make_source()
    run = run_file(source, feed(meeting("a")), NOW)
    services.verify(
        listing=listing_of("a"), by=erin, verified_on=date(2026, 3, 2), method="phone", outcome="ok", now=NOW
    )

    undo(run=run, now=LATER)

    assert (listing_of("a").state, listing_of("a").verifications.count()) == ("draft", 1)


def test_only_the_last_run_of_a_source_can_be_taken_back():
    source = make_source()
    first = run_file(source, feed(meeting("a")), NOW)
    run_file(source, feed(meeting("a"), meeting("b")), LATER)

    with pytest.raises(NotReady):
        undo(run=first, now=LATER)


def test_one_source_is_read_once_at_a_time_and_a_run_that_was_cut_off_holds_nobody_up():
    source = make_source()
    first = begin(source=source, payload=feed(meeting("a")), by=None, now=NOW)

    with pytest.raises(NotReady):
        begin(source=source, payload=feed(meeting("a")), by=None, now=NOW + timedelta(minutes=5))
    assert run_file(source, feed(meeting("a")), NOW + timedelta(hours=2)).state == "done"
    first.refresh_from_db()
    assert (first.state, first.reason != "") == ("failed", True)


def test_the_number_of_questions_does_not_grow_with_the_rows(django_assert_max_num_queries):
    source = make_source()
    payload = feed(*(meeting(f"m-{n}", name=f"Meeting {n}", regions=[f"R{n}"]) for n in range(240)))
    # Django sends SQLite at most 999 values in one statement, so that it takes a few more to write the same rows.
    split = 0 if connection.features.max_query_params is None else 10

    with django_assert_max_num_queries(40 + split):
        run_file(source, payload, NOW)
    with django_assert_max_num_queries(25):
        run_file(source, payload, LATER)


def differ(old, new):
    """Say what differs between two files, by their own names: an independent count."""
    before, after = ({row["slug"]: row for row in rows} for rows in (old, new))
    shared = before.keys() & after.keys()
    changed = sum(before[slug] != after[slug] for slug in shared)
    return {
        "added": len(after.keys() - before.keys()), "changed": changed, "same": len(shared) - changed,
        "missing": len(before.keys() - after.keys()),
    }  # fmt: skip


def drawn(slugs):
    hours = st.sampled_from(["08:00", "12:30", "19:00"])
    return st.dictionaries(st.sampled_from(slugs), st.tuples(hours, st.integers(0, 6)), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(drawn([f"m-{n}" for n in range(6)]), min_size=2, max_size=4))
def test_a_series_of_files_gives_the_counts_of_an_independent_differ(erin, series):
    source = make_source(slug=f"s-{SourceRecord.objects.count()}-{ImportRun.objects.count()}")
    old: list = []
    for rows in series:
        new = [meeting(slug, name=slug, time=time, day=day, end_time=None) for slug, (time, day) in rows.items()]
        gone = {r["slug"] for r in old} - set(rows)
        run = run_file(source, feed(*new), NOW, approved_by=erin)
        expected = differ(old, new)
        assert counts(run) == {**expected, "rejected": 0}
        assert not gone - {r.external_id for r in source.records.exclude(missing_since=None)}
        old = new
        # What came back would count as known here and as new there, so a series starts afresh without it.
        source.records.exclude(missing_since=None).delete()


REAL = sorted([*FEEDS.glob("meeting-guide/*.json"), *FEEDS.glob("series/*.json")]) if FEEDS else []
OTHERS = [("bmlt/GetSearchResults-newyork.json", "bmlt"), ("treatment/samhsa-sud-facilities-2021.csv", "table")]

if FEEDS:  # other people's data, never part of the project: without the folder these are not collected at all

    @pytest.mark.parametrize(
        ("path", "format"), [(p, "meeting_guide") for p in REAL] + [(FEEDS / p, f) for p, f in OTHERS], ids=str
    )
    def test_every_real_feed_imports_and_a_second_run_changes_nothing(path, format):
        source, payload = make_source(format=format), path.read_bytes()
        run = run_file(source, payload, NOW)
        if path.name == "invalid.json":
            assert (run.state, run.rows) == ("failed", 0)
            return
        again = run_file(source, payload, LATER)

        assert (run.state, run.rows) == ("done", run.added + run.rejected)
        assert Listing.objects.count() == run.added
        assert counts(again) == {**counts(run), "added": 0, "same": run.added}
        assert all(issue["at"] and issue["says"] for issue in run.issues)

    def test_a_real_series_replayed_gives_the_counts_of_an_independent_differ(erin):
        source, old = make_source(default_tz="America/Los_Angeles"), []
        locked = None
        for path in sorted(FEEDS.glob("series/*.json")):
            new = json.loads(path.read_bytes())
            run = run_file(source, path.read_bytes(), NOW, approved_by=erin)
            expected = differ(old, new)
            doubles = len(new) - len({row["slug"] for row in new})
            # Rows that came back under another name count as gone and new there, and as known here.
            # A second row of one name is an entry of its own, or at the same hour turned away with its place named.
            assert run.added + run.rematched + run.rejected == expected["added"] + doubles
            assert run.missing + run.rematched == expected["missing"]
            # Here a change is one of what an entry means, there also one of a clock reading or an editor's name.
            assert run.changed <= expected["changed"] + run.rematched
            if locked is None:
                locked = source.records.order_by("pk").first()
                locked.locked_fields = ["notes", "name", "hours"]
                locked.save()
                name = locked.listing.name
                services.verify(
                    listing=locked.listing, by=erin, verified_on=date(2026, 3, 2), method="phone", outcome="ok", now=NOW
                )
            old = new
        kept = Listing.objects.get(pk=locked.listing_id)
        assert (kept.name, kept.checked_on, kept.verifications.count()) == (name, date(2026, 3, 2), 1)
