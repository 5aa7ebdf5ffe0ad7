"""Who may look after others: asked for by the person, granted by an administrator, ended at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import Role, User


class AlreadyAsked(Refusal):
    """The role is held, or its request waits."""


class NotWaiting(Refusal):
    """The request was answered in the meantime."""


@transaction.atomic
def ask_for_role(*, person: User, kind: str, now: datetime) -> Role:
    """Ask for a role; an administrator answers.

    :raises AlreadyAsked: while one is held or waits
    """
    _locked(person)
    if Role.objects.filter(user=person, kind=kind, ended_at=None).exists():
        raise AlreadyAsked(_("You have already asked. Nothing more is needed from you."))
    return Role.objects.create(user=person, kind=kind, asked_at=now)


@transaction.atomic
def approve_role(*, role: Role, by: User, now: datetime) -> Role:
    """Grant what was asked for; it holds from the next request.

    :raises NotWaiting: when somebody answered first
    """
    role = _waiting(role)
    role.granted_at, role.granted_by = now, by
    role.save(update_fields=["granted_at", "granted_by"])
    return role


@transaction.atomic
def decline_role(*, role: Role, now: datetime) -> Role:
    """Say no; the person may ask again.

    :raises NotWaiting: when somebody answered first
    """
    role = _waiting(role)
    role.end(now=now)
    return role


@transaction.atomic
def grant_role(*, user: User, kind: str, by: User, now: datetime) -> Role:
    """Grant a role that nobody asked for, or that waits.

    :raises AlreadyAsked: when it is held already
    """
    _locked(user)
    role = Role.objects.filter(user=user, kind=kind, ended_at=None).first()
    if role and role.granted_at:
        raise AlreadyAsked(_("They hold that role already."))
    role = role or Role(user=user, kind=kind, asked_at=now)
    role.granted_at, role.granted_by = now, by
    role.save()
    return role


@transaction.atomic
def end_role(*, role: Role, now: datetime) -> None:
    """Take a role away, or withdraw the request; it holds from the next request."""
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.ended_at is None:
        role.end(now=now)


def _waiting(role: Role) -> Role:
    waiting = Role.objects.select_for_update().waiting().filter(pk=role.pk).first()
    if waiting is None:
        raise NotWaiting(_("Somebody has answered this one already."))
    return waiting


def _locked(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
