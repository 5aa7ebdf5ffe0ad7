"""Words for kinds of data, for the pages of this room."""

from collections.abc import Collection

from django import template

from support.models import Access, Scope

register = template.Library()


@register.simple_tag
def kinds_of(look: Access) -> str:
    """List what a look showed: {% kinds_of look %}."""
    return scopes_in([Scope(kind) for kind in look.kinds.split() if kind in Scope.values])


@register.simple_tag
def scopes_in(scopes: Collection[Scope]) -> str:
    """List kinds of data in their own order, as the middle of a sentence: {% scopes_in opened.scopes %}."""
    return ", ".join(str(scope.label).lower() for scope in Scope if scope in scopes)
