"""Finds listings by words and by choices: all the words, in any order; AND across choices, OR within a kind or day."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from resources.folding import search_words
from resources.models import Listing, ListingQuerySet, Slot
from resources.models.listing import tag
from resources.near import Spot, near
from resources.now import A_DAY, SOON, going_on


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. Empty parts narrow nothing."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    medication: bool = False
    spanish: bool = False
    country: str = ""
    facets: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    venues: frozenset[str] = frozenset()
    program: str = ""
    days: frozenset[int] = frozenset()  # 0–6 from Monday
    when: str = ""  # "now", or "soon": now and within two hours
    now: datetime | None = None  # what “now” is about
    spot: Spot | None = None
    km: int = 25
    any_word: bool = False
    dropped: tuple[str, ...] = field(default=())  # what was let go to find something

    @property
    def words(self) -> list[str]:
        return search_words(self.text)

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.has_choices)

    @property
    def has_choices(self) -> bool:
        """Whether anything but words and the country narrows it."""
        sets = (self.kinds, self.facets, self.languages, self.audience, self.venues, self.days)
        return bool(any(sets) or self.medication or self.spanish or self.program or self.when or self.spot)

    @property
    def more_choices(self) -> int:
        """Return how many are made of those that the page keeps folded away."""
        sets = (self.days, self.venues, self.languages, self.audience, self.facets)
        return sum(map(len, sets)) + bool(self.program)

    @property
    def tags(self) -> list[str]:
        """Return what every entry has to have, as search words; both words for a choice narrow further."""
        languages = {*self.languages, *(["es"] if self.spanish else [])}
        return [
            *(tag("facet", code) for code in sorted(self.facets)),
            *(tag("language", code) for code in sorted(languages)),
            *(tag("audience", code) for code in sorted(self.audience)),
        ]

    def without_choices(self) -> "Wish":
        return Wish(text=self.text, country=self.country, now=self.now)


WELCOMING = [Listing.Medication.WELCOMING, Listing.Medication.PART, Listing.Medication.ACCEPTING]


def find(wish: Wish) -> ListingQuerySet:
    """Return what anybody may see and what fits every part of the wish: most urgent first, or nearest."""
    found = Listing.objects.visible()
    if wish.country:
        found = found.in_country(wish.country)
    if wish.kinds:
        found = found.filter(kind__in=wish.kinds)
    if wish.medication:
        found = found.filter(medication__in=WELCOMING)
    found = _at(_how(found.with_tags(wish.tags), wish), wish)
    found = found.with_any_word(wish.words) if wish.any_word else found.with_words(wish.words)
    return near(found, wish.spot, wish.km) if wish.spot else found


def _how(found: ListingQuerySet, wish: Wish) -> ListingQuerySet:
    if wish.venues:
        found = found.filter(venue__in=wish.venues)
    return found.filter(program__slug=wish.program) if wish.program else found


def _at(found: ListingQuerySet, wish: Wish) -> ListingQuerySet:
    if wish.days:
        begins = [Q(begins__range=(day * A_DAY, (day + 1) * A_DAY - 1)) for day in wish.days]
        found = found.filter(pk__in=Slot.objects.filter(reduce(or_, begins)).values("listing"))
    if wish.when and wish.now:
        found = going_on(found, wish.now, SOON if wish.when == "soon" else timedelta(0))
    return found


def widened(wish: Wish) -> list[Wish]:
    """Return the same wish with less and less in it, for when nothing fits."""
    wider = [wish]
    if wish.has_choices:
        wider.append(replace(wish.without_choices(), dropped=(*wish.dropped, "kinds")))
    if wish.country:
        wider.append(replace(wider[-1], country="", dropped=(*wider[-1].dropped, "country")))
    if len(wish.words) > 1:
        wider.append(replace(wider[-1], any_word=True, dropped=(*wider[-1].dropped, "words")))
    return wider[1:]


def find_something(wish: Wish) -> tuple[Wish, ListingQuerySet]:
    """Return what fits, or what fits the nearest wider wish; the wish that is returned says what was dropped."""
    found = find(wish)
    if not wish.is_narrow or found.exists():
        return wish, found
    for wider in widened(wish):
        something = find(wider)
        if something.exists():
            return wider, something
    return wish, found
