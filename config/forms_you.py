"""What a person may say about themselves: in the first steps and under You."""

from datetime import date
from typing import Any

from babel import Locale
from babel.core import get_global
from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.clock import zones
from accounts.models import User
from accounts.services import LONGEST_NAME
from recovery.before_stopping import needs_a_clinician_first
from recovery.models import Journey
from recovery.models.journey import SUBSTANCES

LEAVE_OPEN = ("", _("Rather not say"))
OTHER = "other"
LONGEST_WORD = 60
# Regions of the time zone list; the rest are old names, kept for machines.
REGIONS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)


def place(zone: str) -> str:
    """Return the part of a zone's name that people say: America/Argentina/Buenos_Aires → Buenos Aires."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def zone_choices() -> list[tuple[str, Any]]:
    """Return the zones by region, for a select that works without a script."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(zones()):
        region, _slash, rest = zone.partition("/")
        if rest and region in REGIONS:
            groups.setdefault(region, []).append((zone, rest.replace("_", " ").replace("/", ", ")))
    return [("", _("Choose one")), ("UTC", "UTC"), *groups.items()]


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name in the viewer's language."""
    names = Locale.parse((get_language() or "en").split("-")[0]).territories
    real = [
        (code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
    ]
    return [("", str(_("Rather not say"))), *sorted(real, key=lambda pair: pair[1])]


# Codes of unions, tests and “unknown” in the list of territories.
NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("What would you like to be called?"),
        help_text=_("A first name, a nickname, or nothing at all."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


def country_of(zone: str) -> str:
    """Return the country that a time zone lies in, as a guess that the person may change; empty where it says none."""
    today_s_name = get_global("zone_aliases").get(zone, zone)
    code = str(get_global("zone_territories").get(today_s_name, ""))
    return code if code.isalpha() and code not in NO_COUNTRY else ""


class CountryField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Country"), choices=lazy(country_choices, list), required=False, **options)


class WelcomeForm(NameForm):
    country = CountryField(help_text=_("For the right emergency numbers on Help. Change it if our guess is wrong."))


AIMS = [
    (Journey.Aim.ABSTAIN, _("Not using at all"), _("One day at a time")),
    (Journey.Aim.CUT_DOWN, _("Using less, or more safely"), _("Cutting down counts here")),
    (Journey.Aim.ON_MEDICATION, _("Staying on my medication"), _("Buprenorphine, methadone, naltrexone")),
    (Journey.Aim.UNDECIDED, _("I'm not sure yet"), _("Start with check-ins and see")),
]


class GoalForm(forms.Form):
    aim = forms.ChoiceField(
        label=_("What are you working toward?"), choices=Journey.Aim.choices, required=False, widget=forms.RadioSelect
    )
    substance = forms.ChoiceField(
        label=_("With what?"),
        choices=[LEAVE_OPEN, *SUBSTANCES.items(), (OTHER, _("Something else"))],
        required=False,
    )
    own_word = forms.CharField(
        label=_("Your own word for it"),
        help_text=_("Only if you chose “Something else”."),
        max_length=LONGEST_WORD,
        required=False,
    )
    started_on = forms.DateField(
        label=_("Since when?"),
        help_text=_("It may be years ago, today, or still to come. Leave it empty if you don't know."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2024-03-31, or leave it empty.")},
    )

    @property
    def said_nothing(self) -> bool:
        return not any(self.cleaned_data.values())

    @property
    def named(self) -> str:
        """The substance: a code that we know, the person's own word, or nothing."""
        chosen = str(self.cleaned_data["substance"])
        return str(self.cleaned_data["own_word"]) if chosen == OTHER else chosen

    def needs_a_clinician_first(self, today: date) -> bool:
        """Whether this may mean stopping at once something that is dangerous to stop at once."""
        return needs_a_clinician_first(self.named, self.cleaned_data["started_on"], today)


def said_before(journey: Journey) -> dict[str, Any]:
    """Return what a journey holds as the form shows it."""
    known = journey.substance in SUBSTANCES or not journey.substance
    return {
        "aim": journey.aim,
        "substance": journey.substance if known else OTHER,
        "own_word": "" if known else journey.substance,
        "started_on": journey.started_on,
    }


class OnePersonForm(forms.Form):
    may_be_sure = False  # the number has the right length and we do not know it: the person may say that it is right

    name = forms.CharField(
        label=_("Their name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    relation = forms.CharField(
        label=_("Who they are to you"),
        help_text=_("Sister, sponsor, friend."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=_("Their number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    sure = forms.BooleanField(
        label=_("I am sure that the number is right"),
        required=False,
    )


class ReminderForm(forms.Form):
    at = forms.TimeField(
        label=_("When shall we ask?"),
        help_text=_("Once a day. The mail says “a minute for you?” and nothing else."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time like 19:30.")},
    )
    zone = forms.ChoiceField(label=_("Your time zone"), choices=lazy(zone_choices, list), required=False)


class ProfileForm(NameForm):
    zone = forms.ChoiceField(
        label=_("Your time zone"),
        help_text=_("It decides when your day begins and when reminders come."),
        choices=lazy(zone_choices, list),
    )
    country = CountryField(help_text=_("For the right emergency numbers."))
    theme = forms.ChoiceField(label=_("Light or dark"), choices=User.Theme.choices, widget=forms.RadioSelect)
