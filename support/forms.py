"""The shape of what a person sends about the people they let in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.measured import titles
from support.attention import RULES, Level
from support.models import Consent, Scope
from support.wording import HINTS, OFFERED


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Their code"),
        max_length=20,
        help_text=_("8 letters and digits, such as BCDF-2345. It works for a day and for one person."),
        error_messages={"required": _("Type the code that they gave you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("How they know you"),
        max_length=80,
        help_text=_("Your name, and where you work if you like. Whoever types the code sees it."),
        error_messages={"required": _("Type the name by which they know you.")},
    )


class ChoicesForm(forms.Form):
    """What somebody may see, what for, until when. Nothing is ticked beforehand."""

    scopes = forms.MultipleChoiceField(
        label=_("What they may see"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=Consent.Purpose)
    until = forms.DateField(
        label=_("Until"),
        help_text=_("The last day. You can stop before that at any time."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, role: str, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (scope.value, f"{scope.label}. {HINTS[scope]}.") for scope in OFFERED[role]
        ]
        self.fields["until"].widget.attrs.update({"min": first.isoformat(), "max": last.isoformat()})

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.first <= until <= self.last:
            raise forms.ValidationError(_("Choose a day from today on, within the next two years."))
        return until


class SignForm(forms.Form):
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label=_("Your password, as your signature"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ScopeForm(forms.Form):
    scope = forms.ChoiceField(choices=Scope)


class RuleForm(forms.Form):
    """One rule, to be switched off or on again."""

    rule = forms.ChoiceField(choices=[(slug, slug) for slug in RULES])
    off = forms.BooleanField(required=False)


class DeskForm(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=80,
        error_messages={
            "max_length": _("That is too long for a name. Type a part of it."),
            "null_characters_not_allowed": _("That is no name. Type a part of it."),
        },
    )
    s = forms.ChoiceField(choices=[("silent", ""), ("name", ""), ("craving", "")], required=False)
    g = forms.ChoiceField(choices=[(level.name.lower(), "") for level in Level], required=False)


class StageForm(forms.Form):
    """Where on the path a client could be. The page lists the places itself: only those of the client's own set."""

    stage = forms.ChoiceField(
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose one of the places shown.")),
    )

    def __init__(self, *args: Any, slugs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(slug, slug) for slug in slugs]  # type: ignore[attr-defined]  # a ChoiceField


class CadenceForm(forms.Form):
    """How often a questionnaire could come round."""

    slug = forms.ChoiceField(
        label=_("Which one?"), error_messages={"invalid_choice": _("Choose one of the questionnaires shown.")}
    )
    every_days = forms.IntegerField(
        label=_("Every how many days?"),
        min_value=1,
        max_value=366,
        initial=30,
        error_messages={
            **dict.fromkeys(["required", "invalid"], _("Write a number of days, like 30.")),
            **dict.fromkeys(["min_value", "max_value"], _("Choose between 1 and 366 days.")),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].choices = list(titles().items())  # type: ignore[attr-defined]  # a field of choices
