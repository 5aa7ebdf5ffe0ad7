"""Where administrators edit the stages and their small things; nothing of any person is here."""

from typing import ClassVar

from django.contrib import admin
from django.db import models

from recovery.models import Stage, StageTask


class StageTaskInline(admin.TabularInline):
    model = StageTask
    extra = 1


LONGEST_SUMMARY = 600  # a few sentences on a card


@admin.register(Stage)
class StageAdmin(admin.ModelAdmin):
    formfield_overrides: ClassVar = {models.TextField: {"max_length": LONGEST_SUMMARY}}
    list_display = ["title", "alias", "position"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [StageTaskInline]
