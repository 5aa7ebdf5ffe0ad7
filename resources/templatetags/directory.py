"""Small questions that the directory's pages ask about an entry."""

from datetime import date

from django import template

from resources.models import COUNTRIES, Access, Listing, first_access, numbers_in_words

register = template.Library()


@register.filter
def overdue(listing: Listing, day: date) -> bool:
    """Whether the last check is too old to rely on: {% if listing|overdue:day %}."""
    return listing.is_overdue(day)


@register.filter
def closed(listing: Listing, day: date) -> bool:
    """Whether it is closed for now; a closing with an end is over the day after."""
    return listing.is_closed(day)


@register.filter
def country_name(code: str) -> str:
    return str(COUNTRIES.get(code, code))


@register.filter
def to_call(listing: Listing) -> Access | None:
    return first_access(listing, Access.Method.PHONE)


@register.filter
def to_text(listing: Listing) -> Access | None:
    return first_access(listing, Access.Method.TEXT)


@register.filter
def numbers(listing: Listing) -> str:
    return numbers_in_words(listing)
