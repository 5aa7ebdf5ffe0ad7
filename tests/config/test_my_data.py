"""My data: everything I own in one file, fetched once, and an account that is gone when I say so."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts import keys, services
from accounts.models import Export, OwnedModel, PersonKey, User, owned_models
from accounts.stepup import TRIES
from config import exporting, tasks
from recovery.models import SelfCheck, Stage
from tests.recovery.questionnaires import take

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PASSWORD = {"password": "waylight-tests"}


def fetch_copy(client, person):
    client.post(reverse("export-ask"), PASSWORD)
    export = Export.objects.of(person).get()
    tasks.build_export(export_id=str(export.pk))
    return client.post(reverse("export-take", args=[export.pk]))


def test_every_private_model_is_in_the_copy_or_left_out_for_a_reason():
    assert {model._meta.label for model in exporting.exported_models()} | set(exporting.LEFT_OUT) == {
        model._meta.label for model in owned_models()
    }


def test_every_private_model_goes_with_the_account():
    for model in owned_models():
        assert model._meta.get_field("person").remote_field.on_delete is models.CASCADE, model


def test_the_copy_holds_every_column_in_clear(as_alice, alice):
    copy = json.loads(fetch_copy(as_alice, alice).content)

    assert copy["account"]["called"] == "Alice"
    assert copy["account"]["email"] == alice.email
    assert "password" not in copy["account"]
    assert set(copy["records"]) == {model._meta.label for model in exporting.exported_models()}


def test_what_a_row_points_to_is_in_the_copy_or_said_in_the_row():
    for model in exporting.exported_models():
        for field in model._meta.concrete_fields:
            to = field.related_model
            assert not to or issubclass(to, OwnedModel | User) or to._meta.label in exporting.SAID_BY, field


def test_the_copy_says_which_questionnaire_and_which_stage(as_alice, alice):
    take(alice, "gad-7", dict.fromkeys("1234567", 1))
    SelfCheck.objects.create(person=alice, stage=Stage.objects.get(position=1), looked_on="2025-06-12", signs="")

    records = json.loads(fetch_copy(as_alice, alice).content)["records"]

    [measure], [check] = records["recovery.Measure"], records["recovery.SelfCheck"]
    assert (measure["instrument_slug"], measure["instrument_version"]) == ("gad-7", "1")
    assert measure["instrument_title"] == "Made-up gad-7"
    assert check["stage_title"] == Stage.objects.get(position=1).title


def test_the_copy_lies_sealed_and_is_fetched_once(as_alice, alice, as_charlie):
    as_alice.post(reverse("export-ask"), PASSWORD)
    export = Export.objects.of(alice).get()
    tasks.build_export(export_id=str(export.pk))
    take = reverse("export-take", args=[export.pk])

    assert str(Export.objects.get(pk=export.pk).content) == "locked"
    assert as_charlie.post(take).status_code == 404
    assert as_alice.get(take).status_code == 405
    assert as_alice.post(take).status_code == 200
    assert as_alice.post(take).status_code == 404


def test_a_wrong_password_makes_no_copy(as_alice, alice):
    answer = as_alice.post(reverse("export-ask"), {"password": "guess"})

    assert answer.status_code == 422
    assert "That is not your password" in answer.content.decode()
    assert not Export.objects.of(alice).exists()


def test_guessing_ends_after_a_few_tries_even_with_the_right_one(as_alice, alice):
    for _ in range(TRIES):
        as_alice.post(reverse("export-ask"), {"password": "guess"})

    answer = as_alice.post(reverse("export-ask"), PASSWORD)

    assert "Wait five minutes" in answer.content.decode()
    assert not Export.objects.of(alice).exists()


def test_a_second_copy_waits_for_the_first(as_alice, alice):
    as_alice.post(reverse("export-ask"), PASSWORD)

    assert as_alice.post(reverse("export-ask"), PASSWORD).status_code == 422
    assert Export.objects.of(alice).count() == 1


def test_a_copy_whose_message_was_lost_is_built_by_the_tidy_up(as_alice, alice):
    as_alice.post(reverse("export-ask"), PASSWORD)

    tasks.tidy()

    assert Export.objects.of(alice).get().ready_at


def test_a_copy_that_cannot_be_built_holds_up_nobody_elses(alice, bob, charlie, monkeypatch):
    said = []
    monkeypatch.setattr(tasks.logger, "error", lambda words, *filled: said.append(words % filled))
    for person in (alice, bob, charlie):
        services.ask_for_export(person=person)
    PersonKey.objects.filter(person_id=bob.pk).update(master="0" * 16)  # under a master key that is not there

    tasks.tidy()

    built = Export.objects.exclude(ready_at=None).values_list("person_id", flat=True)
    assert set(built) == {alice.pk, charlie.pk}
    assert said == [f"The copy {Export.objects.of(bob).get().pk} could not be built: KeyMissing"]


def test_a_copy_that_nobody_fetched_is_deleted_after_a_day(alice):
    export = services.ask_for_export(person=alice)
    Export.objects.filter(pk=export.pk).update(created_at=timezone.now() - timedelta(hours=25))

    tasks.tidy()

    assert not Export.objects.of(alice).exists()


def test_deleting_the_account_needs_password_and_tick(as_alice, alice):
    for wrong in ({"delete-password": "waylight-tests"}, {"delete-password": "guess", "delete-sure": "on"}):
        assert as_alice.post(reverse("account-delete"), wrong).status_code == 422

    assert User.objects.filter(pk=alice.pk).exists()


def test_deleting_the_account_leaves_neither_rows_nor_key(as_alice, alice, django_capture_on_commit_callbacks):
    services.ask_for_export(person=alice)

    with django_capture_on_commit_callbacks(execute=True):
        answer = as_alice.post(
            reverse("account-delete"), {"delete-password": "waylight-tests", "delete-sure": "on"}, follow=True
        )

    assert "It is done" in answer.content.decode()
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not PersonKey.objects.filter(person_id=alice.pk).exists()
    assert as_alice.get(reverse("my-data")).status_code == 302
    for model in owned_models():
        assert not model._default_manager.filter(person_id=alice.pk).exists()


def test_a_second_tap_on_delete_finds_it_done(alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_account(person=User.objects.get(pk=alice.pk))
        services.delete_account(person=alice)

    assert not PersonKey.objects.filter(person_id=alice.pk).exists()


def test_a_key_without_an_account_is_swept_after_a_day(alice):
    stray, fresh = User().pk, User().pk
    for person_id in (stray, fresh):
        keys.ensure(person_id)
    PersonKey.objects.filter(person_id=stray).update(created_at=timezone.now() - timedelta(days=2))

    tasks.sweep_keys()

    assert set(PersonKey.objects.values_list("person_id", flat=True)) == {alice.pk, fresh}


def test_nothing_left_out_has_gone_stale():
    from django.apps import apps

    for label in exporting.LEFT_OUT:
        assert apps.get_model(label)
    for place in exporting.FIELDS_LEFT_OUT:
        label, _, name = place.rpartition(".")
        try:
            apps.get_model(label)._meta.get_field(name)
        except FieldDoesNotExist:
            pytest.fail(f"{place} is not there any more")
