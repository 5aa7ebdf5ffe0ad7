"""Words for kinds of data, for the pages of this room."""

from collections.abc import Collection

from django import template
from django.utils.translation import gettext_lazy as _

from support.models import Access, Consent, Scope

register = template.Library()

# What the person signed in their own words, as whoever they let in reads it.
PURPOSES = {
    Consent.Purpose.CARE: _("their care"),
    Consent.Purpose.SUPPORT: _("support from somebody close to them"),
    Consent.Purpose.REQUEST: _("at their request"),
}


@register.simple_tag
def purpose_of(consent: Consent) -> str:
    """Say what a consent is for, to the one it lets in: {% purpose_of opened.consent %}."""
    return str(PURPOSES[Consent.Purpose(consent.purpose)])


@register.simple_tag
def kinds_of(look: Access) -> str:
    """List what a look showed: {% kinds_of look %}."""
    return scopes_in([Scope(kind) for kind in look.kinds.split() if kind in Scope.values])


@register.simple_tag
def scopes_in(scopes: Collection[Scope]) -> str:
    """List kinds of data in their own order, as the middle of a sentence: {% scopes_in opened.scopes %}."""
    return ", ".join(str(scope.label).lower() for scope in Scope if scope in scopes)
