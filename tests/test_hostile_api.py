"""Bad bodies on every door of the API: each gets a sentence, and sets nothing that is not the sender's to set."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.throttling import UserRateThrottle

from tests.hostile import Trial, route_of
from tests.hostile.bodies import BODIES, NEVER_OURS_TO_SET, TYPES, UNREADABLE, doors, wrong_values
from tests.matrix import ALICE
from tests.matrix.stage import Stage, set_up
from tests.test_matrix import PLAYED, row_of

pytestmark = [pytest.mark.hostile, pytest.mark.django_db(databases=["default", "keys"])]
JSON = "application/json"
WELL = {200, 201, 204}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made:
        yield made


@pytest.fixture
def trial(stage, monkeypatch) -> Trial:
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None})
    return Trial(stage)


def in_words(response: Any) -> list[str]:
    """Return a complaint where a refusal of the API is not JSON with a sentence in it."""
    if response.status_code < 400:
        return []
    if response.headers.get("Content-Type") != JSON:
        return [f"{response.status_code} as {response.headers.get('Content-Type')}"]
    said = json.loads(response.content)
    return [] if any(" " in line for line in sentences(said)) else [f"no sentence: {said}"]


def sentences(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif said:
        for each in said.values() if isinstance(said, dict) else said:
            yield from sentences(each)


def test_the_body_that_each_door_expects_is_taken(trial, stage):
    for door in doors(stage):

        def taken(response: Any) -> list[str]:
            # A day that is there already, an answer that is given already: refused in words, and for no other reason.
            return [] if response.status_code in {*WELL, 409} else [f"{response.status_code} {response.content!r}"]

        body = json.dumps(door.valid).encode()
        trial.send(
            ALICE, door.method, door.url, label="valid", data=body, content_type=JSON, headers=door.headers, then=taken
        )

    trial.verdict()
    assert {(route_of(door.url), door.method.upper()) for door in doors(stage)} == set(writing())


def writing() -> Iterator[tuple[str, str]]:
    """Yield the name and the method of everything that may be written over the API."""
    for name in PLAYED:
        row = row_of(name)
        if row and name.startswith("api:") and ALICE in row.access.let_in:
            yield from ((name, method) for method in row.methods & {"POST", "PUT", "PATCH"})


def test_no_field_of_the_api_takes_what_it_is_not_made_for_without_a_sentence(trial, stage, pytestconfig):
    """Each field on each door, some wrong values in its turn; every night with all of them."""
    nightly = pytestconfig.getoption("--nightly")
    met: set[tuple[str, ...]] = set()  # what is made and what is changed is checked by one serializer
    for door in doors(stage):
        every = 1 if nightly else 15 if door.fields in met else 5
        met.add(door.fields)
        for name, value in wrong_values(door, every=every):
            body = door.with_one(name, value)
            label = f"{name} = {str(value)[:40]!r}"
            tries = [f"{door.method} {name}"]
            trial.send(
                ALICE,
                door.method,
                door.url,
                label=label,
                data=body,
                content_type=JSON,
                headers=door.headers,
                then=in_words,
                tries=tries,
            )

    trial.verdict()
    tried = {(route, name) for route, (_place, name) in trial.tried}
    assert tried == {(route_of(door.url), f"{door.method} {name}") for door in doors(stage) for name in door.fields}


def test_no_door_of_the_api_breaks_on_a_body_that_is_none(trial, stage, pytestconfig):
    """What can be read, on every door; what cannot be, on some doors in its turn: none lets it in."""
    every = 1 if pytestconfig.getoption("--nightly") else 6
    met: set[str] = set()
    for place, door in enumerate(doors(stage)):
        unreadable = sorted(UNREADABLE)[place % every :: every]
        for label in [*(BODIES.keys() - UNREADABLE), *unreadable]:
            met.add(label)
            trial.send(
                ALICE,
                door.method,
                door.url,
                label=label,
                data=BODIES[label],
                content_type=JSON,
                headers=door.headers,
                then=in_words,
            )
        for kind in TYPES[place % every :: every]:
            met.add(kind)
            body = json.dumps(door.valid).encode()
            trial.send(
                ALICE,
                door.method,
                door.url,
                label=kind[:40],
                data=body,
                content_type=kind,
                headers=door.headers,
                then=in_words,
            )

    trial.verdict()
    assert met == {*BODIES, *TYPES}


def test_nobody_sets_over_the_api_what_is_not_theirs_to_set(trial, stage):
    for door in doors(stage):
        own = {name: value for name, value in NEVER_OURS_TO_SET.items() if name not in door.fields}
        body = json.dumps({**door.valid, **own, "no_such_field": "x"}).encode()

        def untouched(response: Any, own: Any = own) -> list[str]:
            if response.status_code not in WELL or not response.content:
                return in_words(response)
            answer = json.loads(response.content)
            rows = answer if isinstance(answer, list) else [answer]
            return [f"took over {name}" for row in rows for name in own if row.get(name, not own[name]) == own[name]]

        trial.send(
            ALICE,
            door.method,
            door.url,
            label="not theirs",
            data=body,
            content_type=JSON,
            headers=door.headers,
            then=untouched,
        )

    trial.verdict()
