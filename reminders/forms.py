"""The shape of what a person sets: a time, days, the end of a pause."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reminders.models import EVERY_DAY, Schedule

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


class DailyForm(forms.Form):
    """When to be reminded."""

    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Pick a time, such as 19:30."), "invalid": _("Write a time such as 19:30.")},
    )
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick one day or more. To have none, turn the reminder off below.")},
    )

    @classmethod
    def of(cls, schedule: Schedule | None) -> "DailyForm":
        """Return the form as it stands for a schedule; every day until there is one."""
        mask = schedule.days if schedule else EVERY_DAY
        chosen = [value for value, _name in WEEKDAYS if mask >> int(value) & 1]
        return cls(initial={"at": schedule.local_time if schedule else None, "days": chosen})

    def clean_days(self) -> int:
        """Turn the boxes into one bit a weekday, Monday the lowest."""
        return sum(1 << int(value) for value in set(self.cleaned_data["days"]))


class PauseForm(forms.Form):
    """Until when to say nothing."""

    until = forms.DateField(
        label=_("Say nothing until"),
        help_text=_("They come back by themselves on this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Pick a day."), "invalid": _("Write a date such as 2026-12-31.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "pause", **kwargs})
