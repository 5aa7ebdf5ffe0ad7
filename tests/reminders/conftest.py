"""What the tests of this room share."""

from collections.abc import Iterator

import pytest

from reminders import kinds
from tests.reminders.factories import daily_kind
from tests.reminders.postbox import Postbox, PostOffice


@pytest.fixture(autouse=True)
def kind() -> Iterator[kinds.Kind]:
    """A daily kind that is never done; the kinds of the rooms above come back afterwards."""
    before = dict(kinds._kinds)
    kinds._kinds.clear()
    yield daily_kind()
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def postbox(post_office, settings) -> Postbox:
    """A real mail server that this process sends to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post_office.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return post_office.box
