"""Where curators read stories and decide on them. Who told one is shown to nobody, here neither."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.exceptions import Refusal
from accounts.models import User
from resources import telling
from resources.forms_stories import DecideForm
from resources.models import Story, StoryReport
from resources.story_rules import RULES


class ReadHere:
    """Rows that are read here and written by the deeds alone; curators may see them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Story)
class StoryAdmin(ReadHere, admin.ModelAdmin):
    """Every story that was not taken back; those that wait come first."""

    change_form_template = "admin/resources/story/change_form.html"
    list_display = ["title", "pseudonym", "state", "changed_at", "decided_at"]
    list_filter = ["state"]
    ordering: ClassVar = ["-state", "changed_at"]  # “waiting” is the last of the words
    fields: ClassVar = ["state", "pseudonym", "title", "body", "stage", "pathway_slugs", "note_slugs", "reason_slugs"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return Story.objects.not_withdrawn()

    def get_urls(self) -> list[URLPattern]:
        decide = path(
            "<uuid:pk>/decide/",
            self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.decide)),
            name="resources_story_decide",
        )
        return [decide, *super().get_urls()]

    def decide(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Read a story whole and publish it, or say why not."""
        story = self.get_object(request, str(pk))
        if story is None:
            raise Http404
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        first = {"notes": story.notes, "read_at": story.changed_at.isoformat()}
        form = DecideForm(request.POST if request.method == "POST" else None, initial=first)
        if form.is_bound and form.is_valid() and self._decided(request, story, form):
            return redirect(reverse("admin:resources_story_changelist"))
        context = {**self.admin_site.each_context(request), "title": _("Decide"), "story": story, "form": form}
        context |= {"opts": self.opts, "original": story, "rules": RULES, "reports": story.reports.waiting()}
        template = "admin/resources/story/decide.html"
        return render(request, template, context, status=422 if form.errors else 200)

    def _decided(self, request: HttpRequest, story: Story, form: DecideForm) -> bool:
        assert isinstance(request.user, User)
        said = form.cleaned_data
        told = {"story": story, "by": request.user, "read_at": said["read_at"], "now": timezone.now()}
        try:
            if said["decision"] == "publish":
                telling.publish_story(notes=said["notes"], **told)
            else:
                telling.decline_story(reasons=said["reasons"], **told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        self.message_user(request, _("Decided. Its author sees the answer under “My stories”."), messages.SUCCESS)
        return True


@admin.register(StoryReport)
class StoryReportAdmin(ReadHere, admin.ModelAdmin):
    list_display = ["story", "what", "text", "created_at", "result"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "what"]
    list_select_related = ["story"]
    fields: ClassVar = ["story", "what", "text", "created_at", "handled_at", "result"]
    actions = ["leave"]

    @admin.action(description=StoryReport.Result.FINE.label, permissions=["view"])
    def leave(self, request: HttpRequest, queryset: QuerySet[StoryReport]) -> None:
        for report in queryset:
            telling.leave_reported(report=report, now=timezone.now())
