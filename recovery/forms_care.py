"""What may be typed about a time in care and the way home; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Picks
from plans.forms import LINE_LENGTH, TEXT_LENGTH, WordsField, text_area
from recovery.forms import choice
from recovery.forms_goals import day_field, submission_field
from recovery.handover import PARTS
from recovery.models import CareEpisode


class CareForm(forms.Form):
    kind = choice(
        CareEpisode.Kind.choices,
        label=_("What was it, or what is it?"),
        required=True,
        widget=Picks,
        error_messages={"required": _("Choose one, so that we know what to show you.")},
    )
    place = WordsField(label=_("Where?"), longest=LINE_LENGTH, required=False, help_text=_("Only you can read it."))
    started_on = day_field(
        label=_("First day"),
        required=True,
        error_messages={"required": _("Pick the first day."), "invalid": _("Write the date like 2025-06-12.")},
    )
    ended_on = day_field(
        label=_("Last day"), help_text=_("Also one that is only planned. Leave it open if you don't know.")
    )


class NewCareForm(CareForm):
    submission = submission_field()


class HandoverForm(forms.Form):
    """The way home: every part may stay empty."""

    first_visit_on = day_field(label=_("Day of the first appointment"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            rows = 4 if part.field == "first_hours" else 2
            self.fields[part.field] = WordsField(
                label=part.question, longest=TEXT_LENGTH, required=False, widget=text_area(rows), help_text=part.hint
            )
        self.order_fields(["first_visit", "first_visit_on"])


def first_care(care: CareEpisode) -> dict[str, Any]:
    """What editing an episode starts from."""
    return {name: getattr(care, name) for name in ("kind", "place", "started_on", "ended_on")}


def first_handover(care: CareEpisode) -> dict[str, Any]:
    """What editing the way home starts from."""
    return {"first_visit_on": care.first_visit_on, **{part.field: words for part, words in care.handover}}
