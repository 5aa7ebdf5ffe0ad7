"""The access log: one look at somebody's data by someone else. Rows are only ever added, each chained to the last."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField, Sealed
from accounts.models import User
from support.models.consent import Role

# What the first row of a chain is chained to.
START = "0" * 64


class AccessQuerySet(models.QuerySet["Access"]):
    def about(self, person: User) -> Self:
        return self.filter(person_id=person.pk)

    def newest_first(self) -> Self:
        return self.order_by("-position")


class Access(models.Model):
    """That somebody looked: who, as what, at which page and kinds of data, under which consent, when.

    It has no owner by foreign key: it must outlive both accounts, and a trigger lets nobody change or delete it. The
    ids are plain; deleting an account destroys what they point to, and the key that opens the name.
    """

    class Page(models.TextChoices):
        DESK = "desk", _("the list of clients")
        CLIENT = "client", _("your page")
        BESIDE = "beside", _("what you share with supporters")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    position = models.PositiveIntegerField()  # 1, 2, 3 … in the person's chain
    at = models.DateTimeField()
    day = models.DateField()  # the viewer's local date
    viewer_id = models.UUIDField()
    viewer_name = PrivateTextField(blank=True)  # as the person knows them: the consent's; sealed under the person's key
    viewer_role = models.CharField(max_length=9, choices=Role)
    page = models.CharField(max_length=6, choices=Page)
    kinds = models.CharField(max_length=200, blank=True)  # the scopes that were shown, with a space between
    first_day = models.DateField(null=True, blank=True)  # the days that were shown
    last_day = models.DateField(null=True, blank=True)
    consent_id = models.UUIDField()
    before = models.CharField(max_length=64)  # hash of the row before
    hash = models.CharField(max_length=64)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "accesses"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "position"], name="support_access_one_chain_a_person"),
            models.UniqueConstraint(
                fields=["person_id", "viewer_id", "day"],
                condition=models.Q(page="desk"),
                name="support_access_desk_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Access {self.pk}"

    def expected_hash(self) -> str:
        """The hash that this row must carry, over everything else in it."""
        kept = self.__dict__.get("viewer_name")
        name = kept.cipher if isinstance(kept, Sealed) else ""
        values = [
            str(self.pk), str(self.person_id), self.position, self.at.astimezone(UTC).isoformat(), str(self.day),
            str(self.viewer_id), name, self.viewer_role, self.page, self.kinds, str(self.first_day),
            str(self.last_day), str(self.consent_id), self.before,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(values).encode("ascii")).hexdigest()


class AccessChain(models.Model):
    """Where a person's chain begins and ends. Locking it puts looks at one person in a row; a cut-off end does not fit.

    It has no owner by foreign key, for the reasons that its rows have none.
    """

    person_id = models.UUIDField(primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default=START)
    dropped = models.PositiveIntegerField(default=0)  # so many of its first rows were old enough to go
    tail = models.CharField(max_length=64, default=START)  # hash of the last of these

    def __str__(self) -> str:
        return f"Chain {self.pk}"


class LogMaintenance(models.Model):
    """While a row is here, rows of the access log may be deleted: by the retention job, and between tests.

    It has no owner: it is about the log, not about anybody in it.
    """

    reason = models.CharField(max_length=80)
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Maintenance {self.pk}"
