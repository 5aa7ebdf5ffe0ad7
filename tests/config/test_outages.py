"""When a server behind us is away: people are told to try again, and whatever can go on does."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import reverse

from plans.models import Contact

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def _without_redis() -> Iterator[None]:
    nobody = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES={**settings.CACHES, "default": nobody}):
        yield


@pytest.fixture
def patient() -> Client:
    """A browser that is shown what a person would see, instead of the exception."""
    return Client(raise_request_exception=False)


@pytest.mark.usefixtures("_without_redis")
def test_without_redis_records_are_read_and_written(as_alice, alice):
    pages = [as_alice.get(reverse(name)) for name in ("today", "plan", "help-now", "recovery:checkin")]
    listed = as_alice.get("/api/v1/contacts/")
    made = as_alice.post(
        "/api/v1/contacts/", {"name": "Ottilie", "number": "202 555 0134"}, content_type="application/json"
    )

    assert [page.status_code for page in pages] == [200] * 4
    assert (listed.status_code, made.status_code) == (200, 201)
    assert Contact.objects.of(alice).count() == 1


@pytest.mark.usefixtures("_without_redis")
def test_without_redis_no_password_can_be_tried(patient, alice):
    answer = patient.post(reverse("account_login"), {"login": alice.email, "password": "waylight-tests"})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "/help/" in answer.content.decode()
    assert "_auth_user_id" not in patient.session


@pytest.mark.parametrize("path", ["/today/", "/api/v1/contacts/"])
def test_a_database_that_is_away_is_worth_another_try(path, patient, alice):
    patient.force_login(alice)

    def away(*_: object) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        answer = patient.get(path)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "broke on our side" in answer.content.decode()
    assert ("json" in answer["Content-Type"]) == path.startswith("/api/")


def test_a_mistake_of_ours_is_no_outage(patient, alice):
    patient.force_login(alice)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with connection.execute_wrapper(broken):
        answer = patient.get("/today/")

    assert answer.status_code == 500
    assert "Retry-After" not in answer
