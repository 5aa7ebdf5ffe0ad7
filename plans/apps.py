"""The room's name for Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
