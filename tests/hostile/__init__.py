"""What nobody should send, and somebody will: the corpus, and the rules that every answer to it keeps."""

import re
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.urls import Resolver404, resolve

from tests.hostile.watching import Read, watching
from tests.matrix.stage import ROOMS, Stage

MARK = "wl-was-here"
XSS = {
    "a script": f"<script>{MARK}()</script>",
    "an image": f"<img src=x onerror={MARK}()>",
    "out of an attribute": f'"><svg onload={MARK}()>',
    "out of a quote": f"'><b id={MARK}>",
    "out of a text area": f"</textarea></title><b id={MARK}>",
}
# Each of these as it stands would have become a part of the page.
UNESCAPED = re.compile(rf"<(script>|img src=x onerror=|svg onload=|b id=){MARK}|</textarea></title><b")

TEXTS: dict[str, str] = {
    "a nul": "before\x00after",
    "half a pair": "half \ufffd a pair",  # what is left of a lone surrogate once a form has sent it
    "200 KB": "long words " * 18_600,
    "a family": "👩‍👩‍👧‍👦🏳️‍🌈 at home",
    "right to left": "\u202ereversed\u202c שלום مرحبا",
    "stacked marks": "e" + "\u0301" * 300,
    "only invisible": "\u200b\u2060\ufeff",
    "template signs": "{{7*7}} {% debug %} ${7*7} %(name)s {0.__class__}",
    "a formula": "=cmd|' /C calc'!A0",
    "a calendar line": "x\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "a mail header": "x\r\nBcc: dana@example.org",
    "statement": "'; DROP TABLE recovery_checkin; --",
    "a path": "../../../../etc/passwd",
    "an address": "javascript:alert(1)",
    **XSS,
}
NUMBERS = [
    "9223372036854775808",
    "-9223372036854775809",
    "-1",
    "0",
    "1e400",
    "NaN",
    "-Infinity",
    "²",
    "٣",
    "1.5",
    "0x10",
    "9" * 5_000,
]
DATES = ["0000-00-00", "0001-01-01", "9999-99-99", "9999-12-31", "2026-02-30", "20260101", "2026-W01-1", "24:61", "now"]
KEYS = ["00000000-0000-0000-0000-000000000000", "not-a-key", "{", "None", "[]", "true"]
ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "http:evil.example",
    "https:///evil.example",
    "//evil.example\\@testserver",
    "javascript:alert(1)",
    "data:text/html,x",
    "///evil.example",
    "/%09/evil.example",
    "http://testserver@evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\r\n/evil.example",
    "http://[::1",
    "//[",
    "https://testserver.evil.example/",
    "x" * 9_000,
]
CORPUS: list[str] = [*TEXTS.values(), *NUMBERS, *DATES, *KEYS, ""]
# May be written whatever the answer: the session that carries the visit, and who looked where something was shown.
WRITTEN_ANYWAY = {"accounts.Session", "support.Access", "support.AccessChain"}
TABLES = {
    model._meta.db_table
    for model in apps.get_models()
    if model._meta.app_label in {*ROOMS, "account"} and model._meta.label not in WRITTEN_ANYWAY
}
# Where in the first steps somebody is, so that they come back to it. Looking at the step writes it too.
NO_ANSWER = 'UPDATE "accounts_user" SET "onboarding_step"'
OURS = {"", "testserver"}


class Trial:
    """Sends one thing and takes it back, says what was wrong with the answer, and knows what was read and tried."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sent = 0
        self.wrong: dict[str, int] = {}
        self.rendered: set[str] = set()  # names of templates
        self.read: set[tuple[str, Read]] = set()
        self.tried: set[tuple[str, Read]] = set()

    def send(
        self, persona: str, method: str, url: str, *, label: str, then: Any = None, tries: Any = (), **request: Any
    ) -> Any:
        """Knock; `then(response)` may look further while what was written still stands, and returns complaints.

        :param tries: the names of the fields, or on GET of the parameters, that are wrong this time
        """
        self.sent += 1
        route = route_of(url)
        self.tried |= {(route, ("GET" if method.upper() == "GET" else "POST", shape_of(name))) for name in tries}
        statements: list[str] = []
        names: set[Read] = set()

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        client = self.stage.client(persona)
        for name, value in request.pop("cookies", {}).items():
            client.cookies[name] = value
        if settings.REDIS_URL:
            cache.clear()  # where no transaction takes it back, what earlier knocks used up of a limit would be left
        with transaction.atomic(), transaction.atomic(using="keys"):
            try:
                with ExitStack() as noting:
                    noting.enter_context(watching(names))
                    noting.enter_context(patch("django.test.client.store_rendered_templates", keep_names))
                    for alias in ("default", "keys"):
                        noting.enter_context(connections[alias].execute_wrapper(note))
                    response = knock(client, method.upper(), url, **request)
                found = [*wrong_answer(response, statements), *(then(response) if then else [])]
            except Exception as error:  # a view that breaks is one more wrong answer among the others
                response, found = None, [f"{type(error).__name__}: {str(error)[:200]}"]
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
        self.read |= {(route, (place, shape_of(name))) for place, name in names}
        self.rendered |= {str(template.name) for template in getattr(response, "templates", ())}
        for complaint in found:
            line = f"{method} {url[:80]} [{label}] {complaint}"
            self.wrong[line] = self.wrong.get(line, 0) + 1
        return response

    def has_tried(self, method: str, url: str, name: str) -> bool:
        return (route_of(url), ("GET" if method.upper() == "GET" else "POST", shape_of(name))) in self.tried

    def never_wrong(self, place: str, but: Any = frozenset()) -> list[tuple[str, str]]:
        """Return (route, name) of all that a page read of its address or its form, and that was right every time."""
        left = {(route, name) for route, (kind, name) in self.read - self.tried if route and kind == place}
        return sorted(each for each in left if each[1] not in but)

    def verdict(self) -> None:
        assert not self.wrong, f"{len(self.wrong)} wrong of {self.sent}:\n" + "\n".join(list(self.wrong)[:80])


def keep_names(store: Any, signal: Any, sender: Any, template: Any, context: Any, **more: Any) -> None:
    """Keep which templates were rendered. The client's own also copies the context of each, a tenth of all the work."""
    store.setdefault("templates", []).append(template)


def route_of(url: str) -> str:
    """Return the name of the route behind an address, and nothing where there is none."""
    try:
        return resolve(urlsplit(url).path).view_name
    except (Resolver404, ValueError):
        return ""


def shape_of(name: str) -> str:
    """Return a field's name without the key or the number of its row."""
    return re.sub(r"[0-9a-f-]{36}|(?<=-)\d+(?=-)|__prefix__", "*", name)


def knock(client: Any, method: str, url: str, **request: Any) -> Any:
    body = request.get("data")
    if isinstance(body, bytes):  # as it is: the client's own methods would encode it first
        return client.generic(method, url, **request)
    return getattr(client, method.lower())(url, **request)


def wrong_answer(response: Any, statements: list[str]) -> list[str]:
    """Return what no answer to anything may be."""
    wrong = []
    status = response.status_code
    if status >= 500:
        wrong.append(f"{status}")
    if 400 <= status < 500:
        wrong += [f"{status}, and wrote {sql[:60]}" for sql in written_on(statements)]
    if "Location" in response.headers and not leads_home(response.headers["Location"]):
        wrong.append(f"leads to {response.headers['Location'][:80]}")
    return wrong + unescaped(response)


def written_on(statements: list[str]) -> list[str]:
    kept = [sql for sql in kept_of(statements) if not sql.startswith(NO_ANSWER)]
    return [sql for sql in kept if any(f'"{table}"' in sql for table in TABLES)]


def kept_of(statements: list[str]) -> list[str]:
    """Return the writes that nothing took back."""
    written: list[str] = []
    marks: dict[str, int] = {}
    for sql in statements:
        if sql.startswith("SAVEPOINT"):
            marks[sql.split()[-1]] = len(written)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del written[marks[sql.split()[-1]] :]
        elif sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(sql)
    return written


def leads_home(to: str) -> bool:
    # Browsers read a backslash as a slash, and leave out tabs and line ends.
    parts = urlsplit(re.sub(r"[\t\r\n]", "", to).replace("\\", "/").strip())
    return parts.netloc in OURS and parts.scheme in {"", "http", "https"}


def unescaped(response: Any) -> list[str]:
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = UNESCAPED.search(response.content.decode("utf-8", "replace"))
    return [f"not escaped: {found.group()}"] if found else []
