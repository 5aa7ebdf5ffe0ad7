"""When stopping may be dangerous, and what to ask before it. Pure; the words are among the safety texts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models.journey import SUBSTANCES

# Stopping any of these at once can be dangerous; what is left open may be one of them. Source: clinical.md §3.3.
# Opioids are here for what they ask of somebody who is pregnant (clinical.md §3.4).
NOT_AT_ONCE = frozenset({"", "alcohol", "benzodiazepines", "ghb", "opioids"})
# Seizures come within two days, severe confusion on the second or third. Source: clinical.md §3.3.
STILL_DANGEROUS = timedelta(days=3)
QUESTIONS = {
    "daily": _("Do you drink every day, or take benzodiazepines, phenobarbital or GHB every day?"),
    "morning": _("Do you need some in the morning to feel steady?"),
    "before": _("Have you ever had a seizure, seen or heard things, or been very confused when you stopped?"),
    "pregnant": _("Are you pregnant, or might you be?"),
    "ill": _("Do you have another serious illness?"),
}
# Any of these makes stopping alone the greater danger.
DEPENDENCE = ("daily", "morning", "before")


def needs_a_clinician_first(substance: str, starts: date | None, today: date) -> bool:
    """Whether a start from three days ago on may mean stopping at once something that is dangerous to stop at once.

    :param substance: a code, the person's own word, or empty; an own word could be anything
    """
    dangerous = substance in NOT_AT_ONCE or substance not in SUBSTANCES
    return starts is not None and starts >= today - STILL_DANGEROUS and dangerous


class SafetyForm(forms.Form):
    """Questions before stopping; the answers choose the next page and are then gone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=[("no", _("No")), ("yes", _("Yes")), ("unsure", _("Not sure"))],
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def all_no(self) -> bool:
        """Whether every question was answered with no; one left open counts as not sure."""
        return all(self.cleaned_data[name] == "no" for name in QUESTIONS)

    @property
    def may_be_daily(self) -> bool:
        """Whether going on is safer than stopping alone; being pregnant or ill alone is no reason to go on."""
        return any(self.cleaned_data.get(name) in {"yes", "unsure"} for name in DEPENDENCE)
