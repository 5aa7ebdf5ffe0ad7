"""Invitations: a code that somebody who wants to be let in hands over, and that the person types."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet
from support.models.consent import Role

# Long enough to say over the telephone the same day, too short to try: 27^8 is 2.8 × 10^11.
LIFETIME = timedelta(hours=24)
# No vowels, so that no code is a word, and nothing that is read as something else.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ2345679"
LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """Return what was typed as a code is kept: without spaces and dashes, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def hash_of(code: str) -> str:
    return salted_hmac("support.Invitation", tidy(code), algorithm="sha256").hexdigest()


class InvitationQuerySet(OwnedQuerySet["Invitation"]):
    def usable(self, now: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=now)


class Invitation(OwnedModel):
    """A code, single use and short-lived. Here `person` is who asks to be let in, not who lets them in.

    It says nothing about whether anybody has an account: it leads from a code to the name its maker gave.
    """

    role = models.CharField(max_length=9, choices=Role)
    name = PrivateTextField()  # who is asking, as they want to be known
    code = PrivateTextField()  # so that its maker can read it again; everybody else has only the hash
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(used_at=None), name="support_one_open_invitation_a_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["counselor", "supporter"]), name="support_invitation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def spoken(self) -> str:
        """The code in two groups, as one says it."""
        return f"{self.code[:4]}-{self.code[4:]}"
