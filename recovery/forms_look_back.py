"""What the pages of a look-back accept: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.forms import PLAIN_TEXT, choice
from recovery.look_back import STEPS
from recovery.models import LookBack
from recovery.models.look_back import ANSWER_LENGTH


class StepForm(forms.Form):
    """One question of a look-back; it may stay empty. Beside the feeling stands how strong the pull was."""

    def __init__(self, *args: Any, number: int, look_back: LookBack, **kwargs: Any) -> None:
        self.step = STEPS[number - 1]
        kwargs["initial"] = {self.step.field: getattr(look_back, self.step.field), "craving": look_back.craving}
        super().__init__(*args, **kwargs)
        self.fields[self.step.field] = forms.CharField(
            label=str(self.step.question),
            help_text=str(self.step.hint),
            required=False,
            max_length=ANSWER_LENGTH,
            error_messages=PLAIN_TEXT,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        if self.step.field == "feeling":
            numbers = [("", _("Rather not say")), *((number, number) for number in range(11))]
            self.fields["craving"] = choice(
                numbers, label=_("How strong was the pull, from 0 to 10?"), widget=forms.Select
            )

    def said(self) -> dict[str, object]:
        said: dict[str, object] = dict(self.cleaned_data)
        if "craving" in said:
            said["craving"] = int(str(said["craving"])) if said["craving"] else None
        return said


class IntoPlanForm(forms.Form):
    """Where the change goes: to what the person can do, or to one of their triggers."""

    where = forms.ChoiceField(
        label=_("Where should it go?"),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list shown.")},
    )

    def __init__(self, *args: Any, triggers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["where"]
        assert isinstance(field, forms.ChoiceField)
        answers = [(key, _("My answer to “%(name)s”") % {"name": name}) for key, name in triggers]
        field.choices = [("", _("What I can do")), *answers]
