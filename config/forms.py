"""Forms of the hallway."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Picks
from plans.models import Ride, Strategy


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


class RideForm(forms.Form):
    """How an urge went, in one tap; since: when it began, in seconds since 1970."""

    outcome = forms.ChoiceField(choices=Ride.Outcome)
    submission = forms.UUIDField()
    since = forms.CharField(required=False, max_length=11)


class RideRatingForm(forms.Form):
    """How strong an urge is right now, while it is being ridden."""

    strength = forms.IntegerField(min_value=0, max_value=10)
    submission = forms.UUIDField()
    since = forms.CharField(required=False, max_length=11)


class RideToldForm(forms.Form):
    """What somebody may add once an urge has eased."""

    strongest = forms.TypedChoiceField(
        label=_("How strong was it at its strongest?"),
        choices=[(str(number), str(number)) for number in range(11)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
    )
    strategy = forms.TypedChoiceField(
        label=_("What helped most?"),
        required=False,
        empty_value=None,
        widget=Picks,
        error_messages={"invalid_choice": _("Choose something that is on your plan.")},
    )

    def __init__(self, *args: Any, strategies: Sequence[Strategy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {str(strategy.pk): strategy for strategy in strategies}
        told = self.fields["strategy"]
        assert isinstance(told, forms.TypedChoiceField)
        told.choices = [*((key, row.name) for key, row in own.items()), ("none", _("Something else, or nothing"))]
        told.coerce = own.get
        if not own:
            del self.fields["strategy"]

    def clean(self) -> dict[str, Any]:
        return {"strategy": None, **(super().clean() or {})}
