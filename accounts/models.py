"""Who someone is, and what it means for a record to be theirs."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField


class PersonKey(models.Model):
    """One person's key, wrapped by the master key; lives in the keys database, with no reference into the other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(unique=True)
    master = models.CharField(max_length=16)  # which master key wrapped it
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Key {self.pk}"


class Joined(models.Aggregate):
    """Several rows' words in one, with commas between them."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


def kinds_of_roles(account: str) -> models.Subquery:
    """Ask for the kinds of role in force of the account that this column names, joined by commas."""
    own = Role.objects.in_force().filter(user=models.OuterRef(account)).order_by().values("user")
    return models.Subquery(own.annotate(kinds=Joined("kind")).values("kinds"))


def second_step_of(account: str) -> models.Exists:
    """Ask whether the account that this column names has a second step; codes for a lost phone alone are none."""
    from django.apps import apps

    steps = apps.get_model("mfa", "Authenticator").objects.exclude(type="recovery_codes")
    return models.Exists(steps.filter(user=models.OuterRef(account)))


class UserManager(BaseUserManager["User"]):
    def with_roles(self) -> models.QuerySet[User]:
        """Read the roles in force and “is there a second step?” along with each account, in the same statement."""
        return self.annotate(role_kinds=kinds_of_roles("pk"), second_step=second_step_of("pk"))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: in recovery, a counselor, a supporter, a curator, or several of these."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("Like my phone")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class HideTo(models.TextChoices):
        """Where Hide leads: pages that load fast and say nothing about who opened them."""

        WEATHER = "weather", _("A weather page")
        ENCYCLOPEDIA = "pedia", _("An encyclopedia")
        CLOSED = "closed", _("A closed page of this site")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    called = PrivateTextField(owner="id", blank=True)  # what the person wants to be called, 60 characters at most
    time_zone = models.CharField(max_length=64, blank=True)  # IANA name; empty until the person has said
    country = models.CharField(max_length=2, blank=True)  # ISO 3166 alpha-2, for the emergency numbers
    language = models.CharField(max_length=12, blank=True)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    agreed_at = models.DateTimeField(null=True, blank=True)  # said they are an adult and agreed to the terms
    onboarded_at = models.DateTimeField(null=True, blank=True)  # finished or skipped the first steps
    onboarding_step = models.PositiveSmallIntegerField(default=1)  # where they come back to, until then
    pin = models.CharField(max_length=128, blank=True)  # a hash; opens what was hidden, and is no way in by itself
    locks_after = models.PositiveSmallIntegerField(default=0)  # minutes away before it is asked; 0: only when hidden
    hide_to = models.CharField(max_length=7, choices=HideTo, default=HideTo.WEATHER)
    hide_signs_out = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)  # made by `manage.py demo`: nobody real
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_one_account_an_address")]

    def __str__(self) -> str:
        # Never the address or the name: this string reaches logs and the admin.
        return f"Account {self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The kinds of role that are in force, read once a request: along with the account where a session names it."""
        if "role_kinds" in self.__dict__:
            return frozenset((self.__dict__["role_kinds"] or "").split(",")) - {""}
        return frozenset(Role.objects.filter(user=self).in_force().values_list("kind", flat=True))

    @cached_property
    def has_second_step(self) -> bool:
        """Whether more than the password is asked at sign-in; read along where a session names the account."""
        if "second_step" in self.__dict__:
            return bool(self.__dict__["second_step"])
        return type(self).objects.filter(pk=self.pk).filter(second_step_of("pk")).exists()

    def itself(self) -> User:
        """Return the account where Django holds a stand-in for it, which costs something at each look."""
        return self

    @property
    def looks_after_others(self) -> bool:
        return self.is_superuser or bool(self.roles)

    @property
    def owes_second_step(self) -> bool:
        """Whether only a password stands between a stranger and what this account may see of others."""
        return self.looks_after_others and not self.has_second_step and not self.is_demo

    @property
    def is_counselor(self) -> bool:
        return Role.Kind.COUNSELOR in self.roles

    @property
    def is_curator(self) -> bool:
        return Role.Kind.CURATOR in self.roles


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self) -> Self:
        return self.filter(granted_at__isnull=False, ended_at=None)

    def waiting(self) -> Self:
        return self.filter(granted_at=None, ended_at=None)


class Role(models.Model):
    """Something an account may do besides being a person: asked for, granted by an administrator, ended."""

    class Kind(models.TextChoices):
        COUNSELOR = "counselor", _("Counselor")
        CURATOR = "curator", _("Curator")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    granted_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(ended_at=None), name="accounts_one_open_role_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"Role {self.pk}"

    def end(self, *, now: datetime) -> None:
        self.ended_at = now
        self.save(update_fields=["ended_at"])


class SessionQuerySet(models.QuerySet["Session"]):
    def with_account(self) -> Self:
        """Read whose session it is in the same statement, with all that `with_roles` reads along."""
        return self.select_related("person").annotate(
            role_kinds=kinds_of_roles("person"), second_step=second_step_of("person")
        )


class Session(AbstractBaseSession):
    """One signed-in browser; gone when it signs out, is signed out, or lies idle. Nobody's yet before the sign-in.

    Written by accounts.sessions alone.
    """

    session_key = models.CharField(primary_key=True, max_length=64)  # a hash of the key that the browser holds
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    device = models.CharField(max_length=60, blank=True)  # such as “Chrome on Android”
    seen_on = models.DateField()  # UTC

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()  # type: ignore[misc]  # as Django declares its own

    def __str__(self) -> str:
        return "Session"

    @property
    def account(self) -> User | None:
        """The account, with what `with_account` has read along."""
        if self.person is not None:
            for name in {"role_kinds", "second_step"} & self.__dict__.keys():
                self.person.__dict__[name] = self.__dict__[name]
        return self.person

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        from accounts.sessions import SessionStore

        return SessionStore


M = TypeVar("M", bound=models.Model)


class OwnedQuerySet(models.QuerySet[M]):
    def of(self, person: User | uuid.UUID) -> Self:
        """Keep what belongs to this person, or to the account with this id: every private read starts here."""
        return self.filter(person=person)


class OwnedModel(models.Model):
    """A private record: it has one owner, an unguessable key, and goes with the account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Export(OwnedModel):
    """A copy of everything a person owns, gathered by a worker; sealed, fetched once, gone after a day."""

    content = PrivateTextField(blank=True)  # JSON
    ready_at = models.DateTimeField(null=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="accounts_one_export_at_a_time")]

    def __str__(self) -> str:
        return f"Export {self.pk}"


def owned_models() -> Iterator[type[OwnedModel]]:
    """Yield every private record's model; export, deletion and the tests of the house go by this list."""
    from django.apps import apps

    for model in apps.get_models():
        if issubclass(model, OwnedModel):
            yield model
