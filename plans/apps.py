"""The room's name for Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from plans.reminding import register_kinds

        register_kinds()
