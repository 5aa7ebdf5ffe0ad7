"""Template tags that every page may use without loading them."""

from functools import cache
from typing import Any

from django import template
from django.template import engines
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from charts.scenery import Landscape, example
from config.icons import ICONS, MARK

register = template.Library()

# Every page that a menu leads to; what stands below one of them belongs to its section.
IN_MENUS = (
    *("today", "plan", "recovery:insights", "resources:listing-list", "recovery:path", "support:sharing", "you"),
    *("support:desk", "plans:tool-list"),
)


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
def section(context: dict[str, Any]) -> str:
    """Give the address of the menu entry below which the page stands, or nothing: {% section as here %}.

    Menus are kept by it, so it is one of a few addresses and never the page's own.
    """
    request = context.get("request")
    path = request.path if request is not None else ""
    if path == "/":
        return path
    return next((entry for entry in _menu_addresses() if path.startswith(entry)), "")


@cache
def _menu_addresses() -> tuple[str, ...]:
    return (*(reverse(name) for name in IN_MENUS), "/accounts/")


@register.simple_tag
def current(here: str, entry: str) -> SafeString:
    """Mark the menu entry of the page's section: {% current here to_plan %}."""
    return mark_safe(' aria-current="page"') if here == entry else SafeString("")


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, name: str) -> SafeString:
    """Draw a Jinja2 fragment with the page's context: {% fragment "recovery/_lights.jinja" %}."""
    words: dict[str, Any] = context.flatten()  # type: ignore[assignment]  # wider in its stubs
    return mark_safe(engines["jinja2"].get_template(name).render(words))  # noqa: S308  # it escapes by itself


@register.simple_tag
def gate_art() -> Landscape:
    """Give the landscape of the pages that belong to nobody: {% gate_art as art %}."""
    return example()
