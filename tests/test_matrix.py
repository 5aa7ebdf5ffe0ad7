"""Everybody tries every door, with every method; a door that nobody has described is a failure."""

import importlib
import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

import pytest
from celery.signals import before_task_publish
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import OwnedModel
from tests.matrix import ALICE, ANONYMOUS, EVERYBODY, METHODS, SAFE, Row
from tests.matrix.stage import ROOMS, Stage, private_fields, set_up

NO_SUCH_ID = UUID(int=0)
TYPED = "canary-typed-in-yodel"
# What a person types anywhere: it may come back to them, and must not reach a log, a mail or a task.
TYPING = dict.fromkeys(
    ["name", "note", "text", "title", "called", "email", "login", "q", "answer", "comment", "words", "label"], TYPED
)


def routes(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield each route of the house under the name that its row has: the URL name, or its pattern where it has none."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, prefix + str(pattern.pattern), inner)
        else:
            yield (space + pattern.name if pattern.name else prefix + str(pattern.pattern)), pattern


def declared() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for room in ROOMS:
        rows.update(importlib.import_module(f"tests.matrix.{room}").ROWS)
    return rows


ROWS = declared()
ROUTES = sorted({name for name, _pattern in routes(get_resolver())})


def row_of(name: str) -> Row | None:
    if name in ROWS:
        return ROWS[name]
    if name.startswith("admin/") and name.endswith("/<path:object_id>/"):
        # The admin's unnamed way on from an old address goes with the model's other pages.
        found = row_of(f"admin:{'_'.join(name.split('/')[1:3])}_old")
        return replace(found, get=frozenset({302})) if found else None
    return next((found for pattern, found in ROWS.items() if "*" in pattern and fnmatchcase(name, pattern)), None)


PLAYED = [name for name in ROUTES if row_of(name)]


def address(name: str, row: Row, stage: Stage) -> str:
    if row.url:
        return row.url(stage)
    if row.args:
        return reverse(name, args=row.args(stage))
    if name.startswith("admin/"):
        return "/" + name.replace("<path:object_id>", str(NO_SUCH_ID))
    if name.startswith("admin:") and name.count("_") > 1 and name.endswith(("_change", "_delete", "_history")):
        app, model = name.removeprefix("admin:").rsplit("_", 1)[0].split("_", 1)
        kept = apps.get_model(app, model)._default_manager.first()
        return reverse(name, args=[kept.pk if kept else NO_SUCH_ID])
    return reverse(name)


def test_every_route_has_its_row():
    missing = [name for name in ROUTES if row_of(name) is None]

    assert not missing, f"No row in tests/matrix/ for {missing}: say there who gets in."


def test_no_row_is_left_of_a_route_that_is_gone():
    gone = [key for key in ROWS if not any(fnmatchcase(name, key) or name == key for name in ROUTES)]

    assert not gone


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made:
        yield made


@pytest.fixture
def tasks() -> Iterator[list[str]]:
    """What reaches the queue while this test runs, as text."""
    sent: list[str] = []

    def note(body: Any = None, **_: Any) -> None:
        sent.append(repr(body))

    before_task_publish.connect(note, weak=False)
    yield sent
    before_task_publish.disconnect(note)


@pytest.mark.django_db(databases=["default", "keys"])
def test_every_private_text_of_the_house_is_planted(stage):
    missing = [f"{model._meta.label}.{field.name}" for model, field in private_fields()]

    assert set(missing) == set(stage.canaries), "plant(stage) of the room must make a row of Alice's for each of these"


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize("name", PLAYED)
def test_everybody_is_answered_as_declared(name, stage, tasks, caplog, django_capture_on_commit_callbacks):
    row = row_of(name)
    assert row
    url = address(name, row, stage)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "django.db.backends")  # statements with their values; no setting of ours logs them

    wrong: dict[str, list[str]] = {}
    for persona in sorted(EVERYBODY):
        for method in METHODS:
            with transaction.atomic(), transaction.atomic(using="keys"):
                try:
                    with django_capture_on_commit_callbacks(execute=True):
                        found = try_cell(stage, row, persona, method, url)
                except Exception as error:  # a view that breaks is one more wrong answer among the others
                    found = [f"{type(error).__name__}: {error}"]
                for complaint in found:
                    wrong.setdefault(f"{method} {url} {complaint}", []).append(persona)
                transaction.set_rollback(True)
                transaction.set_rollback(True, using="keys")

    mails = " ".join(str(letter.message()) for letter in mail.outbox)
    leaks = {*stage.canaries.values(), TYPED}
    for place, text in (("a log", caplog.text), ("a task", " ".join(tasks)), ("a mail", mails)):
        wrong.update({f"{canary} reached {place}": [] for canary in leaks if canary in text})
    assert not wrong, "\n".join(f"{complaint} ({'; '.join(who)})" for complaint, who in wrong.items())


def try_cell(stage: Stage, row: Row, persona: str, method: str, url: str) -> list[str]:
    """Knock once and return what is wrong with the answer."""
    cache.clear()  # in Redis, what earlier knocks used up of a limit would be left
    api = url.startswith("/api/")
    body = {**TYPING, **row.body}
    client = stage.client(persona)
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        if method in SAFE:
            response = client.generic(method, url)
        elif method == "POST" and not api:
            response = client.post(url, body)
        else:
            response = getattr(client, method.lower())(url, body, content_type="application/json")
    text = body_of(response)
    return [
        *wrong_status(row, persona, method, response, api=api),
        *wrong_text(stage, row, persona, method, text + repr(response.headers) + response.cookies.output()),
        *wrong_writes(row, persona, method, statements),
    ]


def body_of(response: Any) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return io.BytesIO(raw).read().decode("utf-8", "replace")


def wrong_status(row: Row, persona: str, method: str, response: Any, *, api: bool) -> list[str]:
    status = response.status_code
    if persona in row.access.let_in:
        expected = {405} if method not in row.methods else row.get if method in SAFE else row.deed
        return [] if status in expected else [f"{status}, declared {sorted(expected)}"]
    if persona == ANONYMOUS and api:
        return [] if status == 401 else [f"{status}, a stranger to the API is answered 401"]
    if persona == ANONYMOUS:
        sent_on = status == 302 and "/login/" in response.headers["Location"]
        return [] if sent_on else [f"{status}, a stranger is sent to the sign-in"]
    expected = row.access.shut if method in row.methods and not row.stock else row.access.shut | {405}
    return [] if status in expected else [f"{status}, must stay outside with {sorted(expected)}"]


def wrong_text(stage: Stage, row: Row, persona: str, method: str, text: str) -> list[str]:
    if persona == ALICE:
        return []
    shown = {label for label, canary in stage.canaries.items() if canary in text}
    allowed = row.shows.get(persona, frozenset())
    wrong = [f"shows {label}" for label in sorted(shown - allowed)]
    if method == "GET":
        wrong += [f"does not show {label}, which it declares" for label in sorted(allowed - shown)]
    return wrong


def wrong_writes(row: Row, persona: str, method: str, statements: list[str]) -> list[str]:
    """A look by somebody let in is logged where declared, and nobody outside writes on a private record."""
    written = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    logged = any('INSERT INTO "support_access"' in sql for sql in written)
    wrong = []
    if method in SAFE & row.methods and persona != ALICE and logged != (persona in row.logged):
        wrong.append("left a row in the access log" if logged else "left no row in the access log")
    if persona not in row.access.let_in:
        tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, OwnedModel)}
        wrong += [f"wrote: {sql[:60]}" for sql in written if any(f'"{table}"' in sql for table in tables)]
    return wrong
