"""What the pages about journeys and noted use accept: shape only."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Chips, Picks
from recovery.forms import OTHER, PLAIN_TEXT, YES_NO, answer_of, choice, word_of
from recovery.models import Journey, Lapse
from recovery.models.journey import SUBSTANCES
from recovery.models.lapse import AMOUNT_LENGTH, MOST_SUBSTANCES, USED

LONGEST_WORD = 60
NUMBER_WORDS = {
    "invalid": _("Write a number, like 12 or 12.50."),
    "min_value": _("Write a number from 0 on."),
    "max_value": _("That number is too large to count with."),
    "max_digits": _("That number is too large to count with."),
    "max_decimal_places": _("Two decimals are enough."),
    "max_whole_digits": _("That number is too large to count with."),
}


def own_number(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        error_messages=NUMBER_WORDS,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        **options,
    )


def own_words(label: Any, length: int = LONGEST_WORD, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        error_messages=PLAIN_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **options,
    )


class ToldForm(forms.Form):
    """What it was and how much, both only if the person likes to say."""

    substances = forms.MultipleChoiceField(
        required=False,
        label=_("What was it?"),
        help_text=_("Several are fine, none too. It decides which safety cards come first. Only you can read it."),
        widget=Chips,
        error_messages={"invalid_choice": _("Choose from the list shown.")},
    )
    own_word = own_words(_("Something else, in your own word"))
    amount = own_words(_("How much, if you want to write it down"), AMOUNT_LENGTH)

    def __init__(self, *args: Any, own: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {**USED, **{word: word for word in own if word and word not in USED}}
        field = self.fields["substances"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(known.items())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if len(data.get("substances", [])) >= MOST_SUBSTANCES:
            self.add_error("substances", _("That is more than fits. Choose the main ones."))
        return data

    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        own = [data["own_word"].strip()] if data["own_word"].strip() else []
        return {"substances": [*data["substances"], *own], "amount": data["amount"]}


class UseForm(ToldForm):
    """A noted use: its day, and for somebody cutting down, whether it was more than planned."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the date like 2025-06-12.")},
    )
    over_limit = choice(YES_NO, label=_("Was it more than you planned?"), widget=Picks)
    field_order = ("day", "substances", "own_word", "amount", "over_limit")

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if today:
            self.fields["day"].widget.attrs["max"] = today.isoformat()

    def leave_out_the_limit(self) -> None:
        """Carry along what is kept without asking: without a limit of one's own the question means nothing."""
        self.fields["over_limit"].widget = forms.HiddenInput()

    def said(self) -> dict[str, Any]:
        return {"day": self.cleaned_data["day"], "over_limit": answer_of(self.cleaned_data["over_limit"])}


def first_use(lapse: Lapse) -> dict[str, str]:
    """What editing the day of a noted use starts from; nothing of it is private."""
    return {"day": lapse.day.isoformat(), "over_limit": word_of(lapse.over_limit)}


def first_told(lapse: Lapse, own: Collection[str]) -> dict[str, Any]:
    """What telling more starts from."""
    listed = {*USED, *own}
    others = [word for word in lapse.named if word not in listed]
    return {
        "substances": [word for word in lapse.named if word in listed],
        "own_word": ", ".join(others),
        "amount": lapse.amount,
    }


class JourneyForm(forms.Form):
    """One journey; only the aim has to be chosen."""

    aim = choice(
        Journey.Aim.choices,
        label=_("What are you working toward?"),
        required=True,
        widget=Picks,
        error_messages={"required": _("Choose one. You can change it any time.")},
    )
    substance = choice(
        [("", _("Rather not say")), *SUBSTANCES.items(), (OTHER, _("Something else"))],
        label=_("With what?"),
        widget=forms.Select,
        help_text=_("A substance, or something you do. Only you can read this."),
    )
    own_word = own_words(_("Your own word for it"))
    started_on = forms.DateField(
        required=False,
        label=_("Since when?"),
        help_text=_("Years ago is fine. So is a day you have agreed on with your clinician."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date like 2024-12-04, or leave it open.")},
    )
    show_run = forms.BooleanField(required=False, label=_("Show the days in this run"))
    on_today = forms.BooleanField(required=False, label=_("Show the count on Today, in small"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("substance") == OTHER and not data.get("own_word"):
            self.add_error("own_word", _("Write your own word for it, or choose “Rather not say”."))
        return data

    def wish(self) -> dict[str, Any]:
        data = self.cleaned_data
        substance = data["own_word"] if data["substance"] == OTHER else data["substance"]
        names = ("aim", "started_on", "show_run", "on_today")
        return {"substance": substance, **{name: data[name] for name in names}}


class FiguresForm(forms.Form):
    """The person's own figures for one journey: a limit when cutting down, and what is saved if they want to see it."""

    limit_amount = own_number(_("My own limit"), help_text=_("Only for you. Leave it empty for no limit."))
    limit_unit = own_words(_("Of what?"), help_text=_("In your own word: glasses, cigarettes, hours."))
    limit_per = choice(Journey.Per.choices, label=_("For how long?"), widget=Picks)
    spent_a_week = own_number(_("What it cost in a week"), help_text=_("Your own estimate. Empty shows no money."))
    currency = own_words(_("In which currency?"), 8, help_text=_("As you write it: $, €, pounds."))
    hours_a_week = own_number(_("Hours it took in a week"), help_text=_("Your own estimate. Empty shows no time."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("limit_amount") is not None and not data.get("limit_per"):
            self.add_error("limit_per", _("Choose whether the limit is for a day or for a week."))
        hours = data.get("hours_a_week")
        if hours is not None and hours > 168:
            self.add_error("hours_a_week", _("A week has 168 hours."))
        return data

    def figures(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def first_wish(journey: Journey) -> dict[str, Any]:
    """What editing a journey starts from."""
    known = journey.substance in SUBSTANCES or not journey.substance
    return {
        "aim": journey.aim,
        "substance": journey.substance if known else OTHER,
        "own_word": "" if known else journey.substance,
        "started_on": journey.started_on,
        "show_run": journey.show_run,
        "on_today": journey.on_today,
    }


def first_figures(journey: Journey) -> dict[str, Decimal | str | None]:
    """What editing the own figures starts from."""
    return {
        "limit_amount": journey.number("limit_amount"),
        "limit_unit": journey.limit_unit,
        "limit_per": journey.limit_per,
        "spent_a_week": journey.number("spent_a_week"),
        "currency": journey.currency,
        "hours_a_week": journey.number("hours_a_week"),
    }
