"""A session's cookie: who takes it away, and who may not."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize(("mode", "is_taken"), [("navigate", True), (None, True), ("cors", False), ("no-cors", False)])
def test_only_an_opened_page_takes_an_old_cookie_away(client, mode, is_taken):
    """What was asked for before a sign-in, and is answered after it, must not sign out whoever has signed in."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-is-over"

    answer = client.get("/you/", headers={"Sec-Fetch-Mode": mode} if mode else {})

    assert answer.status_code == 302
    assert (settings.SESSION_COOKIE_NAME in answer.cookies) is is_taken
