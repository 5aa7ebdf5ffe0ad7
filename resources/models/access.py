"""How to reach something and when: numbers as they are dialled, and hours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.clock import is_zone
from resources.folding import digits
from resources.hours import UnknownRule, days_in_words, parse_rule, times_in_words, zone_in_words
from resources.models.listing import Listing
from resources.models.words import COUNTRIES
from resources.repeats import Repeat

# Digits and what people write between them; + only in front. Nothing here is ever rewritten.
AS_DIALLED = RegexValidator(
    r"\A\+?[0-9][0-9 ().\-]*\Z", _("Write the number as it is dialled: digits, spaces and hyphens.")
)
A_WORD = RegexValidator(r"\A[0-9A-Za-zÀ-ÿ]+\Z", _("A keyword is one word of letters and digits."))
# Above this a number is no short code anywhere in the countries we list.
LONGEST_SHORT_CODE = 8
# What a meeting takes where nobody says (Meeting Guide’s own rule).
USUAL_MINUTES = 60


class Schedule(models.Model):
    """When something happens or somebody answers, in the clock of its own zone."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="schedules")
    always_open = models.BooleanField(default=False)
    by_appointment = models.BooleanField(default=False)
    rrule = models.CharField(max_length=200, blank=True)
    starts_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    tz = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    exdates = models.JSONField(default=list, blank=True)
    rdates = models.JSONField(default=list, blank=True)
    text = models.CharField(max_length=200, blank=True)  # in words, where no rule fits, or beside the rule

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(always_open=True)
                | Q(by_appointment=True)
                | ~Q(text="")
                | (~Q(rrule="") & Q(starts_at__isnull=False)),
                name="resources_schedule_says_when",
            ),
            models.CheckConstraint(condition=Q(rrule="") | ~Q(tz=""), name="resources_schedule_rule_has_a_zone"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, 1440)), name="resources_schedule_at_most_a_day"
            ),
        ]

    def __str__(self) -> str:
        try:
            return self.in_words()
        except UnknownRule:  # typed just now, and shown again beside what is wrong with it
            return self.rrule

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.slots.all().delete()
        Slot.objects.bulk_create(self.make_slots())

    def clean(self) -> None:
        if self.rrule:
            try:
                parse_rule(self.rrule)
            except UnknownRule as unknown:
                raise ValidationError({"rrule": _("Write a rule such as FREQ=WEEKLY;BYDAY=MO,WE.")}) from unknown
            if self.starts_at is None:
                raise ValidationError({"starts_at": _("A rule needs the time it starts at.")})
            if not is_zone(self.tz):
                raise ValidationError({"tz": _("A rule needs a time zone such as America/New_York.")})
        elif not (self.always_open or self.by_appointment or self.text):
            raise ValidationError(_("Say when: always, by appointment, by a rule, or in words."))
        if "INTERVAL" in self.rrule and not self.valid_from:
            raise ValidationError({"valid_from": _("A rule that skips weeks or months needs the day it starts from.")})

    @property
    def repeat(self) -> Repeat | None:
        """Return the rule with all that belongs to it, or None where there is no rule."""
        if not self.rrule or self.starts_at is None:
            return None
        return Repeat(
            *(self.rrule, self.starts_at, self.minutes or USUAL_MINUTES, self.tz, self.valid_from, self.valid_until),
            exdates=_dates(self.exdates),
            rdates=_dates(self.rdates),
        )

    def make_slots(self) -> list[Slot]:
        """Return the week minutes at which this begins, for searches; nothing is saved."""
        repeat = self.repeat
        if repeat is None:
            return []
        fields = {"schedule": self, "listing_id": self.listing_id, "tz": self.tz, "minutes": repeat.minutes}
        return [Slot(begins=begins, is_weekly=repeat.is_weekly, **fields) for begins in repeat.week_minutes()]

    def in_words(self) -> str:
        """Return the hours as a person would say them, such as “Monday to Friday, 10 am to midnight ET”."""
        said = []
        if self.always_open:
            said.append(gettext("Any hour, every day"))
        if self.rrule and self.starts_at is not None:
            times = times_in_words(self.starts_at, self.minutes)
            said.append(f"{days_in_words(self.rrule)}, {times} {zone_in_words(self.tz)}")
        if self.by_appointment:
            said.append(gettext("By appointment"))
        return ". ".join([*said, *([self.text] if self.text else [])])


def _dates(texts: list[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


class Slot(models.Model):
    """One beginning in the week of a schedule, so that “now” is a question an index can answer.

    Where `is_weekly` is false the rule has more to it, and whoever finds the slot has to ask the schedule.
    """

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="slots")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="slots")
    tz = models.CharField(max_length=64)
    begins = models.PositiveSmallIntegerField()  # minutes since Monday 00:00 on the clock of the zone
    minutes = models.PositiveSmallIntegerField()
    is_weekly = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["tz", "begins"], name="resources_slot_now")]
        constraints = [
            models.CheckConstraint(condition=Q(begins__range=(0, 10079)), name="resources_slot_in_the_week"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.begins}"


class Access(models.Model):
    """One way to reach a listing."""

    class Method(models.TextChoices):
        PHONE = "phone", _("Call")
        TEXT = "text", _("Text")
        TTY = "tty", _("TTY")
        CHAT = "chat", _("Chat")
        URL = "url", _("Web page")

    class NumberType(models.TextChoices):
        E164 = "e164", _("Full telephone number")
        SHORT_CODE = "short_code", _("Short number")
        SMS_KEYWORD = "sms_keyword", _("Keyword sent to a number")
        NONE = "", _("No number")

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="accesses")
    position = models.PositiveSmallIntegerField(default=1)
    method = models.CharField(max_length=5, choices=Method)
    number = models.CharField(max_length=40, blank=True, validators=[AS_DIALLED])  # as dialled, never rewritten
    number_type = models.CharField(max_length=12, choices=NumberType, blank=True, default=NumberType.NONE)
    keyword = models.CharField(max_length=20, blank=True, validators=[A_WORD])
    extension = models.CharField(max_length=12, blank=True, validators=[AS_DIALLED])  # what to press once connected
    country = models.CharField(max_length=2, blank=True, choices=COUNTRIES.items())  # empty: the listing's
    url = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=400, blank=True)
    secret = models.CharField(
        max_length=400, blank=True
    )  # passwords: never in an export, and shown only where a source allows
    hours = models.ForeignKey(Schedule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = _("ways to reach it")
        constraints = [
            models.CheckConstraint(
                condition=(Q(method__in=["phone", "text", "tty"]) & ~Q(number="") & ~Q(number_type="") & Q(url=""))
                | (Q(method__in=["chat", "url"], number="", number_type="") & ~Q(url="")),
                name="resources_access_number_or_address",
            ),
            models.CheckConstraint(
                condition=Q(number_type="sms_keyword", method="text") & ~Q(keyword="")
                | (~Q(number_type="sms_keyword") & Q(keyword="")),
                name="resources_access_keyword_by_text",
            ),
            # A short code with a country code in front reaches nobody, or somebody else.
            models.CheckConstraint(
                condition=Q(number_type__in=["e164", ""]) | ~Q(number__startswith="+"),
                name="resources_access_short_is_never_plus",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.number or self.url}"

    def clean(self) -> None:
        length = len(digits(self.number))
        if self.method in {self.Method.CHAT, self.Method.URL}:
            if self.number or not self.url:
                raise ValidationError({"url": _("A chat or a page needs its address, and no number.")})
        elif not self.number or not self.number_type:
            raise ValidationError({"number": _("Write the number, and say what kind of number it is.")})
        elif self.number_type == self.NumberType.SHORT_CODE and length > LONGEST_SHORT_CODE:
            raise ValidationError({"number_type": _("That is too long for a short number.")})
        elif self.number_type == self.NumberType.E164 and length < 6:
            raise ValidationError({"number_type": _("That is too short for a full telephone number.")})
        if self.number_type != self.NumberType.E164 and self.number.startswith("+"):
            raise ValidationError({"number": _("A short number is dialled as it is, without + in front.")})
        if (self.number_type == self.NumberType.SMS_KEYWORD) != bool(self.keyword):
            raise ValidationError({"keyword": _("A keyword goes with “Keyword sent to a number”, and only there.")})

    @property
    def dial(self) -> str:
        """What a phone has to dial: the same digits in the same order, and + only where it was written."""
        return ("+" if self.number.startswith("+") else "") + digits(self.number)

    @property
    def href(self) -> str:
        """Return the address behind the button."""
        if self.method in {self.Method.CHAT, self.Method.URL}:
            return self.url
        if self.method == self.Method.TEXT:
            # Both “?” and “&”: phones differ in which one starts the message.
            return f"sms:{self.dial}?&body={self.keyword}" if self.keyword else f"sms:{self.dial}"
        return f"tel:{self.dial}"

    @property
    def in_words(self) -> str:
        """Return “Call 988, then press 1”, “Text HOME to 741741”, …"""
        said: dict[str, Any] = {"number": self.number, "keyword": self.keyword, "extension": self.extension}
        if self.method == self.Method.TEXT:
            return (gettext("Text %(keyword)s to %(number)s") if self.keyword else gettext("Text %(number)s")) % said
        if self.method == self.Method.TTY:
            return gettext("TTY %(number)s") % said
        if self.method == self.Method.PHONE:
            return (
                gettext("Call %(number)s, then press %(extension)s") if self.extension else gettext("Call %(number)s")
            ) % said
        return self.note or (
            gettext("Chat online") if self.method == self.Method.CHAT else gettext("Open the web page")
        )


def first_access(listing: Listing, method: str) -> Access | None:
    """Return the first way to reach a listing by one method; ask for many listings `with_numbers()`."""
    return next((access for access in listing.accesses.all() if access.method == method), None)


def numbers_in_words(listing: Listing) -> str:
    """Return “Call or text 988”, “Call 116 123”, “Text HOME to 741741”, or nothing."""
    call, text = first_access(listing, Access.Method.PHONE), first_access(listing, Access.Method.TEXT)
    if call and text and not (call.extension or text.keyword) and call.number == text.number:
        return gettext("Call or text %(number)s") % {"number": call.number}
    return ". ".join(access.in_words for access in (call, text) if access)
