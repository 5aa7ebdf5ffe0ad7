"""The room's addresses."""

from django.urls import URLPattern

app_name = "recovery"

urlpatterns: list[URLPattern] = []
