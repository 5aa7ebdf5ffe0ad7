"""What may be typed about the routine, the day and appointments; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Chips, Picks
from plans.forms import LINE_LENGTH, WordsField
from plans.models.medication import TimeOfDay
from recovery.forms_goals import submission_field
from recovery.models import Appointment
from recovery.routine import EXAMPLE
from reminders.forms import WEEKDAYS
from reminders.models import EVERY_DAY

FEW_WORDS = {"required": _("Write a few words for it.")}


def days_in(mask: int) -> list[str]:
    """Return the values of the boxes that stand for these weekdays, one bit each, Monday the lowest."""
    return [value for value, _name in WEEKDAYS if mask >> int(value) & 1]


class RoutineItemForm(forms.Form):
    text = WordsField(label=_("What?"), longest=LINE_LENGTH, error_messages=FEW_WORDS)
    slot = forms.ChoiceField(
        label=_("When in the day?"),
        choices=TimeOfDay.choices,
        widget=Picks,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=WEEKDAYS,
        widget=Chips,
        initial=days_in(EVERY_DAY),
        error_messages={"required": _("Pick one day or more."), "invalid_choice": _("Pick one day or more.")},
    )

    def clean_days(self) -> int:
        return sum(1 << int(value) for value in set(self.cleaned_data["days"]))


class NewRoutineItemForm(RoutineItemForm):
    submission = submission_field()


class RoutineStartForm(forms.Form):
    lines = forms.MultipleChoiceField(
        label=_("What fits you?"),
        choices=[(str(number), words) for number, (_slot, words) in enumerate(EXAMPLE)],
        widget=Chips,
        error_messages={
            "required": _("Pick one or more, or write your own."),
            "invalid_choice": _("Pick from these lines."),
        },
    )

    def clean_lines(self) -> list[tuple[str, str]]:
        chosen = sorted({int(number) for number in self.cleaned_data["lines"]})
        return [(EXAMPLE[number][0], str(EXAMPLE[number][1])) for number in chosen]


class DayThingForm(forms.Form):
    text = WordsField(label=_("One thing"), longest=LINE_LENGTH, error_messages=FEW_WORDS)


class NewDayThingForm(DayThingForm):
    submission = submission_field()


class AppointmentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Appointment.Kind.choices,
        widget=Picks,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    day = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Pick a day."), "invalid": _("Write the date like 2025-06-12.")},
    )
    at = forms.TimeField(
        label=_("What time?"),
        help_text=_("As the clock shows it there."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Pick a time, such as 15:30."), "invalid": _("Write a time such as 15:30.")},
    )
    words = WordsField(
        label=_("Where, or with whom?"),
        longest=LINE_LENGTH,
        required=False,
        help_text=_("In your own words. Only you can read it."),
    )
    reminds = forms.ChoiceField(
        label=_("A message before it?"),
        choices=Appointment.Reminds.choices,
        required=False,
        help_text=_("It says that something is planned, and not what."),
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    listing = forms.ChoiceField(label=_("Entry in Find support"), required=False)

    def __init__(self, *args: Any, listing: tuple[str, str] | None = None, **kwargs: Any) -> None:
        """Offer one entry of the directory, as (slug, name), where the appointment is about one."""
        super().__init__(*args, **kwargs)
        field = self.fields["listing"]
        assert isinstance(field, forms.ChoiceField)
        if listing:
            field.choices = [listing, ("", _("No entry"))]
        else:
            del self.fields["listing"]

    def clean(self) -> dict[str, Any]:
        return {"listing": "", **(super().clean() or {})}


class NewAppointmentForm(AppointmentForm):
    submission = submission_field()


class AppointmentAnswerForm(forms.Form):
    """Whether somebody went and whether it helped, in one tap; an empty answer takes it back."""

    answer = forms.ChoiceField(
        choices=[("went", ""), ("missed", ""), *Appointment.Helped.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )

    def clean_answer(self) -> tuple[bool | None, str]:
        """Return whether they went, None where it is taken back, and how much it helped."""
        answer = self.cleaned_data["answer"]
        if not answer:
            return None, ""
        return answer != "missed", answer if answer in Appointment.Helped.values else ""
