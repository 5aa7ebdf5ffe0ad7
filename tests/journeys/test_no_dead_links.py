"""No link leads nowhere: everything within three taps of the front page answers, for everybody who may tap it."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.matrix import ADMIN, ALICE, ANONYMOUS, BOB, CHARLIE, DANA, ERIN
from tests.matrix.stage import Stage

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TAPS = 3
# Hide ends the walk: the cover is all that is left, and that is its purpose.
NOT_WALKED = ("/cover/",)
# What somebody must find within three taps, so that a walk that got stuck at the door does not pass.
FOUND = {
    ANONYMOUS: {
        "/help/",
        "/find/",
        "/treatment/detox/",
        "/before-you-stop/",
        "/tools/box-breathing/",
        "/accounts/signup/",
        "/accounts/login/",
        "/terms/",
        "/privacy/",
    },
    CHARLIE: {
        "/check-in/",
        "/check-ins/",
        "/plan/",
        "/insights/",
        "/path/",
        "/sharing/add/",
        "/you/data/",
        "/medications/add/",
        "/tools/journal/add/",
    },
    ALICE: {"/check-ins/", "/plan/triggers/add/", "/plan/revisions/", "/sharing/log/", "/journeys/", "/you/reminders/"},
    BOB: {"/desk/", "/today/", "/you/counselor/"},
    DANA: {"/beside/", "/sharing/"},
    ERIN: {"/admin/", "/find/"},
    ADMIN: {"/admin/", "/roles/"},
}


def links(page: BeautifulSoup) -> Iterator[str]:
    """Yield every address that a tap leads to without sending anything: links, and forms that only ask."""
    for tag in page.select("a[href], area[href]"):
        yield str(tag["href"])
    for tag in page.select("[hx-get]"):
        yield str(tag["hx-get"])
    for form in page.select("form"):
        if str(form.get("method", "get")).lower() == "get":
            yield str(form.get("action") or "")


def key_of(address: str) -> tuple[str, ...]:
    """Return what makes a page another one: its path, and which questions its address asks."""
    parts = urlsplit(address)
    return (parts.path, *sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}))


def missing_anchors(page: BeautifulSoup) -> Iterator[str]:
    """Yield each link to a place on the page itself that is not there."""
    names = {str(tag["id"]) for tag in page.select("[id]")}
    for tag in page.select("a[href^='#']"):
        place = str(tag["href"])[1:]
        if place and place not in names:
            yield f"#{place}"


def missing_files(page: BeautifulSoup) -> Iterator[str]:
    """Yield each style sheet, script, picture or font of ours that the page names and that is not there."""
    for tag in page.select("link[href], script[src], img[src]"):
        assert isinstance(tag, Tag)
        path = urlsplit(str(tag.get("href") or tag.get("src"))).path
        if path.startswith(settings.STATIC_URL) and not finders.find(path.removeprefix(settings.STATIC_URL)):
            yield path


def problems_of(answer: HttpResponse, persona: str, address: str) -> Iterator[str]:
    if answer.status_code not in {200, 302}:
        yield f"{answer.status_code} for {address}"
    if answer.status_code == 302 and persona != ANONYMOUS and answer["Location"].startswith(reverse("account_login")):
        yield f"{address} asks somebody who is signed in to sign in"


def walk(client: Client, persona: str, start: str = "/") -> tuple[set[str], list[str]]:
    """Tap everything that is at most TAPS away, and return the paths that were seen and what was wrong."""
    waiting, known = deque([(start, 0, "the start")]), {key_of(start)}
    seen: set[str] = set()
    problems: list[str] = []
    while waiting:
        address, taps, came_from = waiting.popleft()
        answer = client.get(address)
        seen.add(urlsplit(address).path)
        problems += [f"{problem}, on {came_from}" for problem in problems_of(answer, persona, address)]
        found: list[str] = []
        if answer.status_code == 302:
            found, next_taps = [answer["Location"]], taps
        elif answer.get("Content-Type", "").startswith("text/html"):
            page = BeautifulSoup(answer.content, "html.parser")
            problems += [f"{gone} is not on {address}" for gone in (*missing_anchors(page), *missing_files(page))]
            found, next_taps = (list(links(page)) if taps < TAPS else []), taps + 1
        for href in found:
            to = urldefrag(urljoin(f"http://testserver{address}", href)).url
            parts = urlsplit(to)
            inside = parts.scheme == "http" and parts.netloc == "testserver"
            if not inside or parts.path.startswith((*NOT_WALKED, settings.STATIC_URL)) or key_of(to) in known:
                continue
            known.add(key_of(to))
            waiting.append((f"{parts.path}?{parts.query}" if parts.query else parts.path, next_taps, address))
    return seen, problems


@pytest.mark.parametrize("persona", FOUND)
def test_every_link_within_three_taps_leads_somewhere(persona):
    stage = Stage()
    letting_in = {BOB: f"/desk/{stage.alice.pk}/", DANA: f"/beside/{stage.alice.pk}/"}

    seen, problems = walk(stage.client(persona), persona)

    assert problems == []
    assert FOUND[persona] <= seen
    assert {path for who, path in letting_in.items() if who == persona} <= seen


def test_a_link_that_leads_nowhere_is_noticed(client, monkeypatch):
    monkeypatch.setattr(f"{__name__}.links", lambda page: iter(["/nowhere/"]))

    assert walk(client, ANONYMOUS)[1] == ["404 for /nowhere/, on /"]
