"""The tests run on what they were asked to run on."""

from django.conf import settings
from django.db import connections


def test_the_database_is_the_one_asked_for(pytestconfig):
    asked = {"sqlite": "sqlite", "postgres": "postgresql"}[pytestconfig.getoption("--db")]

    assert {connections[alias].vendor for alias in ("default", "keys")} == {asked}


def test_the_broker_is_the_one_asked_for(pytestconfig):
    real = pytestconfig.getoption("--broker") == "redis" or pytestconfig.getoption("--db") == "postgres"

    assert settings.CELERY_BROKER_URL.startswith("redis://" if real else "files://")
