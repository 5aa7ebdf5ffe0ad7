"""What may be typed about the days: medications, routine, appointments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Chips
from plans.forms import CHOOSE, NAME_LENGTH, WordsField
from plans.models.medication import TimeOfDay


class MedicationForm(forms.Form):
    name = WordsField(
        label=_("What do you take?"),
        longest=NAME_LENGTH,
        help_text=_("Any word that you know it by."),
        error_messages={"required": _("Write a few words for it, so you know it again.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    times = forms.MultipleChoiceField(
        label=_("When?"), choices=TimeOfDay.choices, required=False, widget=Chips, error_messages=CHOOSE
    )
    prescriber = WordsField(
        label=_("Who prescribes it?"),
        longest=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
