"""Connections to PostgreSQL that are kept between requests: checked without a trip, replaced when they are gone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


def end_from_outside() -> None:
    """End the connection from another one, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    other.close()


def test_a_connection_that_stands_is_seen_without_asking():
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert list(asked) == []


def test_one_that_was_ended_is_seen_and_replaced():
    end_from_outside()
    assert not connection.is_usable()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.is_usable()


def test_one_that_is_closed_is_not_usable():
    connection.ensure_connection()
    connection.connection.close()
    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable()


def test_the_next_request_after_a_restart_of_the_server_is_answered():
    end_from_outside()
    connection.close_if_unusable_or_obsolete()  # what Django does as each request begins
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
