"""Contacts: the people to call, in the order to call them."""

from __future__ import annotations

from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import PrivateTextField
from plans import phones
from plans.models.shelf import Placed, PlacedQuerySet


class ContactQuerySet(PlacedQuerySet["Contact"]):
    pass


class Contact(Placed):
    """Somebody to call or text, with the number exactly as it is dialled."""

    class NumberType(models.TextChoices):
        E164 = phones.E164, _("Phone number")
        SHORT_CODE = phones.SHORT_CODE, _("Short number")

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        FRIEND = "friend", _("Friend")
        SPONSOR = "sponsor", _("Sponsor")
        PEER = "peer", _("Peer in recovery")
        COUNSELOR = "counselor", _("Counselor or therapist")
        DOCTOR = "doctor", _("Doctor, clinic or pharmacist")
        OTHER = "other", _("Somebody else")

    # Whoever is paid for it stands in a part of their own on the plan.
    PROFESSIONAL = [Kind.COUNSELOR, Kind.DOCTOR]
    PEERS = [Kind.SPONSOR, Kind.PEER]
    CLOSE = [Kind.FAMILY, Kind.FRIEND]

    name = PrivateTextField()
    kind = models.CharField(max_length=9, choices=Kind, blank=True)
    relation = PrivateTextField(blank=True)
    number = PrivateTextField()
    number_type = models.CharField(max_length=10, choices=NumberType)
    may_know = models.BooleanField(default=False)  # knows, or may know, what the person is working on
    has_agreed = models.BooleanField(default=False)  # was asked, and said that it is fine to call
    hours = PrivateTextField(blank=True)  # when they can be reached, such as “any hour”
    script = PrivateTextField(blank=True)  # what to say, in own words; a text message starts with it
    tested_on = models.DateField(null=True, blank=True)  # the day of a call that was only a test

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "position"], name="plans_contact_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number_type__in=[phones.E164, phones.SHORT_CODE]), name="plans_contact_number_type_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="plans_contact_has_a_name"),
            models.CheckConstraint(condition=~Q(number=""), name="plans_contact_has_a_number"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["", "family", "friend", "sponsor", "peer", "counselor", "doctor", "other"],
                ),
                name="plans_contact_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:contact-edit", args=[self.pk])

    @property
    def shown_number(self) -> str:
        """The number with the spaces people are used to."""
        return phones.for_reading(self.number)

    @property
    def call_link(self) -> str:
        return f"tel:{self.number}"

    @property
    def text_link(self) -> str:
        """An `sms:` address with first words in it; “?&” is what both kinds of phone understand."""
        number = self.number.split(";")[0]
        return f"sms:{number}?&body={quote(self.script or gettext('Hi, can you talk?'))}"

    @property
    def is_professional(self) -> bool:
        return self.kind in self.PROFESSIONAL
