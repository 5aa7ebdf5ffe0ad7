"""Small questions that the directory's pages ask about an entry."""

from datetime import date

from django import template
from django.template.context import Context
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from resources.exports import linked_data
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


@register.simple_tag(takes_context=True)
def linked_data_of(context: Context, listing: Listing, day: date) -> SafeString:
    """Return an entry's JSON-LD: {% linked_data_of listing day %}. Data, which no browser runs.

    Django's own escaping, so that no text can end the element; only the type of what it holds is another.
    """
    address = context["request"].build_absolute_uri(listing.get_absolute_url())
    element = json_script(linked_data.make(listing, address, day))
    return mark_safe(element.replace("application/json", "application/ld+json", 1))  # noqa: S308  # escaped just above
