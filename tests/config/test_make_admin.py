"""`./dev admin ADDRESS` makes somebody who can open the administration."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.second_step import give_second_step

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _already_prepared(settings):
    settings.EMBEDDED = False  # the tests' own databases are migrated already


def test_the_first_administrator_can_sign_in_with_the_password_shown(capsys):
    call_command("make_admin", "root@example.org")

    password = re.search(r"Password: (\S+)", capsys.readouterr().out)[1]
    client = Client()
    client.post("/accounts/login/", {"login": "root@example.org", "password": password})
    assert client.get("/admin/")["Location"] == reverse("mfa_index")
    give_second_step(User.objects.get())
    assert client.get("/admin/").status_code == 200


def test_an_account_that_is_there_keeps_its_password(alice, capsys):
    call_command("make_admin", "Alice@example.org")

    alice.refresh_from_db()
    assert alice.is_superuser
    assert alice.check_password("waylight-tests")
    assert "Password:" not in capsys.readouterr().out
    assert User.objects.count() == 1


def test_a_wrong_address_is_refused_in_words():
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("make_admin", "root")
