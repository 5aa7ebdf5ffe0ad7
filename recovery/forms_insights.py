"""The shape of a week's three answers, and of two days to look between."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.forms import PLAIN_TEXT
from recovery.models import Reflection
from recovery.models.reflection import REFLECTION_LENGTH


def _words(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=REFLECTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=PLAIN_TEXT,
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the date like 2025-06-12.")},
    )


class ReflectionForm(forms.Form):
    worked = _words(_("What worked?"), _("Something you did, said, or left out."))
    hard = _words(_("What was hard?"), _("As much or as little as you like."))
    ahead = _words(_("What is next?"), _("One thing for the coming week."))


class SinceForm(forms.Form):
    since = _day(_("Since"))
    until = _day(_("Until"))


def first_words(reflection: Reflection | None) -> dict[str, str]:
    """What editing a week starts from."""
    return {name: getattr(reflection, name) for name in ("worked", "hard", "ahead")} if reflection else {}
