"""The room's name for Django."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
