"""What a phone may keep: pages that are the same for everybody, a worker, and a name to install under."""

import json
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from accounts.clock import local_day
from config import shell
from config.looks import LOOKS
from plans.models import Ride, StrategyUse
from plans.services import add_contact, add_strategy, add_trigger

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CANARY = "zebrafinch"


def kept_addresses() -> list[str]:
    return sorted({copy for copy, _patience in shell.pages().values()} | {
        reverse(name) for name in ("offline", "offline-cover", "offline-waiting")
    })  # fmt: skip


@pytest.fixture
def plan(alice) -> None:
    now = timezone.now()
    add_contact(
        person=alice, name=f"Marisol {CANARY}", number="+1 512 555 0123", relation="Sponsor", sure=True, now=now
    )
    add_strategy(person=alice, name=f"Walk {CANARY}", now=now)


def test_what_a_phone_keeps_is_the_same_for_everybody(as_alice, client, plan, alice):
    # The day that Help is from is that of where she is.
    alice.called, alice.time_zone = f"Ali {CANARY}", "UTC"
    alice.save(update_fields=["called", "time_zone"])
    # A message that waits for her next page must not be drawn into one that is kept.
    as_alice.post(reverse("hide-take"), {"to": "weather"})
    waiting = as_alice.cookies.get("messages")

    for path in kept_addresses():
        hers, anybodys = as_alice.get(path), client.get(path)
        assert hers.status_code == 200, path
        assert hers.content.decode() == anybodys.content.decode(), path
        assert CANARY not in hers.content.decode()
        assert "csrfmiddlewaretoken" not in hers.content.decode(), path
        assert hers["Cache-Control"] == "no-store"
    assert waiting
    assert as_alice.cookies.get("messages").value == waiting.value


def test_the_numbers_kept_are_those_of_the_country(as_alice, alice, client):
    alice.country = "GB"
    alice.save(update_fields=["country"])

    assert "999" in as_alice.get(reverse("offline-help")).content.decode()
    client.cookies["country"] = "NZ"
    page = client.get(reverse("offline-help")).content.decode()
    assert 'href="tel:1737"' in page
    assert "are from" in page  # and they say of which day they are


def test_the_worker_names_every_file_that_its_pages_ask_for(client):
    answer = client.get("/sw.js")
    table = json.loads(re.search(r"const SHELL = (\{.*?\n\});", answer.content.decode(), re.DOTALL)[1])

    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/", "no-cache")
    for path in kept_addresses():
        page = client.get(path).content.decode()
        asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
        extra = {path for path in asked if path not in table["files"] and not path.endswith(("-180.png",))}
        assert extra == set(), path
    for name in shell.FILES:
        assert finders.find(name), name


def test_every_module_that_a_kept_script_loads_is_kept_too():
    for name in shell.FILES:
        if name.startswith("js/"):
            for other in re.findall(r'(?:from|import\()\s*"\./([^"]+)"', Path(finders.find(name)).read_text()):
                assert f"js/{other}" in shell.FILES, f"{name} loads {other}"


def test_every_exercise_without_a_page_of_its_own_is_kept():
    assert {"/help/", "/plan/", "/check-in/", "/right-now/", "/tools/body-scan/"} <= shell.pages().keys()


@pytest.mark.parametrize("slug", LOOKS)
def test_each_look_can_be_installed_and_tells_nothing(client, slug):
    answer = client.get(reverse("manifest", args=[slug]))
    told = json.loads(answer.content)

    assert answer["Content-Type"] == "application/manifest+json"
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        head = Path(path).read_bytes()[:24]
        assert f"{int.from_bytes(head[16:20])}x{int.from_bytes(head[20:24])}" == icon["sizes"]
    assert not re.search(r"recover|sober|drug|alcohol|crav|relaps|health|help", answer.content.decode(), re.IGNORECASE)


def test_a_look_is_chosen_for_this_browser_before_it_is_installed(as_alice):
    assert "/manifest/own.webmanifest" in as_alice.get("/you/").content.decode()

    as_alice.post(reverse("look-take"), {"look": "notes"})

    page = as_alice.get("/you/").content.decode()
    assert "/manifest/notes.webmanifest" in page
    assert re.search(r"<title>You · Notes</title>", page)
    assert as_alice.post(reverse("look-take"), {"look": "evil"}).status_code == 422
    assert as_alice.get("/manifest/evil.webmanifest").status_code == 404


def test_the_session_is_named_to_its_own_browser_and_to_nobody_else(as_alice, as_charlie, client, alice):
    mine, his = (json.loads(each.get(reverse("offline-session")).content) for each in (as_alice, as_charlie))

    assert mine["person"]
    assert mine["person"] != his["person"]
    assert alice.email not in str(mine)
    assert str(alice.pk) not in str(mine)
    assert mine["token"]
    assert json.loads(client.get(reverse("offline-session")).content) == {"person": ""}
    as_alice.post(reverse("cover"))
    covered = as_alice.get(reverse("offline-session"))
    assert json.loads(covered.content) == {"covered": True}
    assert "no-store" in covered["Cache-Control"]


def test_the_plan_is_given_as_one_document_to_its_person_alone(as_alice, as_charlie, client, plan):
    answer = as_alice.get(reverse("plan-copy"))
    told = json.loads(answer.content)

    (caller,) = told["callers"]
    assert (caller["name"], caller["about"], caller["call"]) == (f"Marisol {CANARY}", "Sponsor", "tel:+15125550123")
    assert caller["text"].startswith("sms:+15125550123")
    assert told["helpers"][0]["text"] == f"Walk {CANARY}"
    assert "no-store" in answer["Cache-Control"]
    assert CANARY not in as_charlie.get(reverse("plan-copy")).content.decode()
    assert client.get(reverse("plan-copy")).status_code == 302
    as_alice.post(reverse("cover"))
    assert CANARY not in as_alice.get(reverse("plan-copy")).content.decode()


@pytest.mark.parametrize("path", ["/today/", "/plan/", "/help/", "/check-in/", "/you/phone/", "/api/v1/plan/"])
def test_no_private_page_is_kept_by_a_browser(as_alice, path):
    assert "no-store" in as_alice.get(path)["Cache-Control"]


def test_an_urge_that_arrives_late_counts_for_the_day_on_which_it_was(as_alice, alice):
    ended = timezone.now() - timedelta(days=3)
    said = {
        "submission": str(uuid.uuid4()),
        "started_at": (ended - timedelta(minutes=20)).isoformat(),
        "ended_at": ended.isoformat(),
        "outcome": "eased",
    }

    answers = [as_alice.post("/api/v1/rides/", said, content_type="application/json") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    kept = Ride.objects.of(alice).get()
    assert (kept.day, kept.minutes) == (local_day(alice, ended), 20)
    assert answers[0].json()["id"] == answers[2].json()["id"]


def test_an_urge_that_arrives_late_knows_what_set_it_off_and_what_was_tried(as_alice, alice, dana):
    trigger = add_trigger(person=alice, name="A party", category="stress", impact=3, now=timezone.now())
    strategy, theirs = (add_strategy(person=each, name="Walk", now=timezone.now()) for each in (alice, dana))
    now = timezone.now().isoformat()
    said = {"submission": str(uuid.uuid4()), "started_at": now, "outcome": "eased"}
    named = {"trigger": str(trigger.pk), "strategy": str(strategy.pk)}

    answer = as_alice.post("/api/v1/rides/", said | named, content_type="application/json")

    assert answer.status_code == 201
    assert answer.json().items() >= named.items()
    assert StrategyUse.objects.of(alice).get().strategy == strategy
    for name, key in (("strategy", theirs.pk), ("trigger", uuid.uuid4())):
        wrong = said | {"submission": str(uuid.uuid4()), name: str(key)}
        assert as_alice.post("/api/v1/rides/", wrong, content_type="application/json").status_code == 400
    assert Ride.objects.of(alice).count() == 1


@pytest.mark.parametrize(
    "change", [{"outcome": "other"}, {"outcome": None}, {"submission": "x"}, {"ended_at": "2001-01-01T00:00:00Z"}]
)
def test_an_urge_that_makes_no_sense_is_turned_away_with_words(as_alice, alice, change):
    now = timezone.now().isoformat()
    said = {"submission": str(uuid.uuid4()), "started_at": now, "outcome": "eased", **change}

    answer = as_alice.post("/api/v1/rides/", said, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()
    assert not Ride.objects.of(alice).exists()


def test_the_worker_shows_notifications_too(client):
    text = client.get("/sw.js").content.decode()

    assert 'addEventListener("push"' in text
    assert text.count('addEventListener("notificationclick"') == 1
