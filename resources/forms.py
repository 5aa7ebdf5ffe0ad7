"""What visitors type: a search, and a “this is wrong”."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.folding import LONGEST_SEARCH
from resources.models import COUNTRIES, Listing, Report, Verification
from resources.search import Wish


class FindForm(forms.Form):
    """A search; what makes no sense in it is left out, for a list is always better than an error."""

    q = forms.CharField(required=False, strip=True)
    kind = forms.MultipleChoiceField(required=False, choices=Listing.Kind.choices)
    medication = forms.BooleanField(required=False)
    spanish = forms.BooleanField(required=False)
    country = forms.ChoiceField(required=False, choices=[("", _("All countries")), *COUNTRIES.items()])

    def wish(self, default_country: str) -> Wish:
        """Return what is looked for; the default country counts only where the form says nothing about it."""
        self.is_valid()
        said: dict[str, Any] = self.cleaned_data
        asked = "country" in self.data and "country" in said
        return Wish(
            text=said.get("q", "")[:LONGEST_SEARCH],
            kinds=frozenset(said.get("kind", [])),
            medication=said.get("medication", False),
            spanish=said.get("spanish", False),
            country=said["country"] if asked else default_country,
        )


class ReportForm(forms.ModelForm):
    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    # A field that people never see; whatever fills it in is no person.
    website = forms.CharField(required=False)

    class Meta:
        model = Report
        fields = ["what", "text"]
        widgets = {"text": forms.Textarea(attrs={"class": "input", "rows": 4})}
        labels = {"text": _("What should we know?")}
        help_texts = {"text": _("Please leave out names and anything private.")}
        error_messages = {
            "text": {"max_length": _("Please keep it under 1,000 characters. Nothing you typed is lost.")},
        }

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class VerifyForm(forms.ModelForm):
    class Meta:
        model = Verification
        fields = ["verified_on", "method", "outcome", "note"]
        labels = {
            "verified_on": _("Checked on"),
            "method": _("How"),
            "outcome": _("What came of it"),
            "note": _("Note for curators"),
        }
        widgets = {"verified_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
