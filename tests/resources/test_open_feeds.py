"""The directory in other people's formats: what goes out comes in again the same, and nothing secret goes out."""

import csv
import io
import json
import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from resources.feeds import read
from resources.models import Group, Listing, Organization, SourceRecord
from tests.resources.factories import AccessFactory, ListingFactory, ProgramFactory, ScheduleFactory
from tests.resources.feeding import make_source
from tests.resources.going_out import BARE, BMLT, EVENING, FEEDS, HSDS, TABLE, essence, hall, linked_data, meeting

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def table_rows(client, query=""):
    text = client.get(TABLE + query).content.decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_meeting_comes_back_from_the_table_as_it_went_out(client):
    meeting(name="-Hope, “at last”-")
    late = {"rrule": "FREQ=WEEKLY;BYDAY=SU", "starts_at": time(23, 30), "minutes": 60, "tz": "Europe/London"}
    meeting(late, number="020 7946 0000", name='=HYPERLINK("x")')

    payload = client.get(f"{TABLE}?kind=meeting").content
    found = sorted((essence(e.entry) for e in read("table", payload, BARE).entries), key=str)

    assert found == sorted(
        [
            ("-Hope, “at last”-", [{"rrule": "FREQ=WEEKLY;BYDAY=MO,WE", "starts_at": "19:00", "minutes": 90,
              "tz": "America/New_York"}], ["+15550100100"]),
            ('=HYPERLINK("x")', [{"rrule": "FREQ=WEEKLY;BYDAY=SU", "starts_at": "23:30", "minutes": 60,
              "tz": "Europe/London"}], ["02079460000"]),
        ],
        key=str,
    )  # fmt: skip


def test_a_quote_far_down_in_a_table_does_not_tear_its_row_apart():
    plain = [["a", f"Meeting {n}", "Monday, Tuesday", "19:00", "Europe/London", "plain"] for n in range(200)]
    page, said = io.StringIO(), 'Ask for “x", or "y", twice'
    head = ["slug", "name", "day", "time", "timezone", "notes"]
    csv.writer(page).writerows([head, *plain, ["b", *plain[0][1:5], said]])

    last = read("table", page.getvalue().encode(), BARE).entries[-1]

    assert last.entry["notes"] == said


def test_a_short_number_never_gets_a_plus_in_any_format(client):
    line = ListingFactory(name="A text line")
    AccessFactory(listing=line, method="text", number="741741", number_type="sms_keyword", keyword="HOME")
    ScheduleFactory(listing=line)
    met = meeting(number="988")
    met.accesses.filter(method="phone").update(number_type="short_code")
    urls = [*FEEDS, line.get_absolute_url(), met.get_absolute_url()]

    said = {url: client.get(url).content.decode() for url in urls}

    assert not [url for url, text in said.items() if re.search(r"\+1?(741741|988)\b", text)]
    assert "741741" in said[TABLE]
    ways = [w for e in read("hsds", said[HSDS].encode(), BARE).entries for w in e.entry["access"]]
    assert {(way["number"], way["number_type"]) for way in ways} == {("741741", "short_code"), ("988", "short_code")}


CANARY = "hunter2canary"


def test_nothing_secret_is_in_any_feed_or_page(client):
    run_by = Organization.objects.create(name="Runners", slug="runners", email=f"{CANARY}@example.org", phone=CANARY)
    group = Group.objects.create(name="Group", email=f"{CANARY}@example.org", phone=CANARY, notes=f"PIN: {CANARY}")
    spot = hall(notes=f"Ring twice.\nPasscode: {CANARY}")
    notes = f"Kind room.\nPassword: {CANARY}"
    listing = meeting(organization=run_by, group=group, place=spot, curator_note=CANARY, notes=notes,
                      url=f"https://zoom.us/j/9?pwd={CANARY}")  # fmt: skip
    listing.accesses.update(secret=CANARY)
    listing.accesses.filter(method="url").update(url=f"https://zoom.us/j/1?pwd={CANARY}", note=f"Passcode: {CANARY}")
    AccessFactory(listing=listing, method="chat", number="", number_type="", url=f"https://x.example/?token={CANARY}")
    now, people = timezone.now(), [{"name": CANARY, "email": f"{CANARY}@example.org", "phone": CANARY}]
    SourceRecord.objects.create(source=make_source(), external_id="x", listing=listing, raw={"contacts": people},
                                first_seen_at=now, last_seen_at=now)  # fmt: skip

    texts = {url: client.get(url).content.decode() for url in [*FEEDS, reverse("resources:meetings-feed")]}
    texts["page"] = json.dumps(linked_data(client, listing))

    assert all(listing.name in text for text in texts.values())
    assert [url for url, text in texts.items() if CANARY in text] == []


@pytest.mark.parametrize("hidden", [{"draft": True}, {"status": "suspended"}, {"status": "permanently_closed"}])
def test_what_is_a_draft_or_over_is_in_no_feed(client, hidden):
    meeting(name="Nowhere to be seen", **hidden)

    assert [url for url in FEEDS if "Nowhere" in client.get(url).content.decode()] == []


def test_what_was_not_checked_lately_is_in_every_feed(client):
    meeting(name="Still there", state="stale")

    assert [url for url in FEEDS if "Still there" not in client.get(url).content.decode()] == []


@pytest.mark.parametrize(("days", "closed"), [(2, True), (-2, False)])
def test_a_closing_is_said_in_every_feed_until_its_last_day(client, days, closed):
    until = timezone.now().date() + timedelta(days=days)
    meeting(status="temporarily_closed", status_until=until, venue="in_person")

    [row], [service] = table_rows(client), client.get(HSDS).json()["contents"]
    formats = {"TC" in record["formats"].split(",") for record in client.get(BMLT).json()}
    types = {"TC" in record["types"] for record in client.get(reverse("resources:meetings-feed")).json()}

    assert (row["status"] == "temporarily_closed", "TC" in row["types"].split(",")) == (closed, closed)
    assert (service["status"] == "temporarily closed", formats, types) == (closed, {closed}, {closed})


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_is_not_sent_again_while_nothing_has_changed(client, url):
    listing = meeting()

    first = client.get(url)
    again = client.get(url, headers={"if-none-match": first["ETag"]})
    packed = client.get(url, headers={"accept-encoding": "gzip"})
    listing.name = "Under another name"
    listing.save()
    changed = client.get(url, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (changed.status_code, packed["ETag"], packed["Content-Encoding"]) == (200, first["ETag"], "gzip")
    assert "Under another name" in changed.content.decode()
    assert client.head(url).content == b""
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_takes_as_many_statements_for_thirty_entries_as_for_three(client, url):
    counts = []
    for more in (3, 27):
        for _each in range(more):
            meeting(program=ProgramFactory())
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(sum("resources_" in statement["sql"] for statement in asked))

    assert counts[0] == counts[1] <= 5


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_table_is_a_formula(client, start):
    text = f"{start}1+cmd|' /C calc'!A0"
    listing = meeting(name=text, notes=text, place=hall(name=text, address=text, notes=text), caution=text)
    listing.accesses.update(note=text)
    Listing.objects.update(name=text)

    [row] = table_rows(client)

    numbers = {"conference_phone", "latitude", "longitude"}
    cells = {column: cell for column, cell in row.items() if column not in numbers}
    assert [cell for cell in cells.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert row["name"] == f"'{text}"
    assert row["longitude"] == "-83.81"


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        ("+1 555 010 0100", "+1 555 010 0100"),
        # A spreadsheet would subtract.
        ("+1-800-555-0142", "+1 800 555 0142"),
        ("+44 (0)20 7946.0000", "+44 0 20 7946 0000"),
        ("1-800-555-0142", "1-800-555-0142"),
        ("988", "988"),
        # No curator can write such a number, and no spreadsheet is to carry it out.
        ("+1+1", "'+1+1"),
        ("=1+1", "'=1+1"),
    ],
)
def test_a_number_in_the_table_keeps_its_plus_and_is_no_sum(client, number, cell):
    access = AccessFactory()
    type(access).objects.update(number=number)

    [row] = table_rows(client)

    assert row["phone"] == cell


def test_what_is_not_weekly_is_taken_for_weekly_by_no_reader_of_the_table(client):
    for rule in ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"):
        meeting({**EVENING, "rrule": rule, "valid_from": date(2026, 1, 4)})
    meeting({"text": "When the tide is out"})
    meeting({"by_appointment": True}, name="Ask us")
    meeting(None)

    payload = client.get(f"{TABLE}?kind=meeting").content
    reading = read("table", payload, BARE)

    assert [each.entry["name"] for each in reading.entries] == ["Ask us"]
    assert len(reading.rejected) == 4
    assert "The first Tuesday of the month" in payload.decode()


def test_the_table_is_the_same_in_every_language(client):
    meeting({**EVENING, "rrule": "FREQ=MONTHLY;BYDAY=1TU"})

    spanish = client.get(TABLE, headers={"accept-language": "es"}).content

    assert "Tuesday" in spanish.decode()


def test_a_kind_that_does_not_exist_is_refused(client):
    response = client.get(f"{TABLE}?kind=<b>")

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
