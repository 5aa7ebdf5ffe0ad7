"""What nobody should send, and somebody will: the corpus, and the rules that every answer to it keeps."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db import connection, transaction

from accounts.models import OwnedModel
from tests.matrix.stage import Stage

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
CORPUS: list[str] = [*TEXTS.values(), *NUMBERS, *DATES, *KEYS, ""]
# What no field can do without in its turn: each kind of trouble once.
SHORT: list[str] = [
    TEXTS["a nul"], TEXTS["200 KB"], TEXTS["right to left"], XSS["out of an attribute"], XSS["out of a text area"],
    "9223372036854775808", "-1", "NaN", "²", "0000-00-00", "9999-12-31", "not-a-key", "",
]  # fmt: skip
TABLES = {model._meta.db_table for model in apps.get_models() if issubclass(model, OwnedModel)}
OURS = {"", "testserver"}


class Trial:
    """Sends one thing and takes it back, and says what was wrong with the answer; counts what it has sent."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sent = 0
        self.wrong: dict[str, int] = {}

    def send(self, persona: str, method: str, url: str, *, label: str, then: Any = None, **request: Any) -> Any:
        """Knock; `then(response)` may look further while what was written still stands, and returns complaints."""
        self.sent += 1
        statements: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        client = self.stage.client(persona)
        for name, value in request.pop("cookies", {}).items():
            client.cookies[name] = value
        with transaction.atomic(), transaction.atomic(using="keys"):
            try:
                with connection.execute_wrapper(note):
                    response = knock(client, method.upper(), url, **request)
                found = [*wrong_answer(response, statements), *(then(response) if then else [])]
            except Exception as error:  # a view that breaks is one more wrong answer among the others
                response, found = None, [f"{type(error).__name__}: {str(error)[:200]}"]
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
        for complaint in found:
            line = f"{method} {url[:80]} [{label}] {complaint}"
            self.wrong[line] = self.wrong.get(line, 0) + 1
        return response

    def verdict(self) -> None:
        assert not self.wrong, f"{len(self.wrong)} wrong of {self.sent}:\n" + "\n".join(list(self.wrong)[:80])


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
        written = [sql for sql in kept_of(statements) if any(f'"{table}"' in sql for table in TABLES)]
        wrong += [f"{status}, and wrote {sql[:60]}" for sql in written]
    if "Location" in response.headers and not leads_home(response.headers["Location"]):
        wrong.append(f"leads to {response.headers['Location'][:80]}")
    return wrong + unescaped(response)


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
