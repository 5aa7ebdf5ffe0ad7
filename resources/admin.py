"""Where curators keep the directory; the rules are the services', said here in words."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.exceptions import Refusal
from resources import admin_stories, services  # noqa: F401  # stories register themselves
from resources.forms import VerifyForm
from resources.models import (
    About,
    Access,
    Audience,
    ChangeProposal,
    Listing,
    Organization,
    Place,
    Program,
    Report,
    Schedule,
    Source,
    ToolReview,
    TreatmentReview,
    Verification,
)
from resources.models.review import TextReview
from resources.models.words import LANGUAGES


class ReadOnly:
    """Rows that are read here and written elsewhere, or never again."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# An address that somebody types without a scheme is an https one.
HTTPS: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


def several(choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, required=False)


class ListingForm(forms.ModelForm):
    languages = several(LANGUAGES.items())
    audience = several(Audience.choices)
    about = several(About.choices)


class ScheduleInline(admin.StackedInline):
    model = Schedule
    extra = 0
    fields = [("always_open", "by_appointment"), ("rrule", "starts_at", "minutes", "tz"), "text"]


class AccessInline(admin.TabularInline):
    model = Access
    extra = 0
    formfield_overrides = HTTPS
    fields = ["position", "method", "number", "number_type", "keyword", "extension", "country", "url", "note"]

    # The numbers of last resort are fixed: nothing here can edit them away.
    def has_add_permission(self, request: HttpRequest, obj: Listing | None = None) -> bool:
        return not (obj and obj.is_floor)

    def has_change_permission(self, request: HttpRequest, obj: Listing | None = None) -> bool:
        return not (obj and obj.is_floor)

    def has_delete_permission(self, request: HttpRequest, obj: Listing | None = None) -> bool:
        return not (obj and obj.is_floor)


class VerificationInline(ReadOnly, admin.TabularInline):
    model = Verification
    extra = 0
    fields: ClassVar[Any] = ["verified_on", "method", "outcome", "note", "next_due"]
    readonly_fields: ClassVar[Any] = fields


class DueFilter(admin.SimpleListFilter):
    title = _("check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("Overdue")), ("soon", _("Due within a week")), ("never", _("Never checked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Listing]) -> QuerySet[Listing]:
        day = timezone.localdate()
        wanted = {
            "overdue": Q(due_on__lt=day),
            "soon": Q(due_on__range=(day, day + services.SOON)),
            "never": Q(checked_on=None),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


@admin.register(Listing)
class ListingAdmin(admin.ModelAdmin):
    form = ListingForm
    formfield_overrides = HTTPS
    change_form_template = "admin/resources/listing/change_form.html"
    list_display = ["name", "kind", "level", "country", "state", "checked_on", "due_on"]
    list_filter = [DueFilter, "state", "level", "kind", "country", "evidence"]
    search_fields = ["words", "slug"]
    list_per_page = 50
    actions = ["publish", "unpublish"]
    inlines: ClassVar = [AccessInline, ScheduleInline, VerificationInline]
    readonly_fields = ["state", "checked_on", "due_on", "evidence_from"]
    fieldsets = [
        (None, {"fields": ["state", ("checked_on", "due_on"), "name", "notes", "caution", "url", "aliases"]}),
        (_("What it is"), {"fields": [("kind", "sub_kind", "level"), ("country", "worldwide", "venue"), "program"]}),
        (_("Who it is for"), {"fields": ["languages", "audience", "about", ("cost", "medication")]}),
        (_("Is it running?"), {"fields": [("status", "status_from", "status_until"), "status_reason"]}),
        (_("For curators"), {"fields": ["slug", "curator_note", "evidence", "evidence_from", "organization", "place"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Listing | None = None) -> list[str]:
        floor = ["slug", "kind", "level", "country", "status", "status_from", "status_until"]
        return [*self.readonly_fields, *(floor if obj and obj.is_floor else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Listing | None = None) -> bool:
        kept = obj is not None and (obj.is_floor or obj.verifications.exists())
        return not kept and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # one at a time, and looked at
        return actions

    def delete_model(self, request: HttpRequest, obj: Listing) -> None:
        services.delete_listing(listing=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the numbers too, and what follows from them: new search words, and a check that no longer holds."""
        super().save_related(request, form, formsets, change)
        listing: Listing = form.instance
        listing.refresh_from_db()
        services.keep_floor(listing=listing)
        listing.reindex()
        if listing.checked_on and ("url" in form.changed_data or any(map(_numbers_changed, formsets))):
            services.take_check_back(listing=listing)
            self.message_user(request, _("Its numbers have changed, so it counts as not checked."), messages.WARNING)
        if listing.status == Listing.Status.PERMANENTLY_CLOSED and listing.is_visible:
            services.unpublish(listing=listing)

    @admin.action(description=_("Publish"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self._each(request, queryset, services.publish)

    @admin.action(description=_("Take back into the drafts"))
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self._each(request, queryset, services.unpublish)

    def _each(self, request: HttpRequest, queryset: QuerySet[Listing], deed: Any) -> None:
        done = 0
        for listing in queryset:
            try:
                deed(listing=listing)
                done += 1
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
        if done:
            self.message_user(
                request, ngettext("%(count)d entry done.", "%(count)d entries done.", done) % {"count": done}
            )

    def get_urls(self) -> list[URLPattern]:
        check = path(
            "<uuid:pk>/verify/",
            self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.verify)),
            name="resources_listing_verify",
        )
        return [check, *super().get_urls()]

    def verify(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Write down a check that was made just now or on an earlier day."""
        listing = self.get_object(request, str(pk))
        if listing is None:
            raise Http404
        if not self.has_change_permission(request, listing):
            raise PermissionDenied
        typed = request.POST if request.method == "POST" else None
        form = VerifyForm(typed, initial={"verified_on": timezone.localdate()})
        if request.method == "POST" and form.is_valid():
            try:
                services.verify(listing=listing, by=request.user, now=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]  # admin_view lets in accounts only
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                self.message_user(request, _("The check is written down."), messages.SUCCESS)
                return redirect(reverse("admin:resources_listing_change", args=[listing.pk]))
        context = {**self.admin_site.each_context(request), "title": _("Write down a check"), "listing": listing}
        context |= {"form": form, "opts": self.opts, "original": listing}
        status = 422 if form.errors else 200
        return render(request, "admin/resources/listing/verify.html", context, status=status)


def _numbers_changed(formset: BaseInlineFormSet) -> bool:
    return formset.model is Access and formset.has_changed()


@admin.register(Verification)
class VerificationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["listing", "verified_on", "method", "outcome", "next_due"]
    list_filter = ["outcome", "method"]
    list_select_related = ["listing"]
    fields = ["listing", "verified_on", "method", "outcome", "note", "next_due"]


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["listing", "what", "text", "created_at", "result"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "what"]
    list_select_related = ["listing"]
    fields = ["listing", "what", "text", "created_at", "handled_at", "result"]
    actions = ["fixed", "fine", "noise"]

    @admin.action(description=Report.Result.FIXED.label, permissions=["view"])
    def fixed(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._close(request, queryset, Report.Result.FIXED)

    @admin.action(description=Report.Result.FINE.label, permissions=["view"])
    def fine(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._close(request, queryset, Report.Result.FINE)

    @admin.action(description=Report.Result.NOISE.label, permissions=["view"])
    def noise(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._close(request, queryset, Report.Result.NOISE)

    def _close(self, request: HttpRequest, queryset: QuerySet[Report], result: str) -> None:
        for report in queryset:
            services.close_report(report=report, by=request.user, result=result, now=timezone.now())  # type: ignore[arg-type]  # staff only


@admin.register(ChangeProposal)
class ChangeProposalAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["entry", "field", "old", "new", "proposed_at", "decision"]
    list_filter = [("decided_at", admin.EmptyFieldListFilter)]
    list_select_related = ["record__listing"]
    fields = ["entry", "field", "old", "new", "proposed_at", "decided_at", "decision"]
    actions = ["take", "leave"]

    @admin.display(description=_("entry"))
    def entry(self, proposal: ChangeProposal) -> str:
        return proposal.record.listing.name

    @admin.action(description=_("Take this over"), permissions=["view"])
    def take(self, request: HttpRequest, queryset: QuerySet[ChangeProposal]) -> None:
        self._decide(request, queryset, ChangeProposal.Decision.TAKEN)

    @admin.action(description=_("Leave it as it is"), permissions=["view"])
    def leave(self, request: HttpRequest, queryset: QuerySet[ChangeProposal]) -> None:
        self._decide(request, queryset, ChangeProposal.Decision.LEFT)

    def _decide(self, request: HttpRequest, queryset: QuerySet[ChangeProposal], decision: str) -> None:
        for proposal in queryset:
            try:
                with transaction.atomic():
                    services.decide_proposal(
                        proposal=proposal,
                        by=request.user,  # type: ignore[arg-type]  # staff only
                        decision=decision,
                        now=timezone.now(),
                    )
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)


@admin.register(Organization, Program)
class NameAdmin(admin.ModelAdmin):
    formfield_overrides = HTTPS
    list_display = ["name", "slug"]
    search_fields = ["name"]


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ["name", "city", "region", "country", "precision"]
    search_fields = ["name", "city", "formatted_address"]


@admin.register(Source)
class SourceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "kind", "last_ok_at", "last_error"]


@admin.register(ToolReview, TreatmentReview)
class TextReviewAdmin(admin.ModelAdmin):
    """Each text as people read it, and who stands behind it; curators read, administrators sign."""

    list_display = ["slug", "title", "state", "reviewer", "reviewed_on"]
    fields = ["slug", "title", "state", "text", "reviewer", "reviewed_on"]
    readonly_fields = ["slug", "title", "state", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("title"))
    def title(self, review: TextReview) -> str:
        text = services.text_of(review)
        return str(text.title) if text else "–"

    @admin.display(description=_("state"))
    def state(self, review: TextReview) -> str:
        text = services.text_of(review)
        signed = text and review.is_about(text.fingerprint())
        return str(_("reviewed") if signed else _("awaiting clinical review"))

    @admin.display(description=_("text, source and timings"))
    def text(self, review: TextReview) -> str:
        text = services.text_of(review)
        return "\n".join(text.sentences()) if text else "–"

    def save_model(self, request: HttpRequest, obj: TextReview, form: Any, change: Any) -> None:
        services.sign_text(review=obj)
