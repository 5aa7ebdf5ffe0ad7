"""Bad input in every form: it gets an answer in words, changes nothing, loses nothing typed and runs nowhere."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from rest_framework.throttling import UserRateThrottle

from tests.hostile import CORPUS, DATES, ELSEWHERE, TEXTS, XSS, Trial
from tests.hostile.answers import wrong_form_answer
from tests.hostile.forms import PASSWORD, Form, find_forms, posting
from tests.hostile.scenes import WALKED, play
from tests.matrix import ALICE, ANONYMOUS
from tests.matrix.stage import Stage, set_up
from tests.reminders.push_service import new_vapid_key
from tests.test_matrix import address, row_of

pytestmark = [pytest.mark.hostile, pytest.mark.django_db(databases=["default", "keys"])]
TEXTUAL = {"text", "textarea", "search", "tel", "email", "url", "password"}
WORDS = [TEXTS["right to left"], XSS["out of an attribute"], XSS["out of a text area"], "", "²", "-1", "9999-12-31"]
CHOICES = ["9223372036854775808", "-1", "NaN", "²", "not-a-key", "", TEXTS["200 KB"], XSS["out of an attribute"]]
# Turned away as it stands, and why: no attack on such a form would get past that.
TEMPLATES = Path(django_settings.BASE_DIR, "templates")
NOT_TYPED = {"csrfmiddlewaretoken"}  # asked for on every form, and tested where forms from elsewhere are turned away
TURNED_AWAY: dict[str, str] = {
    "account_inactive": "a page without a form",
    "account_password_reset_completed": "a page without a form",
    "mfa_index": "a page without a form",
    "mfa_list_webauthn": "a page without a form",
    "mfa_view_recovery_codes": "a page without a form",
    "mfa_download_recovery_codes": "a page without a form",
    "mfa_activate_totp": "the code that fits comes out of a secret which the page makes; test_second_step.py has it",
    "mfa_reauthenticate": "the code that fits is another each half a minute; test_second_step.py has it",
    "mfa_deactivate_totp": "she whose pages these are has a passkey and no app; test_second_step.py has it",
    "mfa_add_webauthn": "only a device can answer; test_passkeys.py has one",
}


# What somebody would fill in, where neither the page nor the name of the field says it.
PUSH_HOST = django_settings.PUSH_HOSTS[0]
STORY = {"body": ["It rained, so I went in. " * 20]}
PIN = {"pin": ["4917"], "remove-password": [PASSWORD]}
SOURCE = {"default_country": ["US"], "default_language": ["en"], "mapping": ["name = Meeting Name"]}
RIGHT: dict[str, dict[str, list[Any]]] = {
    "recovery:journey-figures": {"currency": ["$"]},
    "resources:story-offer": STORY,
    "resources:own-story-edit": STORY,
    "resources:near-choose": {"place": ["Chicago"]},
    "resources:source-new": SOURCE,
    "resources:source-edit": SOURCE,
    "reminders:device-list": {"endpoint": [f"https://{PUSH_HOST}/one"], "p256dh": ["B" * 87], "auth": ["A" * 22]},
    "plans:item-move": {"direction": ["up"]},
    "pin-set": PIN,
    "pin-check": PIN,
    "pin-remove": PIN,
}
IN_A_WEEK = {
    "recovery:call-add": ["by_on"],
    "recovery:call-edit": ["by_on"],
    "recovery:appointment-add": ["day"],
    "recovery:appointment-edit": ["day"],
    "reminders:pause": ["pause-until"],
}


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.VAPID_KEY", new_vapid_key())  # without one a page is not there
        yield made


@pytest.fixture(scope="module")
def finding(stage) -> Trial:
    """What was seen while the forms were looked for."""
    return Trial(stage)


@pytest.fixture(scope="module")
def forms(stage, finding) -> list[Form]:
    right, trial = play(stage), finding
    more = [(name, address(name, row_of(name), stage), persona) for persona, name in WALKED.items()]
    found = find_forms(stage, trial, *more)
    trial.verdict()
    soon = [(stage.now + timedelta(days=7)).date().isoformat()]
    for form in found:
        # Rows that were made up are not always what a form would take: words that are too long, a morning that is over.
        fitting = RIGHT.get(form.route, {}) | dict.fromkeys(IN_A_WEEK.get(form.route, ()), soon)
        form.values |= {name: value for name, value in fitting.items() if name in form.values}
        form.values |= {name: [right[form.persona, name]] for name in form.values if (form.persona, name) in right}
    return found


@pytest.fixture
def trial(stage, settings, monkeypatch) -> Trial:
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None})
    return Trial(stage)


def wrong_for(kind: str, turn: int) -> list[str]:
    """Return what no field of this kind can do without, and one of the rest in its turn."""
    if kind in TEXTUAL:
        return [TEXTS["a nul"], TEXTS["200 KB"], WORDS[turn % len(WORDS)]]
    rest = DATES if kind in {"date", "time"} else CHOICES
    return [TEXTS["a nul"], rest[turn % len(rest)], rest[(turn + 3) % len(rest)]]


def attack(trial: Trial, form: Form, name: str, values: list[Any], **headers: str) -> None:
    for value in values:
        data = form.with_one(name, value)

        def then(response: Any, data: dict[str, Any] = data) -> list[str]:
            return wrong_form_answer(trial, form, data, {name}, response)

        label = f"{name} = {str(value)[:40]!r} {headers or ''}"
        trial.send(
            form.persona, form.method, form.action, label=label, data=data, then=then, tries=[name], headers=headers
        )


def attack_each_once(trial: Trial, forms: list[Form]) -> None:
    """Try each field of each route where it stands first; then what the views ask for beyond their forms."""
    for turn, form in enumerate(forms):
        for place, name in enumerate(form.values):
            if not trial.has_tried(form.method, form.action, name):
                odd: list[Any] = [None, ["one", "another"]]
                odd_ones = odd if form.kinds[name] in TEXTUAL else [odd[(turn + place) % 2]]
                attack(trial, form, name, [*wrong_for(form.kinds[name], turn + place), *odd_ones])
    by_route = {form.route: form for form in reversed(forms) if form.method == "POST"}
    for route, name in trial.never_wrong("POST"):
        if route in by_route and "*" not in name:
            attack(trial, by_route[route], name, [TEXTS["a nul"], "9223372036854775808"])


def test_a_form_filled_in_as_it_asks_is_taken(trial, forms):
    """If it were not, no wrong field would get further than the one that is wrong already."""
    for form in forms:

        def taken(response: Any, form: Form = form) -> list[str]:
            turned_away = response.status_code >= 400
            return [f"{response.status_code}"] if turned_away != (form.route in TURNED_AWAY) else []

        trial.send(form.persona, form.method, form.action, label="right", data=dict(form.values), then=taken)

    trial.verdict()
    assert {form.route for form in forms if form.method == "POST"} >= set(posting())


def test_bad_input_in_any_field_is_answered_in_words_and_loses_nothing(trial, forms):
    attack_each_once(trial, forms)

    trial.verdict()
    assert not trial.never_wrong("POST", but=NOT_TYPED)


@pytest.mark.nightly
def test_all_bad_input_in_every_field_of_every_form(trial, forms):
    for form in forms:
        for name in form.values:
            attack(trial, form, name, [*CORPUS, None, ["one", "another"]])

    trial.verdict()
    assert not [
        f"{form.route}: {name}"
        for form in forms
        for name in form.values
        if not trial.has_tried(form.method, form.action, name)
    ]


def test_a_form_with_everything_wrong_is_shown_again_with_everything_typed(trial, forms):
    for form in forms:
        typed = {name for name, kind in form.kinds.items() if kind in TEXTUAL}
        for value in (XSS["out of a text area"], "\x00" + TEXTS["right to left"]):
            data = {**form.values, **dict.fromkeys(typed, value)}

            def then(response: Any, form: Form = form, data: Any = data, typed: Any = typed) -> list[str]:
                return wrong_form_answer(trial, form, data, typed, response)

            trial.send(form.persona, form.method, form.action, label=value[:30], data=data, then=then, tries=typed)

    trial.verdict()


def test_a_part_of_a_page_is_turned_away_as_that_part_with_what_was_typed(trial, forms, finding):
    """What htmx sends is answered with the fragment alone, so that it fits where the form stood."""
    for turn, form in enumerate(each for each in forms if each.htmx):
        for place, name in enumerate(form.values):
            attack(trial, form, name, wrong_for(form.kinds[name], turn + place), **{"HX-Request": "true"})
        trial.send(form.persona, "POST", form.action, label="htmx", data=form.values, headers={"HX-Request": "true"})

    trial.verdict()
    with_htmx = {
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if "hx-post" in path.read_text()
    }
    assert not with_htmx - finding.rendered


def test_no_next_leads_to_another_host(trial, forms):
    doors = [
        form for form in forms if form.method == "POST" and ("next" in form.values or form.route.startswith("account_"))
    ]
    for turn, form in enumerate(doors):
        for target in ELSEWHERE:
            at = f"{form.action}?next={quote(target, safe='')}"
            data = form.with_one("next", target)
            trial.send(form.persona, "POST", at, label=f"next = {target[:30]!r}", data=data, tries=["next"])
        for target in ELSEWHERE[turn % 5 :: 5]:  # the page itself leads nowhere, only what is sent from it
            trial.send(form.persona, "GET", f"{form.action}?next={quote(target, safe='')}", label=target[:30])
    for target in ELSEWHERE:  # and these do, for whoever is in already
        trial.send(ANONYMOUS, "POST", "/cover/off/", label=target[:30], data={"next": target}, tries=["next"])
        trial.send(ANONYMOUS, "GET", f"/admin/login/?next={quote(target, safe='')}", label=target[:30])
        for page in ("login", "signup"):
            trial.send(ALICE, "GET", f"/accounts/{page}/?next={quote(target, safe='')}", label=target[:30])

    trial.verdict()
    tried = {route for route, (place, name) in trial.tried if (place, name) == ("POST", "next")}
    asked = {route for route, (place, name) in trial.read if (place, name) == ("POST", "next")}
    assert asked <= tried
    assert tried >= {name for name in posting() if name.startswith("account_")}
