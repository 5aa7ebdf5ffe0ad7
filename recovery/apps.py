"""The room's name for Django."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "recovery"
