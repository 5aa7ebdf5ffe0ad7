"""The two questions of a watching program."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connections
from django.test import Client

from config import readiness

NOW = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)


def out_of_order(*_args: object) -> None:
    raise OperationalError("could not connect to server at 10.1.2.3")


def test_healthz_answers_without_any_database(client):
    # Without the mark for databases, a query here would be an error.
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_healthz_is_not_sent_on_to_https(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db(databases=["default", "keys"])
def test_readyz_names_each_part_and_nothing_else(client):
    words = client.get("/readyz").json()

    assert {words[part] for part in ("database", "keys", "broker")} == {"ok"}
    assert set(words) == {"status", "database", "keys", "broker", "reminders"}


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize(("alias", "part"), [("default", "database"), ("keys", "keys")])
def test_readyz_is_red_without_a_database_and_gives_no_details(client, alias, part):
    with connections[alias].execute_wrapper(out_of_order):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()[part] == answer.json()["status"] == "down"
    assert "10.1.2.3" not in answer.content.decode()


def test_a_broker_that_does_not_answer_is_down():
    assert not readiness.broker_is_there("redis://127.0.0.1:1/0")


@pytest.mark.parametrize(
    ("last", "alive"),
    [
        (NOW, True),
        (NOW - timedelta(minutes=3), True),
        (NOW - timedelta(minutes=3, seconds=1), False),
        (None, False),
    ],
)
def test_a_beat_that_missed_three_minutes_is_down(last, alive):
    assert readiness.beat_is_alive(lambda: last, NOW) is alive
