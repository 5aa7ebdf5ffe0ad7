"""The room's name for Django, and the admin site that lets in by our own sign-in."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"


class HouseAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.HouseAdminSite"
