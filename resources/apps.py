"""The room's name for Django."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        from resources.reminding import register_kinds

        register_kinds()
