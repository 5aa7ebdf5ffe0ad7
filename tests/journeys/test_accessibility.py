"""Every page of ours, read by axe-core as the people who get in see it: on a phone and a desk, light and dark.

The pages come from the addresses themselves and from the authorization matrix: a new page is looked at by itself.
"""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from tests.browsing import DESK, PHONE, Site
from tests.matrix import ADMIN, ALICE, ANONYMOUS, BOB, CHARLIE, DANA, ERIN, Row
from tests.matrix.stage import Stage
from tests.test_matrix import address, routes, row_of

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
}
NARROW = {"width": 320, "height": 640}
# Chromium's default is 16 px: somebody who reads at 200 % has set this.
DOUBLE_TEXT_PX = 32


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


def problems_of(site: Site, where: str) -> Iterator[str]:
    """Yield what is wrong with the page as it stands, in every size and light."""
    for size in (PHONE, DESK):
        site.page.set_viewport_size(size)
        for light in ("light", "dark"):
            site.page.emulate_media(color_scheme=light, reduced_motion="reduce")
            found = site.accessibility_problems(colours_only=light == "dark")
            yield from (f"{where} {size['width']} {light}: {problem}" for problem in found)
    site.page.set_viewport_size(NARROW)
    if site.overflow() > 0:
        yield f"{where} scrolls sideways by {site.overflow()} px at 320 px"


def too_wide_with_large_text(site: Site, where: str) -> Iterator[str]:
    site.page.set_viewport_size(PHONE)
    tools = site.page.context.new_cdp_session(site.page)
    tools.send("Page.setFontSizes", {"fontSizes": {"standard": DOUBLE_TEXT_PX, "fixed": DOUBLE_TEXT_PX}})
    site.page.wait_for_timeout(50)
    if site.overflow() > 0:
        yield f"{where} scrolls sideways by {site.overflow()} px at 200 % text"
    tools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    tools.detach()


def look(site: Site, path: str, where: str, seen: set[str] | None = None) -> Iterator[str]:
    """Open a page and yield what is wrong with it; one that leads to a page already seen needs no second look."""
    answer = site.open(path)
    if seen is not None and site.path in seen:
        return
    if seen is not None:
        seen.add(site.path)
    if answer.status >= 400 or "text/html" not in answer.headers.get("content-type", ""):
        yield f"{where}: {answer.status} {answer.headers.get('content-type')}"
        return
    yield from problems_of(site, where)
    yield from too_wide_with_large_text(site, where)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("persona", [ANONYMOUS, ALICE, BOB, DANA, ERIN])
def test_every_page_can_be_read_by_everyone_who_gets_in(persona, site, settings, tmp_path):
    settings.MAILBOX = tmp_path  # the embedded default's page, which this database would not have
    stage = Stage()
    if persona != ANONYMOUS:
        site.sign_in(stage.people[persona])
    pages = [(name, address(name, row, stage)) for name, row in seen_by(persona)]

    seen: set[str] = set()

    found = [problem for name, path in pages for problem in look(site, path, f"{name} ({path})", seen)]

    assert found == [], "\n".join(found)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_a_form_that_was_turned_away_can_be_read_by_everyone(path, site):
    site.open(path)

    site.page.locator("main form button").first.click()
    site.page.get_by_role("alert").first.wait_for()

    assert site.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert [*problems_of(site, path)] == []


def test_the_cover_and_a_missing_page_can_be_read_by_everyone(site):
    site.open("/nothing-here/")
    found = [*problems_of(site, "404")]
    site.open("/terms/")
    site.page.request.post(site.url + "/cover/")
    found += look(site, "/terms/", "the cover")

    assert found == []
