"""The room's name for Django."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "recovery"

    def ready(self) -> None:
        from recovery.reminding import register_kinds

        register_kinds()
