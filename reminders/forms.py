"""The shape of what a person sets: times, days, the end of a pause, the way a message takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Chips, Picks
from reminders.kinds import Kind
from reminders.models import EVERY_DAY, TIMES_A_DAY, Channel, Schedule

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


class KindForm(forms.Form):
    """One kind of reminder in full."""

    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=WEEKDAYS,
        widget=Chips,
        error_messages={"required": _("Pick one day or more. To have none, turn the reminder off.")},
    )
    channel = forms.ChoiceField(label=_("How it comes"), widget=Picks)
    says_more = forms.BooleanField(
        label=_("It may say what it is about"),
        help_text=_(
            "Others may read it on your screen. It never names a substance, a medication or a person. "
            "A notification never says more."
        ),
        required=False,
    )
    asks_again = forms.BooleanField(
        label=_("Ask me once more, two hours later"), help_text=_("Only if it is not done by then."), required=False
    )

    def __init__(
        self, data: Any = None, *, kind: Kind, schedule: Schedule | None, channels: list[tuple[str, Any]]
    ) -> None:
        times = schedule.times if schedule else [kind.usual_time]
        mask = schedule.days if schedule else kind.usual_days
        initial: dict[str, Any] = {
            "days": [value for value, _name in WEEKDAYS if mask >> int(value) & 1],
            "channel": schedule.channel if schedule else channels[0][0],
            "says_more": bool(schedule and schedule.says_more),
            "asks_again": bool(schedule and schedule.asks_again),
        }
        super().__init__(data, initial=initial)
        for number in range(TIMES_A_DAY if kind.many_times else 1):
            self.fields[f"at{number or ''}"] = forms.TimeField(
                label=_("Another time") if number else _("Time"),
                required=not number,
                initial=times[number] if number < len(times) else None,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                error_messages={
                    "required": _("Pick a time, such as 19:30."),
                    "invalid": _("Write a time such as 19:30."),
                },
            )
        self.fields["channel"].choices = channels  # type: ignore[attr-defined]

    @property
    def time_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("at")]

    def clean_says_more(self) -> bool:
        # A push service is somebody else's, so a notification never says more.
        return bool(self.cleaned_data["says_more"]) and self.cleaned_data.get("channel") != Channel.PUSH

    def wishes(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        said = self.cleaned_data
        return {
            "times": [said[name] for name in self.fields if name.startswith("at") and said.get(name)],
            "days": sum(1 << int(value) for value in set(said["days"])),
            "channel": said["channel"],
            "says_more": said["says_more"],
            "asks_again": said["asks_again"],
        }


class QuietForm(forms.Form):
    """From when to when nothing may come."""

    begins = forms.TimeField(
        label=_("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Pick a time, such as 23:00."), "invalid": _("Write a time such as 23:00.")},
    )
    ends = forms.TimeField(
        label=_("To"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Pick a time, such as 7:00."), "invalid": _("Write a time such as 7:00.")},
    )


class DeviceForm(forms.Form):
    """What a browser says when it may be sent notifications (Push API: endpoint and two keys)."""

    endpoint = forms.CharField(max_length=600)
    p256dh = forms.RegexField(r"^[A-Za-z0-9_=-]{80,100}$")
    auth = forms.RegexField(r"^[A-Za-z0-9_=-]{16,30}$")
