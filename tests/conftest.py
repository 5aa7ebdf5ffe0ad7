"""The cast: Alice is in recovery, Bob her counselor, Dana her sister, Charlie a stranger, Erin keeps the directory."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import blocking_manager_key

from accounts.models import Role, User
from recovery.models import SafetyText, Stage
from resources.models import ToolReview, TreatmentReview

pytest_plugins = ["tests.browsing"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = {"nightly"} if not config.getoption("--nightly") else set()
    left_out |= {"postgres"} if config.getoption("--db") != "postgres" else set()
    kept = [item for item in items if not any(item.get_closest_marker(name) for name in left_out)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    # With CI=true nothing may be left out quietly.
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    # Here and in no fixture, because the outermost one empties the tables. `serialized_rollback` is no way out: once a
    # test without it has run, content types are there again, and the rows it puts back meet themselves.
    yield
    # After the last test the tables themselves are gone.
    if nextitem is not None and makes_real_commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            put_back_what_migrations_wrote()


def makes_real_commits(item: pytest.Item) -> bool:
    """Return whether a test commits, so that its end empties every table, the ones that migrations filled too."""
    marker = item.get_closest_marker("django_db")
    asked_for = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked_for or (marker and marker.kwargs.get("transaction")))


def put_back_what_migrations_wrote() -> None:
    if not Stage.objects.exists():
        import_module("recovery.migrations.0002_stages").put_stages(apps, None)
        import_module("recovery.migrations.0008_stage_texts").put_texts(apps, None)
        import_module("recovery.migrations.0025_one_stage_set").put_set(apps, None)
    if not ToolReview.objects.exists():
        import_module("resources.migrations.0003_tools_await_review").put_rows(apps, None)
    if not SafetyText.objects.exists():
        import_module("recovery.migrations.0006_safety_text_rows").put_texts(apps, None)
        import_module("recovery.migrations.0011_texts_before_stopping").put_texts(apps, None)
        import_module("recovery.migrations.0019_text_about_suicide").put_texts(apps, None)
        import_module("recovery.migrations.0022_text_after_care").put_texts(apps, None)
    if not TreatmentReview.objects.exists():
        import_module("resources.migrations.0005_treatments_await_review").put_rows(apps, None)


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    """A real Argon2 hash takes a fifth of a second; the tests that are about it name it themselves."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _fresh_limits(settings) -> Iterator[None]:
    """Limits on sign-in attempts live in the cache; no test starts with what another used up."""
    from django.core.cache import cache

    yield
    if settings.REDIS_URL:  # in the database they go with the test's transaction
        cache.clear()


@pytest.fixture(autouse=True)
def _empty_access_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real commits the tables are emptied, which the access log refuses outside maintenance."""
    if not makes_real_commits(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this ends before the tables are emptied
    yield
    from support.models import Access
    from support.services import open_maintenance

    with open_maintenance(reason="between tests"):
        Access.objects.all().delete()


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Make an account that has finished the first steps; roles by name."""

    def make(name: str, *roles: str, **fields: object) -> User:
        from allauth.account.models import EmailAddress

        now = timezone.now()
        fields = {"time_zone": "America/Chicago", "agreed_at": now, "onboarded_at": now, **fields}
        user = User.objects.create_user(f"{name}@example.org", "waylight-tests", called=name.title(), **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        for kind in roles:
            Role.objects.create(user=user, kind=kind, granted_at=now)
        if roles or user.is_superuser:
            from tests.second_step import give_second_step

            give_second_step(user)
        return user

    return make


@pytest.fixture
def alice(make_user) -> User:
    return make_user("alice")


@pytest.fixture
def bob(make_user) -> User:
    return make_user("bob", Role.Kind.COUNSELOR)


@pytest.fixture
def dana(make_user) -> User:
    return make_user("dana")


@pytest.fixture
def charlie(make_user) -> User:
    return make_user("charlie")


@pytest.fixture
def erin(make_user) -> User:
    return make_user("erin", Role.Kind.CURATOR, is_staff=True)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def as_alice(alice, signed_in) -> Client:
    return signed_in(alice)


@pytest.fixture
def as_bob(bob, signed_in) -> Client:
    return signed_in(bob)


@pytest.fixture
def as_dana(dana, signed_in) -> Client:
    return signed_in(dana)


@pytest.fixture
def as_charlie(charlie, signed_in) -> Client:
    return signed_in(charlie)


@pytest.fixture
def as_erin(erin, signed_in) -> Client:
    return signed_in(erin)
