"""Bad input on every page: it gets an answer in words, changes nothing, loses nothing typed and runs nowhere."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from rest_framework.throttling import UserRateThrottle

from tests.hostile import CORPUS, SHORT, XSS, Trial, unescaped
from tests.hostile.forms import Form, find_forms, typed_again
from tests.matrix import ALICE, BOB
from tests.matrix.stage import Stage, set_up

pytestmark = [pytest.mark.hostile, pytest.mark.django_db(databases=["default", "keys"])]
TYPED_KINDS = {"text", "textarea", "search", "tel", "email", "number", "date", "time", "url"}
# Where text of Alice's is read again: by her, and by somebody whom she lets in.
READ_AGAIN = [(ALICE, "/plan/"), (ALICE, "/plan/print/"), (ALICE, "/today/"), (ALICE, "/help/"), (BOB, "/desk/")]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made:
        yield made


@pytest.fixture
def trial(stage, settings, monkeypatch) -> Trial:
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None})
    return Trial(stage)


@pytest.fixture
def forms(stage, trial) -> list[Form]:
    return find_forms(stage, trial)


def tries(form: Form, corpus: list[str], first: int, count: int) -> Iterator[tuple[str, str | list[str] | None]]:
    """Yield (field, value): some of the corpus for each field, a field that is missing, and one that is there twice."""
    for place, name in enumerate(form.values):
        start = (first + place) % len(corpus)
        for value in islice(corpus + corpus, start, start + count):
            yield name, value
        yield name, None
        yield name, ["one", "another"]


def attack(trial: Trial, forms: list[Form], corpus: list[str], count: int) -> None:
    for number, form in enumerate(forms):
        for name, value in tries(form, corpus, number * 3, count):
            data = form.with_one(name, value)

            def then(response: Any, form: Form = form, name: str = name, value: Any = value) -> list[str]:
                return wrong_form_answer(trial, form, name, value, response)

            label = f"{name} = {str(value)[:40]!r}"
            trial.send(form.persona, form.method, form.action, label=label, data=data, then=then)


def wrong_form_answer(trial: Trial, form: Form, name: str, value: Any, response: Any) -> list[str]:
    wrong = []
    status = response.status_code
    typed = form.kinds[name] in TYPED_KINDS and isinstance(value, str)
    if form.method == "POST" and status == 422:
        if not re.search(rb'class="err"|role="alert"', response.content):
            wrong.append("422 without a sentence")
        if typed and value.strip() and plain(value) not in map(plain, typed_again(response.content, name)):
            wrong.append("422, and what was typed is gone")
    if form.method == "POST" and typed and len(value) > 100_000 and status not in {400, 409, 413, 422}:
        wrong.append(f"{status} to 200 KB")
    if form.method == "POST" and typed and "\x00" in value and status not in {400, 409, 422}:
        wrong.append(f"{status} to a NUL")
    if value in XSS.values() and status == 302:
        for persona, url in READ_AGAIN:
            page = trial.stage.client(persona).get(url)
            wrong += [f"{complaint} on {url}" for complaint in unescaped(page)]
    return wrong


def plain(text: str) -> str:
    return re.sub(r"[\r\n\x00]+", " ", text).strip()


def test_bad_input_in_any_form_is_answered_in_words_and_loses_nothing(trial, forms):
    attack(trial, forms, SHORT, count=4)

    trial.verdict()
    assert len(forms) >= 55
    assert trial.sent > 900


@pytest.mark.nightly
def test_all_bad_input_in_every_field_of_every_form(trial, forms):
    attack(trial, forms, CORPUS, count=len(CORPUS))

    trial.verdict()
    assert trial.sent > 6_000
