"""Bad input in the admin, where curators keep the directory: turned away in words, nothing half saved, nothing lost."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from resources.models import Listing
from tests.hostile import DATES, TEXTS, XSS, Trial, shape_of
from tests.hostile.answers import TYPED_KINDS, wrong_form_answer
from tests.hostile.forms import Form, find_forms
from tests.hostile.scenes import furnish
from tests.matrix import CHARLIE, ERIN
from tests.matrix.stage import Stage, set_up

pytestmark = [pytest.mark.hostile, pytest.mark.django_db(databases=["default", "keys"])]
# Each page on which a curator or an administrator writes.
WRITTEN = (
    "admin:resources_listing_add", "admin:resources_listing_change", "admin:resources_listing_delete",
    "admin:resources_listing_verify", "admin:resources_listing_changelist", "admin:resources_report_changelist",
    "admin:resources_changeproposal_changelist", "admin:resources_organization_add",
    "admin:resources_organization_change", "admin:resources_program_add", "admin:resources_program_change",
    "admin:resources_place_add", "admin:resources_place_change", "admin:recovery_stage_add",
    "admin:recovery_stage_change", "admin:accounts_role_add", "admin:accounts_role_changelist",
    "admin:accounts_user_change", "admin:password_change",
)  # fmt: skip
WRONG: list[str | None] = [
    "a\x00b", None,
    "9223372036854775808", "NaN", "²", "not-a-key", *DATES[:4], TEXTS["200 KB"], XSS["out of an attribute"],
    "-1", "javascript:alert(1)", TEXTS["right to left"], "", '{"a": "\\u0000"}', '"\\ud800"',
]  # fmt: skip


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made:
        furnish(made)
        yield made


@pytest.fixture(scope="module")
def forms(stage) -> list[Form]:
    trial = Trial(stage)
    door = Listing.objects.get(slug="us-door").pk
    more = ("admin:resources_listing_change", f"/admin/resources/listing/{door}/change/", ERIN)
    found = find_forms(stage, trial, more, admin=True)
    trial.verdict()
    for form in found:
        if form.route == "admin:accounts_role_add":  # the names come as they are typed
            form.values |= {"user": [str(stage.people[CHARLIE].pk)], "kind": ["curator"]}
    return [form for form in found if form.method == "POST" and form.route in WRITTEN]


def test_each_form_of_the_admin_is_found_and_taken_as_it_asks(stage, forms):
    trial = Trial(stage)
    for form in forms:

        def taken(response: Any) -> list[str]:
            return [] if response.status_code in {200, 302} else [f"{response.status_code}"]

        trial.send(form.persona, "POST", form.action, label="right", data=dict(form.values), then=taken)

    trial.verdict()
    assert {form.route for form in forms} == set(WRITTEN)


def test_a_nul_in_every_field_at_once_is_turned_away(stage, forms):
    trial = Trial(stage)
    for form in forms:
        typed = {name for name, kind in form.kinds.items() if kind in TYPED_KINDS}
        if not typed:
            continue
        data = {**form.values, **dict.fromkeys(typed, "a\x00b")}

        def then(response: Any, form: Form = form, data: Any = data, typed: Any = typed) -> list[str]:
            return wrong_form_answer(trial, form, data, typed, response)

        trial.send(form.persona, "POST", form.action, label="NUL everywhere", data=data, then=then)

    trial.verdict()


def test_bad_input_in_the_admin_is_turned_away_in_words_and_loses_nothing(stage, forms, pytestconfig):
    """Each field of each form once, with one wrong thing in its turn; every night with all of them."""
    trial = Trial(stage)
    nightly = pytestconfig.getoption("--nightly")
    done: set[str] = set()  # what is added and what is changed is checked by one form
    for turn, form in enumerate(forms):
        for place, name in enumerate(form.values):
            field = f"{re.sub('_(add|change)$', '', form.route)}: {shape_of(name)}"
            if field in done and not nightly:
                continue
            done.add(field)
            for value in WRONG if nightly else [WRONG[(turn + place) % len(WRONG)]]:
                data = form.with_one(name, value)

                def then(response: Any, form: Form = form, name: str = name, data: Any = data) -> list[str]:
                    return wrong_form_answer(trial, form, data, {name}, response)

                label = f"{name} = {str(value)[:40]!r}"
                trial.send(form.persona, "POST", form.action, label=label, data=data, then=then, tries=[name])

    trial.verdict()
