"""What Lighthouse says of the three pages that somebody opens in a hard hour; how fast they are stands in the bench."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from plans.services import add_contact, add_reason, add_strategy
from tests import lighthouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]

CATEGORIES = ("accessibility", "best-practices")


@pytest.fixture(scope="module")
def _installed() -> None:
    try:
        lighthouse.program()
    except lighthouse.NotHere as missing:
        pytest.skip(str(missing))  # with CI=true nothing may be left out: a skipped test has failed there


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("path", ["/today/", "/plan/", "/help/"])
def test_lighthouse_finds_nothing_to_mend(live_server, alice, path):
    now = timezone.now()
    add_contact(person=alice, name="Marisol", number="+1 512 555 0123", relation="Sponsor", sure=True, now=now)
    add_strategy(person=alice, name="Walk by the river", now=now)
    add_reason(person=alice, text="Saturday games", now=now)
    client = Client()
    client.force_login(alice)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    told = lighthouse.look(live_server.url + path, cookie, CATEGORIES)

    assert told == dict.fromkeys(CATEGORIES, (100, []))
