"""Listings: one line, meeting, service or community, and whether we stand behind it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from resources.exceptions import FloorLine
from resources.folding import LONGEST_WORD, digits, fold
from resources.models.words import (
    COUNTRIES,
    LANGUAGES,
    OWN_NAMES,
    About,
    Audience,
    Facet,
    check_about,
    check_audience,
    check_codes,
    check_country,
    check_facets,
    check_languages,
)

# The numbers of last resort, by listing: whatever a curator, a feed or a script does, they stay where people find them.
FLOOR: dict[str, tuple[str, ...]] = {
    "au-000": ("000",),
    "ca-911": ("911",),
    "ca-988": ("988",),
    "gb-999": ("999",),
    "ie-112": ("112",),
    "nz-111": ("111",),
    "us-911": ("911",),
    "us-988": ("988",),
}


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible(self) -> Self:
        """Keep what anybody may see: published, or published and not checked lately."""
        return self.filter(state__in=[Listing.State.PUBLISHED, Listing.State.STALE])

    def in_country(self, country: str) -> Self:
        """Keep what answers in a country, which is also what answers anywhere."""
        return self.filter(Q(country=country) | Q(worldwide=True))

    def open_on(self, day: date) -> Self:
        """Keep what is not closed on a day: a closing with an end is over the day after, by itself."""
        over = Q(status=Listing.Status.TEMPORARILY_CLOSED, status_until__lt=day)
        return self.filter(Q(status=Listing.Status.ACTIVE) | over)

    def overdue(self, day: date) -> Self:
        return self.filter(due_on__lt=day)

    def never_checked(self) -> Self:
        return self.filter(checked_on=None)

    def with_words(self, words: Iterable[str]) -> Self:
        """Keep what has every word; a word counts from its start, so “meet” finds “meetings”."""
        asked = [word[:LONGEST_WORD] for word in words]
        return self.filter(words__has_words=asked) if asked else self

    def with_any_word(self, words: Iterable[str]) -> Self:
        return self.filter(reduce(or_, (Q(words__has_words=[word[:LONGEST_WORD]]) for word in words), Q(pk=None)))

    def with_tags(self, tags: Iterable[str]) -> Self:
        """Keep what has every one of the tags that `tag` makes, such as `#language:es`."""
        asked = list(tags)
        return self.filter(words__has_words=asked) if asked else self

    def from_slug(self, slug: str) -> Self:
        """Keep what comes after an entry in the list's order; from the start where the slug is not known."""
        if not slug:
            return self
        before = Listing.objects.filter(slug=slug).values("rank")[:1]
        return self.filter(rank__gt=Coalesce(Subquery(before), Value("")))

    def for_emergencies(self) -> Self:
        """Keep the numbers for a life in danger and for a crisis."""
        return self.filter(level__lte=Listing.Level.CRISIS)

    def with_numbers(self) -> Self:
        return self.select_related("place").prefetch_related("accesses", "schedules")

    def delete(self) -> tuple[int, dict[str, int]]:
        kept = self.filter(slug__in=FLOOR).first()
        if kept:
            raise FloorLine(kept.name)
        return super().delete()


class Listing(models.Model):
    """One entry of the directory. Public: it says nothing about anybody who looks at it."""

    class Kind(models.TextChoices):
        HOTLINE = "hotline", _("Lines")
        MEETING = "meeting", _("Meetings")
        TREATMENT = "treatment", _("Treatment")
        COMMUNITY = "community", _("Groups and sites")

    class SubKind(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency services")
        LINE = "line", _("Phone line")
        TEXT_LINE = "text_line", _("Text line")
        SAFER_USE = "safer_use", _("Safer use")
        FAMILY = "family", _("For family and friends")
        TWELVE_STEP = "twelve_step", _("12-step fellowship")
        OTHER_PATH = "other_path", _("Other paths")
        ONLINE = "online", _("Online community")
        FINDER = "finder", _("Treatment finder")
        INFORMATION = "information", _("Information")
        FACILITY = "facility", _("Treatment center")

    class Level(models.IntegerChoices):
        EMERGENCY = 1, _("Danger to life")
        CRISIS = 2, _("Crisis")
        SUPPORT = 3, _("Support")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Running")
        TEMPORARILY_CLOSED = "temporarily_closed", _("Closed for now")
        SUSPENDED = "suspended", _("Paused")
        PERMANENTLY_CLOSED = "permanently_closed", _("Closed for good")
        UNKNOWN = "unknown", _("Not known")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        STALE = "stale", _("Published, not checked lately")

    class Venue(models.TextChoices):
        PHONE = "phone", _("By phone or text")
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")
        HYBRID = "hybrid", _("In person and online")
        ASYNC = "async", _("Online, at any time")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        DONATION = "donation", _("Free. You may give a little if you like.")
        VARIES = "varies", _("Depends on the place")
        FEE = "fee", _("There is a fee")
        UNKNOWN = "", _("Not known")

    class Medication(models.TextChoices):
        WELCOMING = "welcoming", _("Medication is welcome")
        PART = "part", _("Medication counts as part of recovery")
        MIND = "mind", _("Supports prescribed mental health medication")
        ACCEPTING = "accepting", _("Medication is mostly accepted")
        VARIES = "varies", _("Views on medication differ from group to group")
        NOT_APPLICABLE = "", _("Does not apply")

    class Evidence(models.TextChoices):
        PRIMARY = "primary", _("The organization’s own page, or a public office’s")
        SECONDARY = "secondary", _("Somebody else’s page or a news report")
        CODE = "code", _("Two or more public collections that agree")
        CODE_SINGLE = "code_single", _("One public collection")
        ARTICLE = "article", _("One article")
        BACKGROUND = "background", _("Common knowledge, no page read")
        NONE = "", _("Not written down")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    sub_kind = models.CharField(max_length=12, choices=SubKind)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.SUPPORT)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=64, unique=True, blank=True)  # part of an address, so it names no substance
    aliases = models.TextField(blank=True)  # older names and numbers that a search should still find, one a line
    notes = models.TextField(max_length=4000, blank=True)  # plain text: our own words, or what its source says
    caution = models.TextField(max_length=400, blank=True)  # what to know before relying on it
    curator_note = models.TextField(max_length=600, blank=True)  # for curators only
    url = models.URLField(max_length=500, blank=True)
    country = models.CharField(max_length=2, db_index=True, validators=[check_country])
    worldwide = models.BooleanField(default=False)
    venue = models.CharField(max_length=12, choices=Venue)
    languages = models.JSONField(default=list, blank=True, validators=[check_languages])
    audience = models.JSONField(default=list, blank=True, validators=[check_audience])
    about = models.JSONField(default=list, blank=True, validators=[check_about])
    cost = models.CharField(max_length=12, choices=Cost, blank=True, default=Cost.UNKNOWN)
    medication = models.CharField(max_length=12, choices=Medication, blank=True, default=Medication.NOT_APPLICABLE)
    organization = models.ForeignKey("resources.Organization", on_delete=models.PROTECT, null=True, blank=True)
    program = models.ForeignKey("resources.Program", on_delete=models.PROTECT, null=True, blank=True)
    place = models.ForeignKey("resources.Place", on_delete=models.PROTECT, null=True, blank=True)
    group = models.ForeignKey("resources.Group", on_delete=models.SET_NULL, null=True, blank=True)
    facets = models.JSONField(default=list, blank=True, validators=[check_facets])
    codes = models.JSONField(default=list, blank=True, validators=[check_codes])  # as the source has them: “aa:O”
    youngest = models.PositiveSmallIntegerField(null=True, blank=True)  # in years; empty where it does not matter
    oldest = models.PositiveSmallIntegerField(null=True, blank=True)
    is_commercial = models.BooleanField(default=False)  # whoever answers earns by sending people somewhere
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    status_from = models.DateField(null=True, blank=True)
    status_until = models.DateField(null=True, blank=True)
    status_reason = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=12, choices=Evidence, blank=True, default=Evidence.NONE)
    evidence_from = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Derived from the verification rows; a changed number takes them back.
    checked_on = models.DateField(null=True, blank=True, editable=False)
    checked_how = models.CharField(max_length=8, blank=True, editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    words = models.TextField(editable=False)  # folded, for searching: every word has a space before and after it
    rank = models.CharField(
        max_length=160, editable=False, unique=True
    )  # crisis level, kind, name: the list's one order
    source_updated_at = models.DateTimeField(null=True, blank=True, editable=False)  # says the source; proves nothing
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        indexes = [
            models.Index(fields=["state", "rank"], name="resources_listing_shown"),
            models.Index(fields=["due_on"], name="resources_listing_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="resources_level_1_to_3"),
            models.CheckConstraint(condition=~Q(slug=""), name="resources_listing_has_a_slug"),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(FLOOR)) | (~Q(state="draft") & Q(status="active", level__in=[1, 2])),
                name="resources_floor_stays_up",
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, due_on=None) | Q(checked_on__isnull=False, due_on__isnull=False),
                name="resources_checked_with_a_due_day",
            ),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(oldest__gte=models.F("youngest")),
                name="resources_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "slug", "rank", "words"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("resources:listing-detail", args=[self.slug])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_floor:
            raise FloorLine(self.name)
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        self._take_slug()  # before the form asks whether there is one

    def derive(self, ways: Iterable[str] | None = None) -> None:
        """Set what follows from the other fields: address, order and search words.

        :param ways: numbers, keywords and notes to find it by, where its accesses are not saved yet
        """
        self._take_slug()
        # The 0 ends the name, so that “988” comes before “988 in Spanish” under any collation.
        group = 0 if self.level < self.Level.SUPPORT else self.Kind.values.index(self.kind)
        self.rank = f"{self.level}{group} {fold(self.name)[:80]} 0 {self.slug}"
        self.words = self._words(ways)

    @property
    def is_floor(self) -> bool:
        """Whether this is a number of last resort that nothing may take away."""
        return self.slug in FLOOR

    @property
    def is_visible(self) -> bool:
        return self.state in {self.State.PUBLISHED, self.State.STALE}

    @property
    def heading(self) -> str:
        """Under which words it stands in the list: how urgent it is, or else what kind it is."""
        return str(self.get_kind_display() if self.level == self.Level.SUPPORT else self.get_level_display())

    @property
    def language_names(self) -> list[str]:
        return [str(LANGUAGES[code]) for code in self.languages if code in LANGUAGES]

    @property
    def audience_names(self) -> list[str]:
        return [str(Audience(code).label) for code in self.audience if code in Audience.values]

    @property
    def about_names(self) -> list[str]:
        return [str(About(code).label) for code in self.about if code in About.values]

    @property
    def checked_how_in_words(self) -> str:
        """Return how the last check was made, in the words that curators choose from."""
        return str(dict(self.verifications.model.Method.choices).get(self.checked_how, ""))

    @property
    def facet_names(self) -> list[str]:
        return [str(Facet(code).label) for code in self.facets if code in Facet.values]

    def is_overdue(self, day: date) -> bool:
        """Whether the last check is too old to rely on, on the given day."""
        return self.due_on is not None and self.due_on < day

    @property
    def has_rule(self) -> bool:
        """Whether it follows a rule that a calendar can keep."""
        return any(schedule.rrule for schedule in self.schedules.all())

    def is_closed(self, day: date) -> bool:
        """Whether it is closed for now, on the given day; see `open_on`."""
        over = self.status_until is not None and self.status_until < day
        return self.status == self.Status.TEMPORARILY_CLOSED and not over

    def reindex(self) -> None:
        """Refresh the search words, after names or numbers that hang on this entry have changed."""
        self.save(update_fields=["words"])

    def _take_slug(self) -> None:
        if not self.slug:
            # Made of chance and not of the name: an address must not tell what somebody reads about.
            self.slug = f"{self.country.lower()}-{self.id.hex[:12]}"

    def _words(self, ways: Iterable[str] | None) -> str:
        # In English whoever saves it, or the same entry would be found in one language and not in the next.
        with translation.override("en"):
            parts = [self.name, self.aliases, self.notes, self.get_kind_display(), self.get_sub_kind_display()]
            parts += [*self.language_names, *(OWN_NAMES.get(code, "") for code in self.languages)]
            parts += [*self.audience_names, *self.about_names, str(COUNTRIES.get(self.country, ""))]
            parts += [self.program.name if self.program else "", *self.status_reason.splitlines()]
            parts += [self.group.name if self.group else "", *(self.place.words if self.place else ())]
            parts += self.facet_names
        parts += [part for line in self.aliases.splitlines() for part in _ways_to_type(line)]
        if ways is None and not self._state.adding:
            ways = [part for access in self.accesses.all() for part in (access.number, access.keyword, access.note)]
        for part in ways or ():
            parts += [part, *_ways_to_type(part)]
        return f" {' '.join([*search_words_all(parts), *self.tags])} "

    @property
    def tags(self) -> list[str]:
        """Return what filters ask for, in a form that nobody can type as a word."""
        return [
            *(tag("language", code) for code in self.languages),
            *(tag("audience", code) for code in self.audience),
            *(tag("about", code) for code in self.about),
            *(tag("facet", code) for code in self.facets),
        ]


def tag(what: str, code: str) -> str:
    """Return the search word for a choice: `tag("language", "es")` is `#language:es`."""
    return f"#{what}:{code}"


def _ways_to_type(number: str) -> list[str]:
    """Return a number without its gaps, with and without the 1 that starts it in North America."""
    bare = digits(number)
    return [bare, bare.removeprefix("1")] if len(bare) == 11 else [bare]


def search_words_all(parts: list[str]) -> list[str]:
    """Return every folded word of many texts, each once."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for part in parts for word in fold(part).split()))
