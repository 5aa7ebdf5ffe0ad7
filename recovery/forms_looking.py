"""What may be said about signs, the kind of help, and calls to make."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Picks
from plans.forms import LINE_LENGTH, WordsField
from recovery.forms import choice
from recovery.forms_goals import day_field, submission_field
from recovery.models import CallTask, Stage, StageSign


class MyPicks(forms.CheckboxSelectMultiple):
    """Any of a few whole sentences, as large rows."""

    template_name = "components/widgets/picks.html"


class SignsForm(forms.Form):
    signs = forms.MultipleChoiceField(
        label=_("Which of these do you know from yourself?"),
        required=False,
        widget=MyPicks,
        error_messages={"invalid_choice": _("One of these is not on the list any more. Look again.")},
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {sign.slug: sign for sign in stage.signs.all()}
        field = self.fields["signs"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(slug, sign.text) for slug, sign in self.known.items()]

    def clean_signs(self) -> list[StageSign]:
        return [self.known[slug] for slug in self.cleaned_data["signs"]]


WANTS = [
    ("listen", _("Someone who listens, on the phone or by text")),
    ("peers", _("People who have been there themselves")),
    ("professional", _("A professional, or treatment at a place")),
    ("medication", _("Medication as treatment")),
    ("safer", _("Staying safer while I still use")),
    ("family", _("Help for my family or a friend")),
]


class HelpKindForm(forms.Form):
    want = choice(
        WANTS,
        label=_("What would help most now?"),
        required=True,
        widget=Picks,
        error_messages={"required": _("Choose one. You can come back and look at another.")},
    )
    medication = forms.BooleanField(label=_("My medication has to be welcome there"), required=False)
    spanish = forms.BooleanField(label=_("In Spanish, please"), required=False)


class CallForm(forms.Form):
    what = WordsField(
        label=_("Whom or what do you want to call?"),
        longest=LINE_LENGTH,
        help_text=_("A name, a place, a number. Only you can read it."),
        error_messages={"required": _("Write a name or a place.")},
    )
    by_on = day_field(
        label=_("By when?"),
        required=True,
        error_messages={"required": _("Pick a day."), "invalid": _("Write the date like 2025-06-12.")},
    )
    reminds = forms.BooleanField(
        label=_("Write to me at 10 that morning"),
        required=False,
        help_text=_("A short e-mail that says nothing about what it is for."),
    )


class NewCallForm(CallForm):
    submission = submission_field()


def first_call(call: CallTask) -> dict[str, Any]:
    """What editing a call starts from."""
    return {"what": call.what, "by_on": call.by_on, "reminds": call.reminds}
