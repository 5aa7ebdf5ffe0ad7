"""Items: the plain lists of the plan, each line with its kind, the words, and when or where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from plans.models.shelf import Placed, PlacedQuerySet

Label = str | Promise


class ItemQuerySet(PlacedQuerySet["Item"]):
    pass


class Item(Placed):
    """One line of a plain list: a warning sign, a place to go, something made safer, a fixed date, a way to help me."""

    class Part(models.TextChoices):
        # The parts of clinical.md §2.1 and §2.3 that are neither triggers, strategies nor people to call.
        SIGNS = "signs", _("How I notice it starting")
        PLACES = "places", _("Places and people that take my mind off it")
        SAFER = "safer", _("Making things safer")
        SUPPORT = "support", _("My support, week by week")
        HELP_ME = "help_me", _("How to help me")

    part = models.CharField(max_length=7, choices=Part)
    kind = models.CharField(max_length=12)  # one of KINDS[part]
    text = PrivateTextField()
    detail = PrivateTextField(blank=True)  # when, where, or who knows

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "part", "position"], name="plans_item_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(part="signs", kind__in=["thought", "feeling", "behavior", "body"])
                | Q(part="places", kind__in=["place", "person"])
                | Q(part="safer", kind__in=["remove", "money", "numbers", "naloxone", "other"])
                | Q(part="support", kind__in=["peer", "professional", "family", "online", "other"])
                | Q(part="help_me", kind__in=["do", "leave", "say"]),
                name="plans_item_kind_fits_part",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="plans_item_says_something"),
        ]

    def __str__(self) -> str:
        return f"Item {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:item-edit", args=[self.pk])

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.part][self.kind])

    @property
    def kind_for_others(self) -> str:
        """The kind of a line of “How to help me”, said to whoever it is for."""
        return str(FOR_OTHERS.get(self.kind, self.kind_label))


FOR_OTHERS: dict[str, Label] = {"do": _("What helps"), "leave": _("What doesn't help"), "say": _("What to say")}
KINDS: dict[str, dict[str, Label]] = {
    Item.Part.SIGNS: {
        "thought": _("A thought"),
        "feeling": _("A feeling"),
        "behavior": _("Something I do"),
        "body": _("My body"),
    },
    Item.Part.PLACES: {"place": _("A place"), "person": _("Somebody to be with")},
    Item.Part.SAFER: {
        "remove": _("Out of my reach"),
        "money": _("Money"),
        "numbers": _("Numbers and apps"),
        "naloxone": _("Naloxone: where it is, who knows"),
        "other": _("Something else"),
    },
    Item.Part.SUPPORT: {
        "peer": _("Peers: a meeting or group"),
        "professional": _("A professional"),
        "family": _("Family and friends"),
        "online": _("Online"),
        "other": _("Something else"),
    },
    Item.Part.HELP_ME: {
        "do": _("What helps me"),
        "leave": _("What doesn't help"),
        "say": _("What to say to me"),
    },
}
