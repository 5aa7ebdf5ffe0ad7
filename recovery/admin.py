"""Where administrators edit the stages and sign the safety texts; nothing of any person is here."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recovery.models import SafetyText, Stage, StageComponent, StageSet, StageSign, StageStrategy, StageTask
from recovery.services import sign_safety_text


class StageTaskInline(admin.TabularInline):
    model = StageTask
    extra = 1


class StageSignInline(admin.TabularInline):
    model = StageSign
    extra = 1


class StageStrategyInline(admin.TabularInline):
    model = StageStrategy
    extra = 1


class StageComponentInline(admin.TabularInline):
    model = StageComponent
    extra = 1


LONGEST_SUMMARY = 600  # a few sentences on a card


@admin.register(StageSet)
class StageSetAdmin(admin.ModelAdmin):
    """A way to divide the road; people can choose it once it is offered. Its stages are edited one by one."""

    list_display = ["title", "position", "is_offered"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Stage)
class StageAdmin(admin.ModelAdmin):
    formfield_overrides: ClassVar = {models.TextField: {"max_length": LONGEST_SUMMARY}}
    list_display = ["title", "alias", "stage_set", "position"]
    list_filter = ["stage_set"]
    list_select_related = ["stage_set"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [StageSignInline, StageStrategyInline, StageComponentInline, StageTaskInline]


class SafetyTextForm(forms.ModelForm):
    def clean_reviewed_on(self) -> Any:
        day = self.cleaned_data["reviewed_on"]
        if day and day > timezone.now().date():
            raise forms.ValidationError(_("That day hasn't come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("reviewed_on")) != bool(data.get("reviewed_by")):
            raise forms.ValidationError(_("Fill in both, who read it and on which day, or leave both empty."))
        return data


@admin.register(SafetyText)
class SafetyTextAdmin(admin.ModelAdmin):
    """The words stand in code; here a reviewer's name is put to exactly the version that is shown."""

    form = SafetyTextForm
    list_display = ["slug", "is_signed", "reviewed_on", "reviewed_by", "source"]
    fields = ["slug", "text", "source", "current_version", "version", "reviewed_on", "reviewed_by"]
    readonly_fields = ["slug", "text", "source", "current_version", "version"]

    @admin.display(boolean=True, description=_("signed as shown now"))
    def is_signed(self, text: SafetyText) -> bool:
        return text.is_signed

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SafetyText, form: Any, change: bool) -> None:
        sign_safety_text(text=obj, reviewed_by=obj.reviewed_by, reviewed_on=obj.reviewed_on, day=timezone.now().date())
