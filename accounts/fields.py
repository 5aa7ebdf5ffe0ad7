"""Private text: sealed on its way into the database, opened only for somebody who holds the key."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

from accounts import keys


class Sealed:
    """What the database holds, waiting for a reader who may open it."""

    __slots__ = ("cipher",)

    def __init__(self, cipher: str) -> None:
        self.cipher = cipher

    def __str__(self) -> str:
        return gettext("locked")

    __repr__ = __str__


class Locked(str):
    """What a reader without the key sees; saving it back changes nothing."""

    sealed: Sealed

    @classmethod
    def around(cls, sealed: Sealed) -> Locked:
        locked = cls(gettext("locked"))
        locked.sealed = sealed
        return locked


class CipherText(str):
    """Marks text that went through pre_save; anything else is refused on its way to the database."""


class PrivateTextAttribute(DeferredAttribute):
    """Opens the text when it is read, and keeps the sealed form until something else is assigned."""

    field: PrivateTextField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        kept = super().__get__(instance, cls)
        if not isinstance(kept, Sealed):
            return kept
        text = keys.unseal(kept.cipher, place=self.field.place(instance))
        return Locked.around(kept) if text is None else text

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value.sealed if isinstance(value, Locked) else value


class PrivateTextField(models.TextField):
    """Text that only its owner, and those the owner lets in, can read.

    `owner` names the attribute that holds the owner's id. An empty string stays empty, so that “is there a note?” needs
    no key. It cannot be searched, ordered or unique in SQL, and `update()` refuses it, since that would skip the
    sealing.
    """

    descriptor_class = PrivateTextAttribute
    empty_values = (None, "")

    def __init__(self, *args: Any, owner: str = "person_id", **kwargs: Any) -> None:
        self.owner = owner
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.owner != "person_id":
            kwargs["owner"] = self.owner
        return name, path, list(args), kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            found.append(checks.Error("Private text cannot be indexed or unique.", obj=self, id="accounts.E001"))
        return found

    def place(self, instance: models.Model) -> str:
        """Return what the cipher text is bound to, so that it cannot be moved to another row or column."""
        return f"{instance._meta.label}.{self.name}:{instance.pk}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | str | None:
        return value if value in self.empty_values else Sealed(str(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        kept = model_instance.__dict__.get(self.attname)
        if isinstance(kept, Sealed):
            return CipherText(kept.cipher)
        text = self.to_python(kept)
        if text in self.empty_values:
            return text
        owner_id = getattr(model_instance, self.owner)
        return CipherText(keys.seal(text, person_id=owner_id, place=self.place(model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, CipherText):
            return value
        raise FieldError(f"{self.name} is private text: save() seals it, update() and filters on it would not.")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in {"isnull", "exact"} else None

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
