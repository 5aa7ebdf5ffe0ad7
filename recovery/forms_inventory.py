"""What may be ticked of what makes the road harder and what holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms import TEXT_LENGTH, WordsField, text_area
from recovery.forms_looking import MyPicks
from recovery.inventory import AREAS


class InventoryForm(forms.Form):
    """The sentences by area, and a note; all of it may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in AREAS:
            self.fields[area.slug] = forms.MultipleChoiceField(
                label=str(area.title),
                required=False,
                widget=MyPicks,
                choices=[(each.slug, each.words) for each in area.statements],
                error_messages={"invalid_choice": _("One of these is not on the list any more. Look again.")},
            )
        self.fields["note"] = WordsField(
            label=_("Anything else that weighs in"), longest=TEXT_LENGTH, required=False, widget=text_area(3)
        )

    def said(self) -> dict[str, Any]:
        ticked = [slug for area in AREAS for slug in self.cleaned_data[area.slug]]
        return {"ticked": ticked, "note": self.cleaned_data["note"]}
