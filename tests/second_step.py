"""What tests need to have a second step: an app that shows codes, and a passkey without a device."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts import keys
from accounts.models import User
from accounts.second_step_adapter import PLACE

PASSWORD = "waylight-tests"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_second_step(user: User, secret: str = SECRET) -> None:
    """Give what whoever looks after others has set up: an app with this secret, sealed as in real life."""
    sealed = keys.seal(secret, person_id=user.pk, place=PLACE)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": sealed})


def give_passkey(user: User, name: str) -> Authenticator:
    """Give a passkey as a device would have answered, with a key that nobody holds."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = AttestedCredentialData.create(Aaguid(b"\0" * 16), name.encode(), key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    known = AttestationObject.create("none", AuthenticatorData.create(b"\0" * 32, flags, 0, credential), {})
    client = b'{"type":"webauthn.create","challenge":"AA","origin":"https://testserver"}'
    answer = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(bytes(known))}
    identity = websafe_encode(name.encode())
    data: dict[str, Any] = {"id": identity, "rawId": identity, "type": "public-key", "response": answer}
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": data})


def code_for(secret: str, steps: int = 0) -> str:
    """Return what an app with this secret shows now, or so many steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + steps))


def confirm_it_is_me(client: Client, name: str) -> None:
    client.post(f"{reverse('account_reauthenticate')}?next={reverse(name)}", {"password": PASSWORD})


def shown_secret(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'class="secret[^>]*>([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set up an app as somebody does, and return its secret and the recovery codes."""
    confirm_it_is_me(client, "mfa_activate_totp")
    secret = shown_secret(client)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret, re.findall(r"<li>(\d{8})</li>", client.get(answer["Location"]).content.decode())


def is_in(client: Client) -> bool:
    return client.get(reverse("you")).status_code == 200
