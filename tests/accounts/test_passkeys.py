"""Passkeys in a real browser with a device that is made up, and that nobody reaches another's."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.second_step import PASSWORD, confirm_it_is_me, give_passkey, give_second_step

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def finger(site):
    """Plug in a device that keeps passkeys and says yes at once, as a finger on it would."""
    # A passkey belongs to a name, and no browser takes an address of numbers for one.
    site.url = site.url.replace("127.0.0.1", "localhost")
    session = site.page.context.new_cdp_session(site.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def says(yes: bool) -> None:
        named = {"authenticatorId": made["authenticatorId"], "isUserVerified": yes}
        session.send("WebAuthn.setUserVerified", named)

    return says


def add_passkey(site, name: str) -> None:
    site.open(reverse("mfa_add_webauthn"))
    site.page.get_by_label("Your password").fill(PASSWORD)
    site.page.get_by_role("button", name="Go on").click()
    site.page.get_by_label("Name").fill(name)
    site.page.get_by_role("button", name="Add it").click()
    site.page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")


def test_a_passkey_is_added_and_signs_in_alone(site, finger, alice):
    site.sign_in(alice)
    add_passkey(site, "My phone")
    site.open(reverse("mfa_index"))
    assert site.page.get_by_text("My phone", exact=True).is_visible()
    site.page.context.clear_cookies()

    site.open(reverse("account_login"))
    site.page.get_by_role("button", name="Sign in with a passkey").click()
    site.page.wait_for_url("**/today/")

    assert Authenticator.objects.get(user=alice, type="webauthn").last_used_at is not None


def test_a_passkey_is_the_second_step_after_the_password(site, finger, alice):
    site.sign_in(alice)
    add_passkey(site, "My phone")
    site.page.context.clear_cookies()

    site.open(reverse("account_login"))
    site.page.get_by_label("E-mail address").fill(alice.email)
    site.page.get_by_label("Password").fill(PASSWORD)
    site.page.get_by_role("button", name="Sign in", exact=True).click()
    site.page.get_by_role("button", name="Use my passkey").click()
    site.page.wait_for_url("**/today/")


def test_a_device_that_does_not_know_its_holder_is_told_kindly(site, finger, alice):
    site.sign_in(alice)
    add_passkey(site, "My phone")
    site.page.context.clear_cookies()
    finger(False)

    site.open(reverse("account_login"))
    site.page.get_by_role("button", name="Sign in with a passkey").click()

    site.page.get_by_text("Nothing came back from your passkey").wait_for()


def test_a_passkey_is_renamed_and_removed(alice, as_alice):
    give_second_step(alice)
    passkey = give_passkey(alice, "Old phone")
    confirm_it_is_me(as_alice, "mfa_index")

    empty = as_alice.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": " "})
    as_alice.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": "Tablet"})
    page = as_alice.get(reverse("mfa_list_webauthn")).content.decode()
    as_alice.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert empty.status_code == 422
    assert "Tablet" in page
    assert "Old phone" not in page
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_a_strangers_passkey_is_not_there(alice, as_charlie, name):
    passkey = give_passkey(alice, "My phone")
    confirm_it_is_me(as_charlie, "mfa_index")

    assert as_charlie.get(reverse(name, args=[passkey.pk])).status_code == 404
    assert as_charlie.post(reverse(name, args=[passkey.pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "My phone"


def answer_with(**parts: str) -> str:
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": parts or None})


@pytest.mark.parametrize(
    "sent",
    ["", "nonsense", "[]", "7", "{}", answer_with(), answer_with(clientDataJSON="AA"),
     answer_with(clientDataJSON="AA", authenticatorData="AA", signature="AA", userHandle="AA"),
     answer_with(clientDataJSON="e30", authenticatorData="A" * 60, signature="AA", userHandle="bm90LWFuLWlk")],
)  # fmt: skip
def test_what_no_device_sends_is_turned_away(client, alice, as_alice, sent):
    confirm_it_is_me(as_alice, "mfa_add_webauthn")

    answers = [
        client.post(reverse("mfa_login_webauthn"), {"credential": sent}),
        as_alice.post(reverse("mfa_add_webauthn"), {"credential": sent, "name": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "_auth_user_id" not in client.session
    assert not Authenticator.objects.exists()
