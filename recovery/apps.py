"""The room's name for Django."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "recovery"

    def ready(self) -> None:
        from recovery.models import Stage
        from recovery.reminding import register_kinds
        from resources import stretches

        register_kinds()
        # The room below tags stories with stages, and knows none by name.
        stretches.register(lambda: Stage.objects.order_by("position").values_list("slug", "title"))
