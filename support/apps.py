"""The room's name for Django."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "support"
