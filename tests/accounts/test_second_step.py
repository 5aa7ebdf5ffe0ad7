"""The second step at sign-in: an app, codes for a lost phone, and what is kept of it."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import keys, services
from accounts.exceptions import KeyMissing
from accounts.models import Session, User
from accounts.second_step_adapter import PLACE
from accounts.unlocking import acting_for
from config.exporting import everything_of
from config.rotation import rotate_file
from tests.accounts.test_way_in import HEALTH
from tests.second_step import PASSWORD, code_for, confirm_it_is_me, give_second_step, is_in, set_up_app, shown_secret
from tests.words import stigmatising

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Stand still at the beginning of a step of half a minute, so that no code changes while it is typed."""
    time_machine.move_to(timezone.now().replace(second=0, microsecond=0), tick=False)
    return time_machine


def with_password(user: User, **fields: str) -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **fields})
    assert answer["Location"] == reverse("mfa_authenticate")
    return client


def type_code(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_a_sign_in_asks_for_the_code_after_the_password(alice, as_alice, clock):
    secret, _codes = set_up_app(as_alice)
    clock.shift(timedelta(minutes=5))

    client = with_password(alice)
    assert not is_in(client)
    answer = type_code(client, code_for(secret))

    assert answer["Location"] == reverse("home")
    assert is_in(client)


def test_the_page_after_the_sign_in_is_the_one_that_was_wanted(alice, as_alice, clock):
    secret, _codes = set_up_app(as_alice)
    clock.shift(timedelta(minutes=5))

    client = with_password(alice, next=reverse("profile"))

    assert type_code(client, code_for(secret))["Location"] == reverse("profile")


def test_a_browser_that_is_to_forget_forgets_after_the_second_step_too(alice, as_alice, clock):
    secret, _codes = set_up_app(as_alice)
    clock.shift(timedelta(minutes=5))
    client = with_password(alice, forget="on")

    type_code(client, code_for(secret))

    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_may_be_half_a_minute_early_or_late_and_works_once(alice, as_alice, clock, steps):
    secret, _codes = set_up_app(as_alice)
    clock.shift(timedelta(minutes=5))
    code = code_for(secret, steps)
    assert type_code(with_password(alice), code).status_code == 302

    # Allauth itself would take it again now.
    clock.shift(timedelta(seconds=31))
    again = with_password(alice)

    assert type_code(again, code).status_code == 422
    assert not is_in(again)


def test_the_code_that_set_the_app_up_signs_nobody_in(alice, as_alice):
    secret, _codes = set_up_app(as_alice)

    assert type_code(with_password(alice), code_for(secret)).status_code == 422


def test_a_wrong_code_comes_back_with_a_sentence(alice, as_alice):
    set_up_app(as_alice)
    client = with_password(alice)

    answer = type_code(client, "000000")

    assert answer.status_code == 422
    assert "That didn&#x27;t fit" in answer.content.decode()
    assert not is_in(client)


def test_guessing_codes_ends_after_a_few(alice, as_alice, clock):
    secret, _codes = set_up_app(as_alice)
    clock.shift(timedelta(minutes=5))
    client = with_password(alice)
    for guess in range(10):
        type_code(client, f"00000{guess}")

    answer = type_code(client, code_for(secret))

    assert answer.status_code == 422
    assert "Wait five minutes" in answer.content.decode()
    assert not is_in(client)


def test_a_wrong_code_while_setting_up_keeps_the_secret_that_was_scanned(alice, as_alice):
    confirm_it_is_me(as_alice, "mfa_activate_totp")
    secret = shown_secret(as_alice)

    wrong = as_alice.post(reverse("mfa_activate_totp"), {"code": "000000"})
    right = as_alice.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert Authenticator.objects.filter(user=alice, type="totp").exists()


def test_there_are_ten_recovery_codes_shown_once_and_each_works_once(alice, as_alice):
    _secret, codes = set_up_app(as_alice)
    assert len(set(codes)) == 10
    again = as_alice.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)
    assert "nobody can show them again" in again

    assert is_in_after(alice, codes[3])
    assert not is_in_after(alice, codes[3])
    assert is_in_after(alice, codes[4])


def is_in_after(user: User, code: str) -> bool:
    cache.clear()  # what keeps a code from being typed twice in a minute; a recovery code is spent for good
    client = with_password(user)
    type_code(client, code)
    return is_in(client)


def test_new_recovery_codes_end_the_old_ones(alice, as_alice):
    _secret, old = set_up_app(as_alice)

    answer = as_alice.post(reverse("mfa_generate_recovery_codes"))
    new = re.findall(r"<li>(\d{8})</li>", as_alice.get(answer["Location"]).content.decode())

    assert len(new) == 10
    assert not is_in_after(alice, old[0])
    assert is_in_after(alice, new[0])


def test_no_secret_lies_in_the_clear_while_it_waits_nor_when_it_is_kept(alice, as_alice):
    confirm_it_is_me(as_alice, "mfa_activate_totp")
    secret = shown_secret(as_alice)
    waiting = " ".join(str(row.get_decoded()) for row in Session.objects.all())
    as_alice.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    codes = re.findall(r"<li>(\d{8})</li>", as_alice.get(reverse("mfa_view_recovery_codes")).content.decode())

    kept = " ".join(json.dumps(data) for data in Authenticator.objects.values_list("data", flat=True))
    kept += " ".join(str(row.get_decoded()) for row in Session.objects.all())

    seed = keys.unseal_at_the_door(Authenticator.objects.get(type="recovery_codes").data["seed"], place=PLACE)
    assert "mfa.totp.secret" in waiting
    assert len(codes) == 10
    assert not [each for each in (secret, seed, *codes) if each in kept + waiting]


@pytest.fixture
def key_file(settings, tmp_path, monkeypatch):
    """A master key of the test's own, to change."""
    settings.MASTER_KEYS, settings.MASTER_KEY_FILE = "", tmp_path / "master.key"
    monkeypatch.setattr("accounts.keys.master_keys", keys.MasterKeys())
    keys.make_master_key_file(settings.MASTER_KEY_FILE)
    return settings.MASTER_KEY_FILE


def test_a_new_master_key_keeps_the_second_step(key_file, alice, as_alice, clock):
    secret, _codes = set_up_app(as_alice)
    clock.shift(timedelta(minutes=5))
    before = key_file.read_text()
    rotate_file(key_file, timezone.now().date(), settle=0)

    client = with_password(alice)
    type_code(client, code_for(secret))

    assert key_file.read_text() != before
    assert is_in(client)


def test_turning_it_off_asks_for_the_password_first(alice, signed_in):
    give_second_step(alice)
    client = signed_in(alice)

    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=alice).exists()
    confirm_it_is_me(client, "mfa_deactivate_totp")
    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=alice).exists()
    assert "no longer asked" in mail.outbox[-1].body


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_setting_up_asks_for_the_password_first(as_alice, name):
    assert as_alice.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))


def test_a_code_from_the_app_says_as_well_that_it_is_me(alice, signed_in):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    give_second_step(alice, secret)
    client = signed_in(alice)
    asked = f"{reverse('mfa_reauthenticate')}?next={reverse('mfa_deactivate_totp')}"

    assert client.post(asked, {"code": "000000"}).status_code == 422
    assert client.post(asked, {"code": code_for(secret)})["Location"] == reverse("mfa_deactivate_totp")
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_mails_about_it_are_neutral(alice, as_alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(as_alice)
        as_alice.post(reverse("mfa_generate_recovery_codes"))
    as_alice.post(reverse("mfa_deactivate_totp"))

    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        words = re.sub(r"recovery codes", "", letter.subject + letter.body)
        assert not HEALTH.search(letter.subject)
        assert not HEALTH.search(words)
        assert stigmatising(words) == []
        assert alice.email not in words
        assert "Alice" not in words


@pytest.mark.parametrize("password", ["not-the-password", ""])
def test_the_sign_in_page_is_the_same_with_and_without_a_second_step_until_the_password_fits(alice, dana, password):
    give_second_step(alice)

    answers = []
    for user in (alice, dana):
        answer = Client().post(reverse("account_login"), {"login": user.email, "password": password})
        body = re.sub(r'(csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"', "", answer.content.decode())
        answers.append((answer.status_code, body.replace(user.email, "ADDRESS")))

    assert answers[0] == answers[1]


# What is kept of it


def test_the_copy_says_that_there_is_one_and_holds_no_secret(alice, as_alice):
    secret, codes = set_up_app(as_alice)

    with acting_for(alice.pk):
        copy = everything_of(alice, now=timezone.now())

    assert [step["kind"] for step in copy["second_steps"]] == ["totp", "recovery_codes"]
    text = json.dumps(copy, default=str)
    sealed = [value for data in Authenticator.objects.values_list("data", flat=True) for value in data.values()]
    assert not [each for each in (secret, *codes, *(s for s in sealed if isinstance(s, str))) if each in text]


def test_it_goes_with_the_account_and_its_key(alice, as_alice, django_capture_on_commit_callbacks):
    set_up_app(as_alice)
    sealed = Authenticator.objects.get(type="totp").data["secret"]

    with django_capture_on_commit_callbacks(execute=True):
        services.delete_account(person=alice)

    assert not Authenticator.objects.exists()
    with pytest.raises(KeyMissing):  # what an older backup holds opens no more
        keys.unseal_at_the_door(sealed, place=PLACE)


# A lost phone


@pytest.fixture
def typing(monkeypatch):
    """Answer what a command asks on the terminal."""

    def type_lines(*lines: str) -> None:
        answers = iter(lines)
        monkeypatch.setattr("builtins.input", lambda _question="": next(answers))

    return type_lines


def test_an_administrator_takes_it_off_for_somebody_who_lost_their_phone(alice, as_alice, typing, capsys, caplog):
    set_up_app(as_alice)
    typing(alice.email.upper(), "yes")

    call_command("second_step_off")

    told = capsys.readouterr()
    assert not Authenticator.objects.filter(user=alice).exists()
    assert not is_in(as_alice)
    assert alice.email not in (told.out + told.err + caplog.text).lower()
    answer = Client().post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert answer["Location"] == reverse("home")


@pytest.mark.parametrize("lines", [("nobody@example.org",), ("alice@example.org", "no")])
def test_nothing_happens_for_another_address_or_without_a_yes(alice, typing, lines):
    give_second_step(alice)
    typing(*lines)

    with pytest.raises(CommandError):
        call_command("second_step_off")

    assert Authenticator.objects.filter(user=alice).exists()
