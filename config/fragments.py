"""Jinja2 for fragments that loop over many days; pages stay Django templates."""

from typing import Any

from django.template import defaultfilters
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from jinja2 import Environment, StrictUndefined

from config.templatetags.house import icon, mood_icon


def environment(**options: Any) -> Environment:
    """Make the environment: a name that is not there is an error, and words are translated as in Django's templates."""
    # Django's backend has turned escaping on.
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701  # see above
    made.globals.update(icon=icon, mood_icon=mood_icon, url=reverse)
    made.filters.update(
        date=date_format, floatformat=defaultfilters.floatformat, truncatechars=defaultfilters.truncatechars
    )
    made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]  # comes with the extension
    return made
