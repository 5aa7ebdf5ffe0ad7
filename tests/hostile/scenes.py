"""Pages that open only on the way through something: a code typed, a choice made, a mail read."""

import copy
import re
from datetime import time

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.lock import set_pin
from accounts.unlocking import acting_for
from plans import services as plans
from plans.models import Activity, Contact, Item, Reason, Strategy, Trigger
from plans.phones import SHORT_CODE
from resources.models import Access, Listing, Place, Schedule
from support import services as support
from support.models import Role
from tests.hostile.forms import PASSWORD
from tests.matrix import ALICE, UNASKED
from tests.matrix.stage import Stage

SIGNING_UP = "a stranger, signing up"
CODE_SENT = "a stranger, with a code to set a new password"
CODE_TYPED = "a stranger, setting a new password"
MOVING = "alice, with a code in her new mailbox"
# Where each of these stands.
WALKED = {
    SIGNING_UP: "account_email_verification_sent",
    MOVING: "account_email_verification_sent",
    CODE_SENT: "account_confirm_password_reset_code",
    CODE_TYPED: "account_complete_password_reset",
}
Right = dict[tuple[str, str], str]  # (persona, field) → what is right there and nowhere else


def play(stage: Stage) -> Right:
    """Walk the cast as far as each form that has something before it, and return the codes that fit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        furnish(stage)
        return {**_let_somebody_in(stage), **_change_address(stage), **_sign_up(stage), **_forget_password(stage)}


def furnish(stage: Stage) -> None:
    """Add what makes a form of its own: a second row to move, one that is put away, an entry with number and hours."""
    with acting_for(stage.alice.pk):
        second = {"person": stage.alice, "position": 9}
        Activity.objects.create(name="x", **second)
        Contact.objects.create(name="x", number="988", number_type=SHORT_CODE, **second)
        Item.objects.create(part="help_me", kind="do", text="x", **second)
        Reason.objects.create(text="x", **second)
        Strategy.objects.create(name="x", **second)
        away = Trigger.objects.create(person=stage.alice, name="A party", category="stress", impact=3)
        plans.archive_trigger(trigger=away, now=timezone.now())
        set_pin(person=stage.alice, pin="4917", minutes=0)
    door = Listing.objects.get(slug="us-door")
    Access.objects.create(listing=door, method="phone", number="+13125550142", number_type="e164")
    Place.objects.create(
        name="A house", country="US", city="Chicago", precision="exact", latitude=41.88, longitude=-87.63
    )
    Schedule.objects.create(listing=door, rrule="FREQ=WEEKLY;BYDAY=MO", starts_at=time(19, 30), tz="America/Chicago")


def _browser(stage: Stage, persona: str) -> Client:
    browser = Client()
    browser.cookies = copy.deepcopy(stage.client(persona).cookies)
    return browser


def invite(stage: Stage) -> str:
    """Return the code of a counselor who asks to be let in."""
    maker = stage.people[UNASKED]
    with acting_for(maker.pk):
        made = support.make_invitation(maker=maker, role=Role.COUNSELOR, name="A clinic", now=timezone.now())
        return str(made.code)


def _let_somebody_in(stage: Stage) -> Right:
    code, browser = invite(stage), _browser(stage, ALICE)
    browser.post("/sharing/add/", {"code": code})
    until = timezone.now().date().isoformat()
    signing = browser.post("/sharing/add/what/", {"scopes": ["plan"], "purpose": "care", "until": until}, follow=True)
    assert signing.redirect_chain == [("/sharing/add/sign/", 302)]
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})  # so that her address form goes to work at once
    stage.enter(ALICE, browser)
    return {(ALICE, "code"): code}


def _change_address(stage: Stage) -> Right:
    # Another browser of hers, for a page with a code would otherwise stand where her own pages are wanted.
    browser = Client()
    browser.force_login(stage.alice, backend="accounts.backends.PersonBackend")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", {"email": "alice.new@example.org", "action_add": "1"})
    stage.enter(MOVING, browser)
    return {(MOVING, "code"): code_in_mail()}


def _sign_up(stage: Stage) -> Right:
    browser = Client()
    browser.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "agreed": "on"})
    stage.enter(SIGNING_UP, browser)
    return {(SIGNING_UP, "code"): code_in_mail()}


def _forget_password(stage: Stage) -> Right:
    codes: Right = {}
    for persona in (CODE_SENT, CODE_TYPED):
        browser = Client()
        browser.post("/accounts/password/reset/", {"email": stage.alice.email})
        code = code_in_mail()
        if persona == CODE_TYPED:
            browser.post("/accounts/password/reset/confirm/", {"code": code})
        stage.enter(persona, browser)
        codes[persona, "code"] = code
    return codes


def code_in_mail() -> str:
    found = re.search(r"your code is (\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]
