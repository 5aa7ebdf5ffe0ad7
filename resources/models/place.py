"""Who offers something, in which program, and where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Organization(models.Model):
    """Whoever stands behind an entry."""

    class Type(models.TextChoices):
        CHARITY = "charity", _("Charity")
        GOVERNMENT = "government", _("Government")
        INTERGROUP = "intergroup", _("Intergroup")
        PROVIDER = "provider", _("Provider")
        SERVICE_BODY = "service_body", _("Service body")

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=64, unique=True)
    type = models.CharField(max_length=16, choices=Type, blank=True)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Program(models.Model):
    """A way of meeting that groups share, such as SMART Recovery; formats are only unique within one."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """People who meet, often more than once a week."""

    name = models.CharField(max_length=255)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, null=True, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # What it is known by in imports: the same content is the same row.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A spot on the map, as exact as we know it."""

    class Precision(models.TextChoices):
        EXACT = "exact", _("Exact")
        APPROXIMATE = "approximate", _("Approximate")
        REGION = "region", _("Region only")
        NONE = "none", _("Unknown")

    name = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=255, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=2)
    formatted_address = models.CharField(max_length=400, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    precision = models.CharField(max_length=12, choices=Precision, default=Precision.NONE)
    tz = models.CharField(max_length=64, blank=True)
    regions = models.JSONField(default=list, blank=True)  # from general to specific, as the source names them
    notes = models.TextField(max_length=4000, blank=True)
    transit = models.CharField(max_length=400, blank=True)
    step_free = models.BooleanField(null=True, blank=True)
    # What it is known by in imports: the same content is the same row.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="resources_place_box")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="resources_place_on_earth",
            ),
            # 0, 0 in a feed means “none”.
            models.CheckConstraint(condition=~Q(latitude=0, longitude=0), name="resources_place_not_null_island"),
        ]

    def __str__(self) -> str:
        return self.name or self.formatted_address or f"Place {self.pk}"

    @property
    def words(self) -> list[str]:
        """Return what a search should find it by."""
        return [
            self.name,
            self.address,
            self.city,
            self.region,
            self.postal_code,
            self.formatted_address,
            *self.regions,
        ]

    @property
    def in_words(self) -> str:
        """Return the address in one line."""
        parts = [self.address, self.city, " ".join(p for p in (self.region, self.postal_code) if p)]
        return self.formatted_address or ", ".join(part for part in parts if part)
