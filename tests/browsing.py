"""`site`: a phone-sized tab of a real Chromium on a live server, on which nothing may go wrong unseen.

A test that takes `site` (or `plain_site`, without JavaScript) is marked `browser` and gets both databases by itself.
It fails at its end for a console error, a refused resource (CSP), a request to another host, or a 5xx.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.browsers import ARGUMENTS, installed_chromium

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIXTURES = {"site", "plain_site", "open_site"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
            databases = ["default", "keys"]
            item.add_marker(pytest.mark.django_db(transaction=True, databases=databases))


class Site:
    """One person's tab: `page` is Playwright's own, `problems` what must stay empty."""

    def __init__(self, page, url: str) -> None:
        self.page, self.url = page, url
        self.problems: list[str] = []
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def open(self, path: str):
        """Go to a path of the site and return Playwright's response."""
        return self.page.goto(self.url + path)

    def go_dark(self) -> None:
        """Take the network away, once the worker is there: cut off while it is fetched, the browser complains of it."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.context.set_offline(True)

    def sign_in(self, user: User) -> None:
        """Be this person from the next page on."""
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}
        self.page.context.add_cookies([cookie])

    @property
    def path(self) -> str:
        """Where the tab is, without the host."""
        return urlsplit(self.page.url).path

    def accessibility_problems(self) -> list[str]:
        """Return what axe-core finds on the page as it is now (WCAG 2.2 AA), one sentence each."""
        from axe_playwright_python.sync_playwright import Axe

        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(Axe().axe_script)
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(options).then(found => found.violations)", options)
        return [f"{rule['id']}: {rule['help']} ({node['html'][:160]})" for rule in found for node in rule["nodes"]]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen; a phone should not scroll sideways."""
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(script))

    def _note_request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != urlsplit(self.url).netloc:
            self.problems.append(f"request to another host: {request.url}")

    def _note_response(self, response) -> None:
        missing = response.status >= 400 and urlsplit(response.url).path.startswith(settings.STATIC_URL)
        if response.status >= 500 or missing:
            self.problems.append(f"{response.status} for {response.url}")

    def _note_console(self, message) -> None:
        # Chromium writes an error for each 4xx too; a form that is turned away with 422 is meant to be.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "args": ARGUMENTS, "executable_path": installed_chromium()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "viewport": PHONE, "locale": "en-US", "timezone_id": "America/Chicago"}


@pytest.fixture
def open_site(live_server, browser, browser_context_args: dict) -> Iterator[Callable[..., Site]]:
    """Open further tabs, each with cookies of its own: `open_site(viewport=DESK, color_scheme="dark")`."""
    opened: list[Site] = []

    def make(**context: object) -> Site:
        site = Site(browser.new_context(**{**browser_context_args, **context}).new_page(), live_server.url)
        opened.append(site)
        return site

    yield make
    for site in opened:
        site.page.context.close()
    assert [problem for site in opened for problem in site.problems] == []


@pytest.fixture
def site(open_site) -> Site:
    return open_site()


@pytest.fixture
def plain_site(open_site) -> Site:
    """The same without JavaScript."""
    return open_site(java_script_enabled=False)
