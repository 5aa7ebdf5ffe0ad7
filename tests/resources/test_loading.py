"""The starter directory: what it holds, and how loading it leaves alone what people here have changed."""

import copy
import json
import re
from io import StringIO

import phonenumbers
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from resources import services
from resources.exceptions import FloorLine
from resources.management.commands.load_directory import FILE
from resources.models import FLOOR, ChangeProposal, Listing, SourceRecord, first_access
from tests.words import stigmatising

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CONTENT = json.loads(FILE.read_text())
ENTRIES = {entry["slug"]: entry for entry in CONTENT["entries"]}
# An address stands in tabs and histories.
TELLING = re.compile(r"alcohol|drink|drug|opi|cocaine|meth|cannabis|mariju|heroin|sober|recover|relapse|narc|addict")


def load(path=FILE) -> str:
    out = StringIO()
    call_command("load_directory", path, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    """Write the starter file with some entries changed, and return where it is."""

    def write(**changes):
        content = copy.deepcopy(CONTENT)
        for slug, change in changes.items():
            next(e for e in content["entries"] if e["slug"] == slug.replace("_", "-")).update(change)
        path = tmp_path / "directory.json"
        path.write_text(json.dumps(content))
        return path

    return write


def snapshot():
    return list(Listing.objects.order_by("slug").values_list("slug", "name", "notes", "state", "updated_at", "words"))


def test_loading_twice_changes_nothing():
    load()
    before = snapshot()

    said = load()

    assert said.startswith(f"Directory: 0 added, {len(ENTRIES)} the same, 0 changed")
    assert snapshot() == before


def test_what_is_urgent_or_well_founded_is_published_and_the_rest_waits():
    load()

    for listing in Listing.objects.all():
        entry = ENTRIES[listing.slug]
        shown = entry["level"] in {"emergency", "crisis"} or entry["evidence"] in {"primary", "secondary"}
        assert listing.state == ("published" if shown else "draft"), listing.slug
        assert listing.checked_on is None


def test_every_number_of_last_resort_is_in_the_file():
    load()

    for slug in FLOOR:
        services.keep_floor(listing=Listing.objects.get(slug=slug))


@pytest.mark.parametrize("entry", CONTENT["entries"], ids=lambda entry: entry["slug"])
def test_every_entry_is_short_plain_and_discreet(entry):
    assert len(re.findall(r"[.?!](?:\s|$)", entry["notes"])) <= 2
    assert stigmatising(f"{entry['notes']} {entry.get('caution', '')}") == []
    assert not TELLING.search(entry["slug"])
    for row in entry.get("access", []):
        if row.get("number_type") == "e164":
            number = phonenumbers.parse(row["number"], row.get("country", entry["country"]))
            assert phonenumbers.is_valid_number(number)


@pytest.mark.parametrize("gone", ["narconon", "997-2786", "/recovery.org", "ecosoberhouse", "sbtreatment", "press 3"])
def test_what_must_not_be_listed_is_not_in_the_file(gone):
    assert gone not in FILE.read_text().lower()


def test_a_changed_sentence_is_taken_over_where_nobody_here_has_touched_it(file):
    load()

    load(file(us_dv={"notes": "New words."}))

    assert Listing.objects.get(slug="us-dv").notes == "New words."
    assert not ChangeProposal.objects.exists()


def test_what_a_curator_wrote_stays_and_the_file_asks(file):
    load()
    listing = Listing.objects.get(slug="us-dv")
    listing.notes = "A curator's words."
    listing.save()

    load(file(us_dv={"notes": "New words."}))

    listing.refresh_from_db()
    assert listing.notes == "A curator's words."
    assert ChangeProposal.objects.get().new == "New words."


def test_a_locked_field_is_asked_about_too(file):
    load()
    SourceRecord.objects.filter(external_id="us-dv").update(locked_fields=["notes"])

    load(file(us_dv={"notes": "New words."}))

    assert ChangeProposal.objects.get().field == "notes"


def test_a_changed_number_is_a_question_and_never_a_silent_change(file, erin):
    load()
    other = [{"method": "phone", "number": "1-800-555-0142", "number_type": "e164"}]

    load(file(us_dv={"access": other}))

    listing = Listing.objects.get(slug="us-dv")
    assert first_access(listing, "phone").number == "1-800-799-7233"
    assert ChangeProposal.objects.waiting().count() == 1


def test_the_question_is_asked_once_however_often_the_file_is_read(file):
    load()
    changed = file(us_dv={"access": [{"method": "phone", "number": "1-800-555-0142", "number_type": "e164"}]})

    load(changed)
    load(changed)

    assert ChangeProposal.objects.count() == 1


def test_taking_a_new_number_over_makes_the_entry_unchecked_again(file, erin):
    load()
    listing = Listing.objects.get(slug="us-dv")
    now = timezone.now()
    services.verify(listing=listing, by=erin, verified_on=now.date(), method="phone", outcome="ok", now=now)
    load(file(us_dv={"access": [{"method": "phone", "number": "1-800-555-0142", "number_type": "e164"}]}))

    services.decide_proposal(proposal=ChangeProposal.objects.get(), by=erin, decision="taken", now=now)

    listing = Listing.objects.get(slug="us-dv")
    assert first_access(listing, "phone").number == "1-800-555-0142"
    assert listing.checked_on is None
    assert " 8005550142 " in listing.words


def test_no_file_can_take_a_number_of_last_resort_away(file, erin):
    load()
    load(file(us_988={"access": [{"method": "phone", "number": "1-800-555-0142", "number_type": "e164"}]}))

    with pytest.raises(FloorLine):
        services.decide_proposal(proposal=ChangeProposal.objects.get(), by=erin, decision="taken", now=timezone.now())

    assert first_access(Listing.objects.get(slug="us-988"), "phone").number == "988"
    assert ChangeProposal.objects.waiting().exists()


def test_what_is_gone_from_the_file_is_noted_and_not_deleted(tmp_path):
    load()
    content = {**CONTENT, "entries": [entry for entry in CONTENT["entries"] if entry["slug"] != "us-dv"]}
    path = tmp_path / "short.json"
    path.write_text(json.dumps(content))

    load(path)

    assert Listing.objects.get(slug="us-dv").is_visible
    assert SourceRecord.objects.get(external_id="us-dv").missing_since is not None


@pytest.mark.parametrize("content", ["", "[]", "{}", "<html>", '{"entries": []}'])
def test_what_is_no_directory_file_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "odd.json"
    path.write_text(content)

    with pytest.raises(CommandError, match="is no directory file"):
        load(path)
