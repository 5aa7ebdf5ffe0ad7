"""The room's name for Django, and what it tells the room below."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "support"

    def ready(self) -> None:
        from recovery import reviewing
        from support.policies import reviews_measures

        reviewing.register(reviews_measures)
