"""What a person may choose for the phone that they hold: its look, where Hide leads, the PIN."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.lock import LONGEST, MINUTES
from accounts.models import User
from config.forms import PasswordAgainForm
from config.looks import LOOKS


def look_choices() -> list[tuple[str, Any]]:
    return [(look.slug, look.name) for look in LOOKS.values()]


class LookForm(forms.Form):
    look = forms.ChoiceField(
        choices=lazy(look_choices, list), error_messages={"invalid_choice": _("Choose one of the signs shown.")}
    )


class HideForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Hide leads to"),
        choices=User.HideTo.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the pages shown.")},
    )
    signs_out = forms.BooleanField(
        label=_("Hide also signs me out"),
        help_text=_("And deletes the copy of your plan on this phone. To come back you need your password."),
        required=False,
    )


def minute_choices() -> list[tuple[int, Any]]:
    words = {0: _("Only after Hide"), 1: _("After a minute away"), 60: _("After an hour away")}
    return [(minutes, words.get(minutes, _("After %d minutes away") % minutes)) for minutes in MINUTES]


class PinForm(PasswordAgainForm):
    """A PIN, and the password with it: whoever holds the unlocked phone for a minute cannot set one."""

    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("4 to 12 digits that you don't use elsewhere."),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    minutes = forms.TypedChoiceField(
        label=_("When it is asked"), choices=lazy(minute_choices, list), coerce=int, error_messages={
            "invalid_choice": _("Choose one of the times shown."),
        },
    )  # fmt: skip
    field_order = ["pin", "minutes", "password"]
