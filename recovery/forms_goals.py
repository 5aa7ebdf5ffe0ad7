"""What may be typed about goals; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms import LINE_LENGTH, RELOAD, WordsField, text_area
from recovery.models import Goal

DATE_ERRORS = {"invalid": _("Write the date like 2025-06-12, or leave it open.")}


def day_field(**options: Any) -> forms.DateField:
    """A day that may be left open."""
    options.setdefault("required", False)
    options.setdefault("error_messages", DATE_ERRORS)
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def submission_field() -> forms.UUIDField:
    """Made with the form, so that a double tap makes one thing."""
    return forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages=RELOAD)


class LinesField(WordsField):
    """Several short lines of own words."""

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        if any(len(line) > LINE_LENGTH for line in lines):
            raise forms.ValidationError(_("Keep each line to 200 characters, so that it is quick to read."))
        return [line for line in lines if line]


class GoalForm(forms.Form):
    text = WordsField(
        label=_("What do you want to do?"),
        longest=LINE_LENGTH,
        help_text=_("Small enough that you can tell when it is done."),
        error_messages={"required": _("Write a few words for it.")},
    )
    due_on = day_field(label=_("By when?"))
    steps = LinesField(
        label=_("Steps"),
        longest=3000,
        required=False,
        widget=text_area(4),
        help_text=_("One a line. The first comes first."),
    )
    reward = WordsField(
        label=_("And then?"),
        longest=LINE_LENGTH,
        required=False,
        help_text=_("Something good you promise yourself. Only you can read it."),
    )


class NewGoalForm(GoalForm):
    submission = submission_field()


def first_goal(goal: Goal) -> dict[str, Any]:
    """What editing a goal starts from."""
    return {
        "text": goal.text,
        "due_on": goal.due_on,
        "reward": goal.reward,
        "steps": "\n".join(step.text for step in goal.steps.all()),
    }
