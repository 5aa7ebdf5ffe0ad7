"""The room's name for Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"
