"""Finds listings by words: all of them, in any order, from the start of a word; the same on every database."""

from dataclasses import dataclass, field, replace

from resources.folding import search_words
from resources.models import Listing, ListingQuerySet


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. Empty parts narrow nothing."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    medication: bool = False
    spanish: bool = False
    country: str = ""
    any_word: bool = False
    dropped: tuple[str, ...] = field(default=())  # what was let go to find something

    @property
    def words(self) -> list[str]:
        return search_words(self.text)

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.kinds or self.medication or self.spanish)


WELCOMING = [Listing.Medication.WELCOMING, Listing.Medication.PART, Listing.Medication.ACCEPTING]


def find(wish: Wish) -> ListingQuerySet:
    """Return what anybody may see and what fits every part of the wish, most urgent first."""
    found = Listing.objects.visible()
    if wish.country:
        found = found.in_country(wish.country)
    if wish.kinds:
        found = found.filter(kind__in=wish.kinds)
    if wish.medication:
        found = found.filter(medication__in=WELCOMING)
    if wish.spanish:
        found = found.filter(words__contains=" spanish ")
    if wish.any_word:
        return found.with_any_word(wish.words)
    return found.with_words(wish.words)


def widened(wish: Wish) -> list[Wish]:
    """Return the same wish with less and less in it, for when nothing fits."""
    wider = [wish]
    if wish.kinds or wish.medication or wish.spanish:
        wider.append(
            replace(
                wider[-1], kinds=frozenset(), medication=False, spanish=False, dropped=(*wider[-1].dropped, "kinds")
            )
        )
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
