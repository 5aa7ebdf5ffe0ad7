"""The people and rows that the matrix is played with: made once, every cell rolled back."""

from __future__ import annotations

import copy
import importlib
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import time, timedelta
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.utils import timezone

from accounts.clock import local_day
from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, Role, User, owned_models
from accounts.unlocking import acting_for
from tests.matrix import ADMIN, ALICE, ANONYMOUS, BOB, CHARLIE, DANA, ERIN, EVERYBODY, EXPIRED, LEFT, REVOKED, UNASKED
from tests.second_step import give_second_step

ROOMS = ("accounts", "reminders", "resources", "plans", "recovery", "support", "config")
NAMES = {
    ALICE: "alice",
    CHARLIE: "charlie",
    BOB: "bob",
    UNASKED: "unasked",
    EXPIRED: "expired",
    REVOKED: "revoked",
    LEFT: "left",
    DANA: "dana",
    ERIN: "erin",
    ADMIN: "admin",
}
M = TypeVar("M", bound=models.Model)


def private_fields() -> Iterator[tuple[type[models.Model], PrivateTextField]]:
    """Yield every column of private text in the house."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, PrivateTextField):
                yield model, field


def to_fill(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Yield the columns that a row of this model cannot be without, and its private text."""
    for field in model._meta.concrete_fields:
        needed = not (field.has_default() or field.null or field.blank or field.primary_key)
        if needed or isinstance(field, PrivateTextField):
            yield field


class Stage:
    def __init__(self) -> None:
        self.now = timezone.now()
        self.people = {persona: self._person(persona) for persona in NAMES}
        self.alice = self.people[ALICE]
        self.canaries: dict[str, str] = {}  # “room.Model.field” → the text that must not get out
        self._kept: set[tuple[str, Any]] = set()
        with acting_for(self.alice.pk):
            for room in ROOMS:
                getattr(importlib.import_module(f"tests.matrix.{room}"), "plant", lambda stage: None)(self)
            for model in owned_models():
                self.sow(model)
            self._plant_canaries()
        self._cookies = {persona: self._sign_in(persona).cookies for persona in EVERYBODY}
        self._client = Client()

    def sow(self, model: type[models.Model]) -> models.Model:
        """Return a row of this model, Alice's where it has an owner; made up from its columns if there is none yet.

        Where a model's rules ask for more than a filled column, its room's `plant` makes the row.
        """
        rows = model._default_manager.all()
        kept = (rows.filter(person=self.alice) if issubclass(model, OwnedModel) else rows).first()
        return kept or rows.create(**{field.name: self._made_up(field) for field in to_fill(model)})

    def _made_up(self, field: models.Field[Any, Any]) -> Any:
        if isinstance(field, models.ForeignKey):
            return self.alice if field.related_model is User else self.sow(field.related_model)
        if field.choices:
            return field.choices[0][0]
        values: dict[str, Any] = {
            "DateField": local_day(self.alice, self.now),  # her day: in the American evening it is not yet that of UTC
            "DateTimeField": self.now,
            "UUIDField": uuid.uuid4(),
            "CharField": "x",
            "SlugField": "x",
            "PrivateTextField": "x",
            "BooleanField": True,
            "DurationField": timedelta(minutes=1),
            "TimeField": time(19, 30),
        }
        return values.get(field.get_internal_type(), values.get(type(field).__name__, 1))

    def one(self, model: type[M]) -> M:
        """Return Alice's row of this model."""
        if issubclass(model, OwnedModel):
            return model.objects.filter(person=self.alice).earliest("created_at")  # type: ignore[return-value, attr-defined]
        return model._default_manager.earliest("pk")

    def keep(self, kept: models.Model, *fields: str) -> None:
        """Leave these fields as the room made them: their own text is the canary."""
        for name in fields:
            self._kept.add((f"{kept._meta.label}.{name}", kept.pk))

    def client(self, persona: str) -> Client:
        """Return a browser as this persona left it after signing in."""
        # One for all: each new Client would build the whole chain of middleware anew.
        self._client.cookies = copy.deepcopy(self._cookies[persona])
        return self._client

    def enter(self, persona: str, browser: Client) -> None:
        """Let `client()` return this browser as it is now, under a name of its own."""
        self._cookies[persona] = browser.cookies

    def _person(self, persona: str) -> User:
        name = NAMES[persona]
        user = User.objects.create_user(
            f"{name}@example.org",
            "waylight-tests",
            called=f"{name}-called",
            time_zone="America/Chicago",
            agreed_at=self.now,
            onboarded_at=self.now,
            is_staff=persona in {ERIN, ADMIN},
            is_superuser=persona == ADMIN,
        )
        if persona in {BOB, UNASKED, EXPIRED, REVOKED, LEFT}:
            ended = self.now if persona == LEFT else None
            Role.objects.create(user=user, kind=Role.Kind.COUNSELOR, granted_at=self.now, ended_at=ended)
        if persona == ERIN:
            Role.objects.create(user=user, kind=Role.Kind.CURATOR, granted_at=self.now)
        if user.looks_after_others:
            give_second_step(user)
        return user

    def _sign_in(self, persona: str) -> Client:
        client = Client()
        if persona != ANONYMOUS:
            client.force_login(self.people[persona], backend="accounts.backends.PersonBackend")
        return client

    def _plant_canaries(self) -> None:
        """Put a canary into every private text of Alice's, on every row that the rooms made for her."""
        for model, field in private_fields():
            label = f"{model._meta.label}.{field.name}"
            for kept in model._default_manager.filter(**{"pk" if field.owner == "id" else field.owner: self.alice.pk}):
                if (label, kept.pk) not in self._kept:
                    setattr(kept, field.name, f"canary-{label.replace('.', '-').lower()}-yodel")
                    kept.save(update_fields=[field.name])
                self.canaries[label] = str(getattr(kept, field.name))


@contextmanager
def set_up() -> Iterator[Stage]:
    """Make the cast and Alice's rows, once for many tests, and roll them back at the end."""
    with ExitStack() as stack:
        for alias in ("default", "keys"):
            stack.enter_context(transaction.atomic(using=alias))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.conf.settings.PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
            made = Stage()
        yield made
        for alias in ("default", "keys"):
            transaction.set_rollback(True, using=alias)
