"""What the lists of the plan have in common: an order that the person chooses."""

from typing import Self, TypeVar

from django.db import models

from accounts.models import OwnedModel, OwnedQuerySet

R = TypeVar("R", bound="Placed")


class PlacedQuerySet(OwnedQuerySet[R]):
    def in_order(self) -> Self:
        return self.order_by("position", "created_at", "pk")


class Placed(OwnedModel):
    """A private record with a place in its list; places are renumbered from 0 when something moves."""

    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(
        default=1
    )  # counts each change of its words; two hands at once are told apart

    class Meta:
        abstract = True
