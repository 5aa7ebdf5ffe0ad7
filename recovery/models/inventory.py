"""Looks at what makes the road harder and what holds: by day, for nobody but the person."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, OwnedQuerySet


class InventoryQuerySet(OwnedQuerySet["Inventory"]):
    def newest_first(self) -> Self:
        return self.order_by("-looked_on")


class Inventory(OwnedModel):
    """What somebody ticked of `recovery.inventory` on one day, and a note. Nothing is added up, nobody else sees it."""

    looked_on = models.DateField()
    ticked = PrivateTextField(blank=True)  # slugs with spaces between
    note = PrivateTextField(blank=True)

    objects = InventoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inventories"
        constraints = [models.UniqueConstraint(fields=["person", "looked_on"], name="recovery_one_inventory_a_day")]

    def __str__(self) -> str:
        return f"Inventory {self.pk}"

    @property
    def slugs(self) -> list[str]:
        return self.ticked.split()
