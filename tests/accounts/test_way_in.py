"""Making an account, signing in, a forgotten password, another address."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.adapters import AccountAdapter
from accounts.models import PersonKey, Session, User
from tests.words import stigmatising

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PASSWORD = "quiet-evening-walks"
SIGN_UP = {"email": "robin@example.org", "password1": PASSWORD, "agreed": "on"}
# Nothing in a mail may say what this is about.
HEALTH = re.compile(r"recover|sober|substance|drug|alcohol|relapse|craving|health|therap|counsel", re.IGNORECASE)


def code_in_mail() -> str:
    found = re.search(r"your code is (\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def sign_up(client: Client, **fields: str) -> User:
    client.post(reverse("account_signup"), SIGN_UP | fields)
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    return User.objects.get(email=(SIGN_UP | fields)["email"])


def test_signing_up_takes_an_address_a_password_and_a_code(client):
    answer = client.post(reverse("account_signup"), SIGN_UP)
    assert answer["Location"] == reverse("account_email_verification_sent")

    answer = client.post(answer["Location"], {"code": code_in_mail()})

    user = User.objects.get(email="robin@example.org")
    assert answer["Location"] == reverse("onboarding")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.agreed_at is not None
    assert EmailAddress.objects.get(user=user).verified


def test_nobody_is_in_before_the_code(client):
    client.post(reverse("account_signup"), SIGN_UP)

    assert client.get(reverse("you")).status_code == 302
    assert User.objects.get().last_login is None


def test_a_code_typed_wrong_can_be_typed_again_and_five_times_at_most(client):
    client.post(reverse("account_signup"), SIGN_UP)

    tries = [client.post(reverse("account_email_verification_sent"), {"code": "BBBB-BBBB"}) for _ in range(5)]

    assert [answer.status_code for answer in tries] == [422, 422, 422, 422, 302]
    assert "fit" in tries[0].content.decode()
    # The code is dead now.
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    assert not EmailAddress.objects.get().verified


def test_a_code_dies_after_half_an_hour(client, time_machine):
    time_machine.move_to(timezone.now())
    client.post(reverse("account_signup"), SIGN_UP)

    time_machine.shift(timedelta(minutes=31))
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    assert not EmailAddress.objects.get().verified


def test_a_code_for_an_account_that_is_gone_breaks_nothing(client):
    client.post(reverse("account_signup"), SIGN_UP)
    User.objects.all().delete()

    answer = client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    assert answer.status_code in {302, 422}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"agreed": ""}, "18 or older"),
        ({"password1": "short"}, "at least 10 characters"),
        ({"password1": "p" * 300}, "at most 256 characters"),
        ({"password1": "password123"}, "too common"),
        ({"email": "not an address"}, "whole address"),
        ({"email": "robin\x00@example.org"}, ""),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_words_and_what_was_typed(client, fields, words):
    answer = client.post(reverse("account_signup"), SIGN_UP | fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="robin@example.org"' in answer.content.decode() or "email" in fields
    assert mail.outbox == []
    assert not User.objects.exists()


def test_the_phones_time_zone_is_taken_as_a_first_guess(client):
    client.cookies["tz"] = "America%2FChicago"

    assert sign_up(client).time_zone == "America/Chicago"


def test_a_time_zone_that_nobody_knows_is_no_guess(client):
    client.cookies["tz"] = "Mars/Olympus"

    assert sign_up(client).time_zone == ""


def test_an_address_is_the_same_in_capitals(client):
    sign_up(client)
    client.post(reverse("account_logout"))

    answer = client.post(reverse("account_login"), {"login": "ROBIN@Example.org", "password": PASSWORD})

    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_signing_in_leads_on_to_where_somebody_wanted_to_go(client, alice):
    page = client.get(reverse("profile"))

    answer = client.post(
        page["Location"], {"login": alice.email, "password": "waylight-tests", "next": reverse("profile")}
    )

    assert answer["Location"] == reverse("profile")


def test_signing_in_leads_nowhere_outside(client, alice):
    form = {"login": alice.email, "password": "waylight-tests", "next": "https://elsewhere.example/"}

    assert client.post(reverse("account_login"), form)["Location"] == reverse("home")


def test_a_sign_in_gets_a_session_of_its_own(client, alice):
    client.post(reverse("account_signup"), SIGN_UP)
    before = client.session.session_key

    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": alice.email, "password": "waylight-tests"})

    assert client.session.session_key != before


def test_a_forgotten_password_is_replaced_and_every_session_ends(client, alice, as_alice):
    client.post(reverse("account_reset_password"), {"email": alice.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in_mail()})

    answer = client.post(reverse("account_complete_password_reset"), {"password1": PASSWORD})

    alice.refresh_from_db()
    assert answer["Location"] == reverse("account_password_reset_completed")
    assert alice.check_password(PASSWORD)
    assert as_alice.get(reverse("you")).status_code == 302
    assert not Session.objects.filter(person=alice).exists()
    assert "password was just changed" in mail.outbox[-1].body


def test_a_new_password_cannot_be_set_before_the_code(client, alice):
    client.post(reverse("account_reset_password"), {"email": alice.email})

    answer = client.post(reverse("account_complete_password_reset"), {"password1": PASSWORD})

    alice.refresh_from_db()
    assert answer["Location"] == reverse("account_confirm_password_reset_code")
    assert alice.check_password("waylight-tests")


def test_changing_the_password_keeps_this_browser_and_ends_the_others(alice, as_alice, signed_in):
    other = signed_in(alice)

    as_alice.post(reverse("account_change_password"), {"oldpassword": "waylight-tests", "password1": PASSWORD})

    assert as_alice.get(reverse("you")).status_code == 200
    assert other.get(reverse("you")).status_code == 302
    assert Session.objects.filter(person=alice).count() == 1


def test_an_address_changes_after_the_password_and_a_code_to_the_new_one(alice, as_alice, settings):
    settings.OPERATOR_CONTACT = "hello@way.example.org"
    form = {"email": "new@example.org", "action_add": "1"}
    answer = as_alice.post(reverse("account_email"), form)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))

    as_alice.post(answer["Location"], {"password": "waylight-tests"})
    assert mail.outbox[-1].to == ["new@example.org"]
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    answer = as_alice.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    alice.refresh_from_db()
    assert answer["Location"] == reverse("you")
    assert alice.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=alice).values_list("email", "verified")) == [("new@example.org", True)]
    assert mail.outbox[-1].to == ["alice@example.org"]
    assert "If this was not you" in mail.outbox[-1].body
    assert "hello@way.example.org" in mail.outbox[-1].body


def test_nobody_can_take_an_address_that_is_somebody_elses(alice, as_alice, bob):
    answer = as_alice.post(reverse("account_email"), {"email": bob.email, "action_add": "1"})
    as_alice.post(answer["Location"], {"password": "waylight-tests"})

    answer = as_alice.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    alice.refresh_from_db()
    assert answer.status_code == 422
    assert alice.email == "alice@example.org"


def test_a_mail_server_that_is_down_gives_a_sentence_and_tells_nothing(client, settings, alice):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answers = [client.post(reverse("account_signup"), SIGN_UP | {"email": address})
               for address in ("robin@example.org", alice.email)]  # fmt: skip
    answers += [client.post(reverse("account_reset_password"), {"email": address})
                for address in ("nobody@example.org", alice.email)]  # fmt: skip

    assert {answer.status_code for answer in answers} == {503}
    assert "in a few minutes" in answers[0].content.decode()


def test_a_password_is_changed_even_if_the_mail_about_it_fails(settings, alice, as_alice):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = as_alice.post(reverse("account_change_password"), {"oldpassword": "waylight-tests", "password1": PASSWORD})

    alice.refresh_from_db()
    assert answer["Location"] == reverse("you")
    assert alice.check_password(PASSWORD)


def test_mails_are_plain_neutral_and_name_no_health_matter(client, alice, as_alice):
    client.post(reverse("account_signup"), SIGN_UP)
    Client().post(reverse("account_signup"), SIGN_UP | {"email": alice.email})
    client.post(reverse("account_reset_password"), {"email": alice.email})
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    as_alice.post(reverse("account_change_password"), {"oldpassword": "waylight-tests", "password1": PASSWORD})

    assert len(mail.outbox) == 5
    for message in mail.outbox:
        assert message.content_subtype == "plain"
        assert getattr(message, "alternatives", []) == []
        assert message.subject.startswith("Waylight: ")
        assert not HEALTH.search(message.subject + message.body + message.from_email), message.body
        assert list(stigmatising(message.subject + " " + message.body)) == []
        assert "&#" not in message.body


def test_tries_are_counted_without_keeping_where_they_came_from(rf):
    def seen(address: str) -> str:
        return AccountAdapter().get_client_ip(rf.get("/", REMOTE_ADDR=address))

    assert re.fullmatch(r"[0-9a-f]{64}", seen("203.0.113.77"))
    assert seen("203.0.113.77") != seen("203.0.113.78")
    # A phone has a whole IPv6 network to itself.
    assert seen("2001:db8::1") == seen("2001:db8::ffff") != seen("2001:db8:0:1::1")


def test_an_account_that_was_never_confirmed_is_gone_after_three_days(client, alice):
    client.post(reverse("account_signup"), SIGN_UP)
    now = timezone.now()

    assert services.drop_unconfirmed(now=now + timedelta(hours=71)) == 0
    assert services.drop_unconfirmed(now=now + timedelta(hours=73)) == 1

    assert list(User.objects.all()) == [alice]
    assert PersonKey.objects.filter(person_id=alice.pk).exists()
