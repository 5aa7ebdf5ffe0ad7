"""Where administrators edit the stages and their small things; nothing of any person is here."""

from django.contrib import admin

from recovery.models import Stage, StageTask


class StageTaskInline(admin.TabularInline):
    model = StageTask
    extra = 1


@admin.register(Stage)
class StageAdmin(admin.ModelAdmin):
    list_display = ["title", "alias", "position"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [StageTaskInline]
