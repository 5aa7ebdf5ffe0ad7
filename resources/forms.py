"""What visitors type, a search and a “this is wrong”, and what curators do."""

import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from resources.feeds.table import COLUMNS
from resources.folding import LONGEST_SEARCH
from resources.models import COUNTRIES, Audience, Facet, Listing, Program, Report, Source, Verification
from resources.models.words import ACCESSIBLE, CARE, LANGUAGES, PAYMENT
from resources.near import RADII_KM
from resources.search import Wish

MOST_HOURS = 31 * 24
WHEN = [("", _("At any time")), ("now", _("Now")), ("soon", _("Now, or within two hours"))]
# How the choices stand together on the page.
FACET_GROUPS = [
    (_("Who it is open to"), [Facet.OPEN, Facet.CLOSED, Facet.NEWCOMERS, Facet.SECULAR, Facet.PROOF]),
    (_("Getting in"), [*ACCESSIBLE, Facet.CHILDREN]),
    (_("Kind of treatment"), CARE),
    (_("Medicines"), [Facet.METHADONE, Facet.BUPRENORPHINE, Facet.NALTREXONE]),
    (_("Payment"), PAYMENT),
]
VENUES = [
    (Listing.Venue.IN_PERSON, _("In person")),
    (Listing.Venue.ONLINE, _("Online")),
    (Listing.Venue.HYBRID, _("Both")),
]


class FindForm(forms.Form):
    """A search; what makes no sense in it is left out, for a list is always better than an error."""

    q = forms.CharField(required=False, strip=True)
    kind = forms.MultipleChoiceField(required=False, choices=Listing.Kind.choices)
    medication = forms.BooleanField(required=False)
    spanish = forms.BooleanField(required=False)
    country = forms.ChoiceField(required=False, choices=[("", _("All countries")), *COUNTRIES.items()])
    when = forms.ChoiceField(required=False, choices=WHEN)
    day = forms.TypedMultipleChoiceField(required=False, coerce=int, choices=list(WEEKDAYS.items()))
    venue = forms.MultipleChoiceField(required=False, choices=VENUES)
    language = forms.ChoiceField(required=False, choices=[("", _("Any language")), *LANGUAGES.items()])
    audience = forms.ChoiceField(required=False, choices=[("", _("Anyone")), *Audience.choices[1:]])
    program = forms.ModelChoiceField(Program.objects.order_by("name"), required=False, to_field_name="slug")
    facet = forms.MultipleChoiceField(required=False, choices=Facet.choices)

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
            when=said.get("when", ""),
            days=frozenset(said.get("day", [])),
            venues=frozenset(said.get("venue", [])),
            languages=_one(said.get("language")),
            audience=_one(said.get("audience")),
            program=said["program"].slug if said.get("program") else "",
            facets=frozenset(said.get("facet", [])),
            now=timezone.now(),
        )


def _one(value: str | None) -> frozenset[str]:
    return frozenset([value] if value else [])


class NearForm(forms.Form):
    """A place that somebody types; nothing is read from their device."""

    place = forms.CharField(
        label=_("Town or postcode"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={"max_length": _("Please keep it under 80 characters.")},
    )
    km = forms.TypedChoiceField(
        label=_("Within"),
        coerce=int,
        initial=25,
        choices=[(km, f"{km} km · {round(km / 1.609)} mi") for km in RADII_KM],
        widget=forms.Select(attrs={"class": "input"}),
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


class SourceForm(forms.ModelForm):
    """Where entries come from, and what holds for them where a row does not say."""

    url = forms.URLField(
        label=_("Address of the feed"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Leave it empty for files that you hand over yourself."),
        error_messages={"invalid": _("Write the whole address, beginning with https://.")},
    )
    default_tz = forms.ChoiceField(
        label=_("Time zone of its meetings"),
        required=False,
        help_text=_("Where a row says none. Without one, such rows are rejected and not guessed."),
    )
    mapping = forms.CharField(
        label=_("Columns of a table"),
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
        help_text=_("One a line, ours = theirs, such as: name = Meeting Name. Empty: by the names of the columns."),
    )

    class Meta:
        model = Source
        fields = [
            *("name", "format", "url", "every_hours", "program", "default_country", "default_tz", "default_language"),
            *("mapping", "licence", "trust", "secrets"),
        ]
        labels = {
            "name": _("Name"),
            "format": _("Format"),
            "every_hours": _("Fetch it every so many hours"),
            "program": _("Program"),
            "default_country": _("Country"),
            "default_language": _("Language"),
            "licence": _("License"),
            "trust": _("New entries"),
            "secrets": _("Meeting passwords"),
        }
        help_texts = {
            "every_hours": _("0: only when somebody asks for it."),
            "default_country": _("Two capital letters, such as US."),
            "default_language": _("A code such as en."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name]
        self.fields["default_tz"].choices = [("", _("None")), *zones]  # type: ignore[attr-defined]  # a ChoiceField
        kept = [choice for choice in Source.Format.choices if choice[0] not in {"", "directory"}]
        self.fields["format"] = forms.ChoiceField(label=_("Format"), choices=kept)
        if self.instance.pk:
            self.initial["mapping"] = "\n".join(f"{ours} = {theirs}" for ours, theirs in self.instance.mapping.items())

    def clean_default_country(self) -> str:
        code = str(self.cleaned_data["default_country"]).strip().upper()
        if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise forms.ValidationError(_("Write the country as two letters, such as US."))
        return code

    def clean_default_language(self) -> str:
        code = str(self.cleaned_data["default_language"]).strip().lower()
        if code and code not in LANGUAGES:
            raise forms.ValidationError(_("Write the language as a code such as en or es."))
        return code

    def clean_mapping(self) -> dict[str, str]:
        found = {}
        for line in str(self.cleaned_data["mapping"]).splitlines():
            ours, _sign, theirs = (part.strip() for part in line.partition("="))
            if line.strip() and (ours not in COLUMNS or not theirs):
                raise forms.ValidationError(
                    _("“%(line)s” names no column of ours. Choose from: %(columns)s."),
                    params={"line": line.strip()[:60], "columns": ", ".join(COLUMNS)},
                )
            if ours:
                found[ours] = theirs
        return found

    def clean_every_hours(self) -> int:
        hours = int(self.cleaned_data["every_hours"])
        if hours > MOST_HOURS:
            raise forms.ValidationError(_("Choose at most a month, which is 744 hours."))
        return hours


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
