"""Keeps the keys of the people in a database of their own."""

from typing import Any

KEYS_MODEL = "personkey"


class KeysRouter:
    def db_for_read(self, model: type[Any], **hints: Any) -> str | None:
        return "keys" if self._is_key(model) else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        is_key = app_label == "accounts" and model_name == KEYS_MODEL
        return is_key == (db == "keys")

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        return None

    @staticmethod
    def _is_key(model: type[Any]) -> bool:
        return (model._meta.app_label, model._meta.model_name) == ("accounts", KEYS_MODEL)
