"""Forms of the hallway."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PasswordAgainForm(forms.Form):
    password = forms.CharField(
        label=_("Your password, so we know it is you"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class DeleteAccountForm(PasswordAgainForm):
    sure = forms.BooleanField(
        label=_("Delete everything I have kept here"),
        error_messages={"required": _("Tick the box if you want everything deleted. Nothing has been deleted yet.")},
    )
