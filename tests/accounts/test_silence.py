"""Sign-up, sign-in and reset never tell whether an address has an account: same words, same headers, same work."""

import re

import pytest
import time_machine
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User

PASSWORD = "quiet-evening-walks"
# What differs between any two requests, account or not.
CHANCE = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"')


@pytest.fixture(autouse=True)
def _one_moment():
    """Headers and cookies hold the time; the rest of them must be the same."""
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
        yield


@pytest.fixture(autouse=True)
def _real_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """Count how often Argon2 runs, for making a hash and for checking one."""
    counted: list[str] = []
    hasher = hashers.Argon2PasswordHasher

    for name in ("encode", "verify"):
        real = getattr(hasher, name)

        def counting(self, *args, _real=real, _name=name, **kwargs):
            counted.append(_name)
            return _real(self, *args, **kwargs)

        monkeypatch.setattr(hasher, name, counting)
    return counted


def walk(address: str, hashes: list[str], *posts: tuple[str, dict[str, str]]) -> dict[str, object]:
    """Send forms one after the other in a fresh browser, and return all that the other side can notice."""
    client, told = Client(), []
    hashes.clear()
    mail.outbox.clear()
    for name, fields in posts:
        answer = client.post(reverse(name), {key: value.format(address) for key, value in fields.items()})
        body = CHANCE.sub(b"", answer.content.replace(address.encode(), b"ADDRESS"))
        told.append((answer.status_code, dict(answer.headers), body))
        if answer.status_code == 302:
            page = client.get(answer["Location"])
            told.append((page.status_code, CHANCE.sub(b"", page.content.replace(address.encode(), b"ADDRESS"))))
    cookies = {name: dict(morsel) for name, morsel in client.cookies.items()}
    return {"told": told, "cookies": cookies, "hashes": len(hashes), "mails": len(mail.outbox)}


FLOWS = {
    "sign-up": [
        ("account_signup", {"email": "{}", "password1": PASSWORD, "agreed": "on"}),
        ("account_email_verification_sent", {"code": "BBBB-CCCC"}),
        ("account_email_verification_sent", {"code": "DDDD-FFFF"}),
    ],
    "sign-in": [("account_login", {"login": "{}", "password": PASSWORD})],
    "reset": [
        ("account_reset_password", {"email": "{}"}),
        ("account_confirm_password_reset_code", {"code": "BBBB-CCCC"}),
        ("account_confirm_password_reset_code", {"code": ""}),
        ("account_confirm_password_reset_code", {"code": "-"}),
    ],
}


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize("flow", FLOWS)
def test_nobody_can_tell_whether_an_address_has_an_account(flow, make_user, hashes):
    make_user("known-to")

    known = walk("known-to@example.org", hashes, *FLOWS[flow])
    unknown = walk("nobody-0@example.org", hashes, *FLOWS[flow])

    assert known == unknown


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize(("flow", "hashed", "mailed"), [("sign-up", 1, 1), ("sign-in", 1, 0), ("reset", 0, 1)])
def test_each_flow_does_the_same_work(flow, hashed, mailed, make_user, hashes):
    make_user("known-to")

    for address in ("known-to@example.org", "nobody-0@example.org", "KNOWN-TO@example.org"):
        seen = walk(address, hashes, *FLOWS[flow])
        assert (seen["hashes"], seen["mails"]) == (hashed, mailed), address


@pytest.mark.django_db(databases=["default", "keys"])
def test_an_account_whose_address_was_never_confirmed_is_no_different(hashes):
    fields = ("account_signup", {"email": "{}", "password1": PASSWORD, "agreed": "on"})
    walk("waiting0@example.org", hashes, fields)

    again = walk("waiting0@example.org", hashes, *FLOWS["sign-up"])
    unknown = walk("nobody-0@example.org", hashes, *FLOWS["sign-up"])

    assert again == unknown


@pytest.mark.django_db(databases=["default", "keys"])
def test_signing_up_again_tells_the_mailbox_and_nobody_else(make_user):
    known = make_user("known-to")
    before = known.password

    Client().post(reverse("account_signup"), {"email": known.email, "password1": PASSWORD, "agreed": "on"})

    known.refresh_from_db()
    assert known.password == before
    assert User.objects.count() == 1
    assert "somebody tried to make an account" in mail.outbox[0].body
    assert reverse("account_reset_password") in mail.outbox[0].body


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_closed_account_says_so_only_to_who_knows_its_password(make_user):
    make_user("known-to", is_active=False)

    wrong = Client().post(reverse("account_login"), {"login": "known-to@example.org", "password": "not it at all"})
    right = Client().post(reverse("account_login"), {"login": "known-to@example.org", "password": "waylight-tests"})

    assert wrong.status_code == 422
    assert right["Location"] == reverse("account_inactive")


@pytest.mark.django_db(databases=["default", "keys"])
def test_too_many_wrong_tries_sound_the_same_with_and_without_an_account(make_user, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    make_user("known-to")

    def last_of_six(address: str) -> tuple[int, bytes]:
        client = Client(REMOTE_ADDR=f"198.51.100.{len(address)}")
        for _ in range(6):
            answer = client.post(reverse("account_login"), {"login": address, "password": "guess-guess"})
        return answer.status_code, CHANCE.sub(b"", answer.content.replace(address.encode(), b"ADDRESS"))

    assert last_of_six("known-to@example.org") == last_of_six("nobody-01@example.org")
    assert b"a few times" in last_of_six("nobody-002@example.org")[1]
