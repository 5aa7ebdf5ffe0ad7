"""Template tags that every page may use without loading them."""

from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from charts.scenery import Landscape, example
from config.icons import ICONS, MARK

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """Draw an icon beside its word: {% icon "lamp" "i-s" %}. It is hidden from screen readers."""
    drawing = mark_safe(ICONS[name])  # noqa: S308  # our own constant
    return format_html('<svg class="i {}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, drawing)


@register.simple_tag
def mood_icon(mood: int | str, classes: str = "") -> SafeString:
    """Draw a mood from 1 to 5 as weather: {% mood_icon 4 %}."""
    return icon(f"m{mood}", classes)


@register.simple_tag
def mark() -> SafeString:
    """Draw the product's mark."""
    return mark_safe(MARK)  # noqa: S308  # our own constant


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], prefix: str) -> SafeString:
    """Mark a menu entry whose address starts like the page's own: {% current "/plan/" %}."""
    request = context.get("request")
    here = request is not None and request.path.startswith(prefix)
    return mark_safe(' aria-current="page"') if here else SafeString("")


@register.simple_tag
def gate_art() -> Landscape:
    """Give the landscape of the pages that belong to nobody: {% gate_art as art %}."""
    return example()
