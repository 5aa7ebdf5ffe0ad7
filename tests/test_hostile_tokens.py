"""Links, codes and cookies that somebody has changed on the way: none opens anything, and nothing is half done."""

import copy
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import signing
from django.test import Client

from accounts.models import Export, User
from accounts.unlocking import acting_for
from config.exporting import build_export
from plans import services as plans
from plans.models import Reason
from reminders.models import Schedule
from support.models import Consent, ConsentScope, Invitation
from support.models.invitation import tidy
from tests.hostile import TEXTS, Trial, route_of
from tests.hostile.scenes import CODE_SENT, CODE_TYPED, MOVING, SIGNING_UP, WALKED, play
from tests.matrix import ALICE, ANONYMOUS, BOB, CHARLIE, UNASKED
from tests.matrix.stage import Stage, set_up
from tests.test_matrix import address, row_of

pytestmark = [pytest.mark.hostile, pytest.mark.django_db(databases=["default", "keys"])]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made:
        yield made


@pytest.fixture(scope="module")
def right(stage) -> dict[tuple[str, str], str]:
    return play(stage)


@pytest.fixture
def trial(stage, settings) -> Trial:
    settings.ACCOUNT_RATE_LIMITS = False
    return Trial(stage)


def changed(text: str, every: int = 1) -> list[str]:
    """Return what is nearly this text: one sign of it another, cut short, doubled, or in other letters."""
    near = [f"{text[:at]}{'7' if text[at] != '7' else 'K'}{text[at + 1 :]}" for at in range(0, len(text), every)]
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in text)
    return [*near, text[:-1], text[1:], text * 2, text[::-1], wide, f"{text}\u0301", "0" * len(text), "{{7*7}}"]


def answered(status: int) -> Any:
    return lambda response: [] if response.status_code == status else [f"{response.status_code}, not {status}"]


def test_a_link_that_turns_reminders_off_works_as_it_was_sent_and_not_otherwise(trial, stage):
    schedule = stage.one(Schedule)
    token, signature = schedule.off_token, schedule.off_token.split(".")[1]
    other = signing.Signer(sep=".", salt="something.else").sign(schedule.pk.hex)
    forged = [other, f"{uuid4().hex}.{signature}", f"{schedule.pk}.{signature}", f".{signature}", f"{schedule.pk.hex}."]

    def still_on(response: Any) -> list[str]:
        on = Schedule.objects.get(pk=schedule.pk).is_active
        return [*answered(404)(response), *([] if on else ["turned off"])]

    for wrong in [*changed(token, every=4), *forged, token.upper(), f"{token}=", f"{token}.{signature}"]:
        for method in ("GET", "POST"):
            trial.send(ANONYMOUS, method, f"/off/{wrong}/", label="changed", then=still_on)

    def off(response: Any) -> list[str]:
        return ["still on"] if Schedule.objects.get(pk=schedule.pk).is_active else []

    trial.send(ANONYMOUS, "POST", f"/off/{token}/", label="right", then=off)
    trial.verdict()


def test_a_code_that_is_nearly_one_lets_nobody_in(trial, stage, right):
    code = right[ALICE, "code"]

    def refused(response: Any) -> list[str]:
        here = BeautifulSoup(response.content, "html.parser")
        gone = [] if here.find(attrs={"name": "code"})["value"] == response.typed else ["what was typed is gone"]
        further = stage.client(CHARLIE).get("/sharing/add/what/")
        used = Invitation.objects.exclude(used_at=None).exists()
        return [*answered(422)(response), *gone, *answered(302)(further), *(["used"] if used else [])]

    for wrong in [each for each in changed(code) if tidy(each) != code]:  # dashes and marks are left out

        def then(response: Any, wrong: str = wrong) -> list[str]:
            response.typed = wrong
            return refused(response)

        trial.send(CHARLIE, "POST", "/sharing/add/", label=wrong, data={"code": wrong}, then=then)

    trial.send(UNASKED, "POST", "/sharing/add/", label="own", data={"code": code}, then=answered(422))
    trial.send(CHARLIE, "POST", "/sharing/add/", label="right", data={"code": f" {code.lower()} "}, then=answered(302))
    trial.verdict()


def test_what_is_signed_is_what_was_shown_or_nothing(trial, stage, right):
    page = stage.client(ALICE).get("/sharing/add/sign/")
    shown = BeautifulSoup(page.content, "html.parser").find(attrs={"name": "shown"})["value"]
    password = "waylight-tests"
    before = Consent.objects.count(), ConsentScope.objects.count()

    def nobody(response: Any) -> list[str]:
        now = Consent.objects.count(), ConsentScope.objects.count()
        used = Invitation.objects.exclude(used_at=None).exists()
        said = [] if response.status_code in {302, 422} else [f"{response.status_code}"]
        return [*said, *(["let in"] if now != before else []), *(["used"] if used else [])]

    for wrong in [*changed(shown, every=16), "", "\x00", shown.upper()]:
        data = {"shown": wrong, "password": password}
        trial.send(ALICE, "POST", "/sharing/add/sign/", label="another text", data=data, then=nobody)
    for wrong in [*changed(password, every=7), "", "\x00", TEXTS["200 KB"]]:
        data = {"shown": shown, "password": wrong}
        trial.send(ALICE, "POST", "/sharing/add/sign/", label="another password", data=data, then=nobody)

    def let_in(response: Any) -> list[str]:
        given = Consent.objects.filter(person=stage.alice).newest_first()[0]
        whole = given.text_hash == shown and given.scopes == {"plan"} and given.recipient == stage.people[UNASKED]
        used = Invitation.objects.exclude(used_at=None).count() == 1
        return [] if whole and used and response.status_code == 302 else ["not let in as shown"]

    data = {"shown": shown, "password": password}
    trial.send(ALICE, "POST", "/sharing/add/sign/", label="right", data=data, then=let_in)
    trial.verdict()


@pytest.mark.parametrize("persona", [SIGNING_UP, MOVING, CODE_SENT])
def test_a_mailed_code_that_is_nearly_one_changes_no_account(trial, stage, right, persona):
    url = address(WALKED[persona], row_of(WALKED[persona]), stage)
    code, others = right[persona, "code"], [right[each, "code"] for each in WALKED if each != persona]

    def accounts() -> list[Any]:
        rows = User.objects.values_list("email", "password", "last_login")
        return [*rows, *EmailAddress.objects.values_list("email", "verified", "primary")]

    before = accounts()
    for wrong in [*changed(code), *others, TEXTS["200 KB"], "\x00", ""]:

        def then(response: Any, wrong: str = wrong) -> list[str]:
            here = BeautifulSoup(response.content, "html.parser").find(attrs={"name": "code"})
            kept = here is not None and str(here.get("value", "")).strip("\x00") == wrong.strip("\x00")
            gone = [] if kept else ["what was typed is gone"]
            return [*answered(422)(response), *gone, *(["changed"] if accounts() != before else [])]

        trial.send(persona, "POST", url, label=wrong[:20], data={"code": wrong}, then=then)

    trial.send(persona, "POST", url, label="right", data={"code": code.lower()}, then=answered(302))
    trial.verdict()


def test_a_new_password_is_set_only_in_the_browser_that_typed_the_code(trial, stage, right):
    url = address(WALKED[CODE_TYPED], row_of(WALKED[CODE_TYPED]), stage)
    new = {"password1": "three quiet words"}

    def same(response: Any) -> list[str]:
        kept = User.objects.get(pk=stage.alice.pk).check_password("waylight-tests")
        return [*answered(302)(response), *([] if kept else ["another password"])]

    def set_anew(response: Any) -> list[str]:
        return [] if User.objects.get(pk=stage.alice.pk).check_password(new["password1"]) else ["the old one"]

    for persona in (ANONYMOUS, CODE_SENT, SIGNING_UP):
        trial.send(persona, "POST", url, label="no code", data=new, then=same)
    trial.send(CODE_TYPED, "POST", url, label="right", data=new, then=set_anew)
    trial.verdict()


def test_a_cookie_that_was_changed_says_nothing_and_opens_nothing(trial, stage):
    browser = Client()
    browser.cookies = copy.deepcopy(stage.client(ALICE).cookies)
    cookie = browser.post("/you/reminders/turn-off/").cookies["messages"].value
    session = browser.cookies["session"].value
    said = "Off. You will not get any more."

    def silent(response: Any) -> list[str]:
        html = response.content.decode()
        return [*answered(200)(response), *(["said it"] if said in html or "evil" in html else [])]

    mine = json.dumps([["__json_message", 0, 25, "evil", ""]])
    for wrong in [*changed(cookie, every=23), mine, f"{mine}:{cookie.split(':', 1)[1]}", cookie.replace("Off", "evil")]:
        if wrong.isascii() and wrong != cookie:
            trial.send(ALICE, "GET", "/you/reminders/", label="messages", cookies={"messages": wrong}, then=silent)
    for wrong in [*changed(session, every=5), session.upper(), f" {session}"]:
        if wrong.isascii() and wrong.strip() != session:
            trial.send(ALICE, "GET", "/today/", label="session", cookies={"session": wrong}, then=answered(302))

    trial.send(ALICE, "GET", "/you/reminders/", label="right", cookies={"messages": cookie}, then=answered(200))
    trial.verdict()


def test_a_copy_holds_what_was_typed_sign_by_sign_and_is_fetched_once_by_its_owner(trial, stage):
    typed = {text for text in TEXTS.values() if "\x00" not in text and len(text) < 300 and text.strip()}
    with acting_for(stage.alice.pk):
        for text in typed:
            plans.add_reason(person=stage.alice, text=text, now=stage.now)
        kept = {str(reason.text) for reason in Reason.objects.of(stage.alice)}
    Export.objects.filter(person=stage.alice).delete()
    export = Export.objects.create(person=stage.alice)
    url = f"/you/data/copies/{export.pk}/take/"
    trial.send(ALICE, "POST", url, label="not ready", then=answered(404))
    build_export(export_id=export.pk, now=stage.now)

    def whole(response: Any) -> list[str]:
        held = {row["text"] for row in json.loads(response.content)["records"]["plans.Reason"]}
        plain = [response.headers["Content-Type"], response.headers["X-Content-Type-Options"]]
        again = stage.client(ALICE).post(url)
        wrong = [] if held == kept and typed - kept == set() else [f"lost {typed - held}"]
        wrong += [] if plain == ["application/json; charset=utf-8", "nosniff"] else [f"{plain}"]
        return [*wrong, *answered(404)(again)]

    for persona in (BOB, CHARLIE):
        for deed in ("take", "drop"):
            at = f"/you/data/copies/{export.pk}/{deed}/"
            trial.send(persona, "POST", at, label="not theirs", then=answered(404))
    for wrong in changed(str(export.pk), every=6):
        at = f"/you/data/copies/{wrong}/take/"
        if route_of(at):
            trial.send(ALICE, "POST", at, label="another", then=answered(404))
    trial.send(ALICE, "GET", url, label="by a link", then=answered(405))
    trial.send(ALICE, "POST", url, label="right", then=whole)
    trial.verdict()
