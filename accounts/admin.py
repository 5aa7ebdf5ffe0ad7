"""The admin's door, and the few things about accounts that an administrator may see: no record of anybody."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.exceptions import Refusal
from accounts.models import Role, User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows, and changes only what a subclass names."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """An account can be closed and opened; its address, password and words are its owner's alone."""

    list_display = ["email", "joined_on", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email"]
    fields = ["email", "joined_on", "is_active", "is_superuser"]
    readonly_fields = ["email", "joined_on", "is_superuser"]
    ordering = ["email"]

    @admin.display(description=_("joined"), ordering="joined_at")
    def joined_on(self, user: User) -> str:
        return f"{user.joined_at:%Y-%m-%d}"


class PersonSelect(AutocompleteSelect):
    """Shows who was chosen; the stock one looks for whatever was sent, and breaks on what is no key."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    """Curators and counselors: granted here or on the page of requests."""

    list_display = ["address", "kind", "asked_at", "granted_at", "ended_at"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    autocomplete_fields = ["user"]
    fields = ["user", "kind"]
    actions = ["approve", "end"]
    ordering = ["-asked_at"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["widget"] = PersonSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and bool(request.user.is_superuser)

    @admin.display(description=_("address"))
    def address(self, role: Role) -> str:
        return role.user.email

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        try:
            granted = roles.grant_role(user=obj.user, kind=obj.kind, by=request.user, now=timezone.now())
            obj.pk = granted.pk
        except Refusal as refusal:
            self.message_user(request, str(refusal), "warning")
            obj.pk = Role.objects.get(user=obj.user, kind=obj.kind, ended_at=None).pk

    @admin.action(description=_("Approve"))
    def approve(self, request: HttpRequest, chosen: QuerySet[Role]) -> None:
        assert isinstance(request.user, User)
        for role in chosen.filter(granted_at=None, ended_at=None):
            roles.approve_role(role=role, by=request.user, now=timezone.now())

    @admin.action(description=_("Decline or end"))
    def end(self, request: HttpRequest, chosen: QuerySet[Role]) -> None:
        for role in chosen.filter(ended_at=None):
            roles.end_role(role=role, now=timezone.now())
