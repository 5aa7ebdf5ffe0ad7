"""The shape of one answer, of a rhythm, and of what is sent from the safety screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from recovery.instruments.questionnaires import Question
from recovery.instruments.scoring import Item
from recovery.models import SafetyEvent

RHYTHMS = (7, 14, 30, 60, 90, 180)


class AnswerForm(forms.Form):
    """One question; “I'd rather not answer” is an answer too."""

    def __init__(self, *args: Any, asked: tuple[Item, Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.question = item, question = asked
        required = {"required": _("Choose an answer, or tap “I'd rather not answer”.")}
        if item.is_days:
            self.fields["answer"] = forms.IntegerField(
                label=question.words,
                min_value=item.low,
                max_value=item.high,
                error_messages={
                    **required,
                    "invalid": _("Write the days as a number, such as 4."),
                    "min_value": _("Write a number from 0 to 30."),
                    "max_value": _("Write a number from 0 to 30."),
                },
            )
        else:
            self.fields["answer"] = forms.TypedChoiceField(
                label=question.words,
                coerce=int,
                choices=[(str(option.value), option.words) for option in question.options],
                error_messages={**required, "invalid_choice": required["required"]},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "skip" in self.data:
            self.errors.pop("answer", None)
            cleaned["answer"] = None
        return cleaned


class CadenceForm(forms.Form):
    every_days = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, least: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every_days"].choices = [  # type: ignore[attr-defined]  # a field of choices
            ("", _("Only when I feel like it")),
            *((days, _("Every %(days)s days") % {"days": days}) for days in RHYTHMS if days >= least),
        ]
        self.fields["every_days"].label = _("How often?")


class SafetyAnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=SafetyEvent.Answer)


class SafetyTapForm(forms.Form):
    tapped = forms.SlugField(max_length=40)
