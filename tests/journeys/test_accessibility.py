"""Every page of ours, read by axe-core as the people who get in see it: on a phone and a desk, light and dark.

The pages come from the addresses themselves and from the authorization matrix: a new page is looked at by itself, and
so is each of its forms after an answer that could not be right.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import ViewportSize

from accounts.models import User
from accounts.unlocking import acting_for
from config.management.demo.people import PEOPLE
from recovery.models import CheckIn
from support.services import make_invitation
from tests.browsing import DESK, PHONE, Site
from tests.journeys.looking import forms_of, look, send_wrong
from tests.matrix import ADMIN, ALICE, ANONYMOUS, BOB, CHARLIE, DANA, ERIN, Row
from tests.matrix.stage import Stage
from tests.test_matrix import address, routes, row_of

STATIC = Path(settings.BASE_DIR) / "static"
# Pages that are drawn by a library, with the reason why their look is not ours to mend.
NOT_OURS = {
    "admin:*": "Django's own admin, for those who run the site",
    "admin/*": "Django's own admin, for those who run the site",
    "api:*": "answers in JSON",
    "api-schema": "answers in YAML or JSON",
    "api-pages": "Swagger UI, for people who build on the API",
    "healthz": "answers in JSON",
    "readyz": "answers in JSON",
    "robots": "plain text",
    "support:access-log-file": "a file to keep",
    "plan-pdf": "a file to print",
    "plan-copy": "answers in JSON",
    "reminders:calendar-feed": "a file for a calendar",
    "worker": "a script",
    "manifest": "answers in JSON",
    "offline-session": "answers in JSON",
    "metrics": "numbers for a program",
    "resources:on-now": "a part of Help, which is looked at whole",
    "resources:meetings-feed": "answers in JSON",
    "resources:listings-table": "a table to keep",
    "resources:bmlt-json": "answers in JSON",
    "resources:bmlt-jsonp": "a script for pages of other sites",
    "resources:hsds-services": "answers in JSON",
    "resources:listing-calendar": "a file for a calendar",
}
# Where the months of a person show.
FULL_PAGES = [
    *(
        "/today/",
        "/insights/?days=7",
        "/insights/?days=30",
        "/insights/?days=90",
        "/check-ins/",
        "/path/",
        "/journeys/",
    ),
    *("/plan/", "/plan/print/", "/plan/triggers/", "/plan/triggers/?by=kind", "/plan/revisions/", "/help/"),
    *("/right-now/", "/sharing/", "/sharing/log/", "/you/reminders/"),
]


def ours() -> Iterator[tuple[str, Row]]:
    seen = set()
    for name, _route in routes(get_resolver()):
        row = row_of(name)
        shut = any(name == key or (key.endswith("*") and name.startswith(key[:-1])) for key in NOT_OURS)
        if row and not shut and name not in seen and "GET" in row.methods and row.get & {200}:
            seen.add(name)
            yield name, row


def seen_by(persona: str) -> Iterator[tuple[str, Row]]:
    """Yield what to look at as this persona: each page as a visitor and as Alice, or as the first who gets in."""
    for name, row in ours():
        looks = [who for who in (ANONYMOUS, ALICE) if who in row.access.let_in]
        looks = looks or [who for who in (BOB, DANA, ERIN, CHARLIE, ADMIN) if who in row.access.let_in][:1]
        if persona in looks:
            yield name, row


def pages_of(persona: str, stage: Stage) -> list[str]:
    """Return where this persona looks."""
    paths = [address(name, row, stage) for name, row in seen_by(persona)]
    # One address of its own for each step, of which the matrix knows one.
    return paths + [reverse("onboarding-step", args=[step]) for step in (1, 3, 4) if persona == ALICE]


def test_dark_is_the_same_whether_the_phone_or_the_person_asks_for_it():
    css = (STATIC / "css/tokens.css").read_text()
    scripts = "".join(path.read_text() for path in STATIC.glob("js/*.js"))

    [chosen] = re.findall(r':root\[data-theme="dark"\].*?\{(.*?)\}', css, re.DOTALL)
    [asked] = re.findall(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)

    assert chosen.split() == asked.split()
    # Nothing else may depend on it: the pages are looked at in both lights without being loaded again.
    assert "prefers-color-scheme" not in scripts


@pytest.fixture
def stage(settings, tmp_path) -> Stage:
    settings.MAILBOX = tmp_path  # the embedded default's page, which this database would not have
    return Stage()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("persona", [ANONYMOUS, ALICE, BOB, DANA, ADMIN])
def test_every_page_can_be_read_by_everyone_who_gets_in(persona, site, stage):
    be(site, persona, stage)

    found = look_at_all(site, pages_of(persona, stage))

    assert found == [], "\n".join(found)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("persona", [ANONYMOUS, ALICE, BOB])
def test_every_form_that_was_turned_away_can_be_read_by_everyone(persona, site, stage):
    be(site, persona, stage)
    forms: dict[str, list[int]] = {}
    for path in pages_of(persona, stage):
        site.open(path)
        forms[site.path] = forms_of(site)

    found = []
    for path, numbers in forms.items():
        for number in numbers:
            site.open(path)
            found += send_wrong(site, number)

    assert found == [], "\n".join(found)


def be(site: Site, persona: str, stage: Stage) -> None:
    if persona != ANONYMOUS:
        site.sign_in(stage.people[persona])


def look_at_all(site: Site, paths: list[str], sizes: Sequence[ViewportSize] = (PHONE, DESK)) -> list[str]:
    """Open each page and return what is wrong; one that leads to a page already seen needs no second look."""
    found: list[str] = []
    seen: set[str] = set()
    for path in paths:
        answer = site.open(path)
        where = site.page.url.removeprefix(site.url)
        if where in seen:
            continue
        seen.add(where)
        if answer.status >= 400 or "text/html" not in answer.headers.get("content-type", ""):
            found.append(f"{path}: {answer.status} {answer.headers.get('content-type')}")
            continue
        found += look(site, path, sizes)
    return found


@pytest.mark.timeout(300)
def test_the_pages_of_somebody_who_has_written_nothing_can_be_read_by_everyone(site, charlie):
    site.sign_in(charlie)
    paths = [
        reverse(name)
        for name, row in seen_by(ALICE)
        if not row.args and not row.url and ANONYMOUS not in row.access.let_in
    ]

    found = look_at_all(site, paths, sizes=(PHONE,))

    assert found == [], "\n".join(found)


@pytest.mark.timeout(600)
def test_a_life_with_months_in_it_can_be_read_by_everyone(site, monkeypatch):
    """Charts, calendars, long lists and a full desk, as the demo people have them."""
    few = tuple(person for person in PEOPLE if person.slug in {"alice", "bob", "dana", "sam"})
    monkeypatch.setattr("config.management.demo.build.PEOPLE", few)
    call_command("demo", force=True)
    alice = User.objects.get(email="alice@example.org")
    day = CheckIn.objects.of(alice).latest("day").day.isoformat()
    looks = {
        "alice": [*FULL_PAGES, f"/check-ins/{day}/", f"/check-ins/{day}/saved/", f"/check-ins/{day}/edit/"],
        "bob": ["/desk/", f"/desk/{alice.pk}/"],
        "dana": ["/beside/", f"/beside/{alice.pk}/"],
    }
    found = []

    for name, paths in looks.items():
        site.sign_in(User.objects.get(email=f"{name}@example.org"))
        found += look_at_all(site, paths)

    assert found == [], "\n".join(found)


def test_the_steps_into_an_account_can_be_read_by_everyone(site, alice):
    site.open("/accounts/signup/")
    site.page.get_by_label("E-mail address").fill("robin@example.org")
    site.page.get_by_label("Password").fill("quiet-evening-walks")
    site.page.get_by_label("I am 18 or older").check()
    press(site, "Make my account", "Check your mail")
    found = [*look(site, "the code after signing up"), *send_wrong(site)]

    site.open("/accounts/password/reset/")
    site.page.get_by_label("E-mail address").fill(alice.email)
    press(site, "Send me a code", "Check your mail")
    found += [*look(site, "the code for a new password"), *send_wrong(site)]
    site.page.get_by_label("Code from the mail").fill(mailed_code())
    press(site, "Go on", "Choose a new password")
    found += [*look(site, "a new password"), *send_wrong(site)]

    assert found == [], "\n".join(found)


def test_the_steps_of_letting_somebody_in_can_be_read_by_everyone(site, alice, bob):
    with acting_for(bob.pk):
        code = make_invitation(maker=bob, role="counselor", name="Bob Ruiz", now=timezone.now()).code
    site.sign_in(alice)
    site.open("/sharing/add/")
    site.page.get_by_label("Their code").fill(code)
    press(site, "See who it is", "What may")
    found = [*look(site, "what to share"), *send_wrong(site)]
    site.open("/sharing/add/what/")
    site.page.get_by_label("Check-in trends").check(force=True)
    press(site, "Read it before I sign", "Read it, then sign")
    found += [*look(site, "the signature"), *send_wrong(site)]

    assert found == [], "\n".join(found)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "413", "429", "500", "account/mail_failed"])
def test_what_is_said_when_something_went_wrong_can_be_read_by_everyone(name, site, rf):
    request = rf.get("/")
    request.user, request.session, request.htmx = AnonymousUser(), {}, False
    words = render_to_string(f"{name}.html", {}, None if name == "500" else request)
    site.page.route("**/broken/", lambda route: route.fulfill(body=words, content_type="text/html"))

    site.open("/broken/")

    assert look(site, name) == []


def test_the_cover_and_a_missing_page_can_be_read_by_everyone(site):
    site.open("/nothing-here/")
    found = look(site, "404")
    site.open("/terms/")
    site.page.request.post(site.url + "/cover/")
    site.open("/terms/")
    found += look(site, "the cover")

    assert found == []


def press(site: Site, button: str, heading: str) -> None:
    """Press a button and wait for the page that it leads to."""
    site.page.get_by_role("button", name=button).click()
    site.page.get_by_role("heading", name=heading, level=1).wait_for()


def mailed_code() -> str:
    found = re.search(r"your code is (\S+)", mail.outbox[-1].body)
    assert found
    return found[1]
