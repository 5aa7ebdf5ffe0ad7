"""Gathers everything that one person owns, by asking the models what there is."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from accounts.models import Export, OwnedModel, Role, User, owned_models
from accounts.unlocking import acting_for
from support.models import Access

# Says how to read the file; raised when a field changes its meaning.
FORMAT = 1

# What a copy leaves out, and why.
LEFT_OUT: dict[str, str] = {
    "accounts.Export": "the copy itself",
}
FIELDS_LEFT_OUT: dict[str, str] = {
    "accounts.User.password": "a hash helps nobody but a thief",
    "accounts.User.pin": "the same",
    "resources.Story.decided_by": "names a curator",
}

# What the same for everybody says, which is not in the copy: by these a row says what it is about.
SAID_BY: dict[str, tuple[str, ...]] = {
    "recovery.Instrument": ("slug", "version", "title"),
    "recovery.Stage": ("slug", "title"),
    "recovery.StageTask": ("slug", "text"),
}


def build_export(*, export_id: UUID, now: datetime) -> bool:
    """Fill an export that was asked for; return whether this call did. Safe to run twice."""
    with transaction.atomic():
        export = Export.objects.select_for_update().filter(pk=export_id, ready_at=None).first()
        if export is None:
            return False
        person = User.objects.get(pk=export.person_id)
        with acting_for(person.pk):
            export.content = json.dumps(everything_of(person, now=now), cls=DjangoJSONEncoder, ensure_ascii=False)
            export.ready_at = now
            export.save()
    return True


def everything_of(person: User, *, now: datetime) -> dict[str, Any]:
    """Return the account and all its records as plain values; the person's key must be on the ring."""
    return {
        "product": settings.APP_NAME,
        "format": FORMAT,
        "made_at": now,
        "account": _row(person),
        "roles": [_row(role) for role in Role.objects.filter(user=person).order_by("asked_at")],
        "second_steps": list(_second_steps_of(person)),
        # No owned records: they outlive the account. They are about the person all the same.
        "accesses": [_row(look) for look in Access.objects.about(person).order_by("position")],
        "records": {model._meta.label: list(_rows_of(model, person)) for model in exported_models()},
    }


def _second_steps_of(person: User) -> Iterator[dict[str, Any]]:
    """Yield what there is besides the password, without what opens it: no secret, no code, no key."""
    for step in Authenticator.objects.filter(user=person).order_by("pk"):
        name = step.data.get("name", "")
        yield {"kind": step.type, "name": name, "created_at": step.created_at, "last_used_at": step.last_used_at}


def exported_models() -> Iterator[type[OwnedModel]]:
    for model in owned_models():
        if model._meta.label not in LEFT_OUT:
            yield model


def _rows_of(model: type[OwnedModel], person: User) -> Iterator[dict[str, Any]]:
    rows = model._default_manager.filter(person=person).order_by("created_at", "pk")
    said = [field.name for field in model._meta.concrete_fields if _said_by(field)]
    if said:
        rows = rows.select_related(*said)
    for row in rows.iterator(chunk_size=500):
        yield _row(row)


def _row(record: models.Model) -> dict[str, Any]:
    """Return every column and many-to-many of a record by name, references as keys."""
    values: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        if f"{record._meta.label}.{field.name}" not in FIELDS_LEFT_OUT:
            values[field.name] = _plain(getattr(record, field.attname))
            if (said_by := _said_by(field)) and (about := getattr(record, field.name)):
                values |= {f"{field.name}_{each}": getattr(about, each) for each in said_by}
    for many in record._meta.many_to_many:
        if many.name not in {"groups", "user_permissions"}:
            values[many.name] = [str(pk) for pk in getattr(record, many.name).values_list("pk", flat=True)]
    return values


def _said_by(field: "models.Field[Any, Any]") -> tuple[str, ...]:
    return SAID_BY.get(field.related_model._meta.label, ()) if isinstance(field, models.ForeignKey) else ()


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value
