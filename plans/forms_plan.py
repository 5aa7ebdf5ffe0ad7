"""What may be typed into the plain lists, picked from what is offered, and said when the plan is looked over."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import ChipGroups, Rise, Steps
from plans.forms import (
    CHOOSE,
    LINE_LENGTH,
    NAME_LENGTH,
    TEXT_LENGTH,
    NumberChoice,
    VersionedForm,
    WordsField,
    text_area,
)
from plans.models import Trigger
from plans.models.item import KINDS
from plans.models.trigger import HIGHEST, LOWEST
from plans.starters import Group

# What the second line of an item is about, by part.
DETAILS = {
    "signs": _("What I do when I notice it"),
    "places": _("When, or how to get there"),
    "safer": _("Where, or who knows"),
    "support": _("When, such as “Tuesdays at 7 pm”"),
    "help_me": _("Anything to add"),
}


class ItemForm(VersionedForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": _("Pick the kind that fits best.")},
    )
    text = WordsField(
        label=_("In your words"),
        longest=LINE_LENGTH,
        error_messages={"required": _("Write a few words for it, so you know it again.")},
    )
    detail = WordsField(longest=LINE_LENGTH, required=False)

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = list(KINDS[part].items())
        self.fields["detail"].label = DETAILS[part]


class PickForm(forms.Form):
    """Several lines at once: ticked from a list, typed in own words, or both."""

    picks = forms.MultipleChoiceField(
        label=_("Pick what fits you"), required=False, widget=ChipGroups, error_messages=CHOOSE
    )
    words = WordsField(
        label=_("In my own words"),
        longest=TEXT_LENGTH,
        required=False,
        widget=text_area(3),
        help_text=_("One a line."),
    )
    kind = forms.ChoiceField(
        label=_("What kind are your own words?"), required=False, widget=forms.RadioSelect, error_messages=CHOOSE
    )

    def __init__(
        self, *args: Any, groups: Sequence[Group], taken: Iterable[str], part: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        here = set(taken)
        self.usual_kind = next(iter(KINDS.get(part, {})), "")
        # What is offered stays valid once it is on the list, so that a form sent twice is not turned away.
        self.offered = {str(line.number): (group.kind, str(line.words)) for group in groups for line in group.lines}
        picks, kind = self.fields["picks"], self.fields["kind"]
        assert isinstance(picks, forms.MultipleChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        picks.choices = [(group.label, [(str(line.number), line.words) for line in group.lines]) for group in groups]
        # Only what is not on the list yet is shown.
        picks.widget.choices = [
            (label, [(key, words) for key, words in lines if str(words) not in here]) for label, lines in picks.choices
        ]
        if part:
            kind.choices = list(KINDS[part].items())
            kind.initial = self.usual_kind
        else:
            del self.fields["kind"]

    def clean_words(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if any(len(line) > NAME_LENGTH for line in lines):
            raise forms.ValidationError(_("Keep each line to 120 characters, so that it is quick to read."))
        return lines

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said["picks"] and not said["words"]:
            raise forms.ValidationError(_("Pick at least one, or write one in your own words."))
        return said

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The kind and words of each line, in the order of the page."""
        said = self.cleaned_data
        own_kind = said.get("kind") or self.usual_kind
        return [*(self.offered[key] for key in said["picks"]), *((own_kind, line) for line in said["words"])]


class ReviewForm(forms.Form):
    """Each pull as it is now, how sure the person is, and when to look next."""

    confidence = NumberChoice(
        label=_("How sure are you that you could act on this plan?"),
        choices=[(str(number), number) for number in range(11)],
        widget=Rise(ends=(_("not at all"), _("completely"))),
    )
    review_on = forms.DateField(
        label=_("When do you want to look at it again?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("In 30 days, if you leave it."),
        error_messages={"invalid": _("Give a day, such as 2026-07-01.")},
    )
    reminds = forms.BooleanField(label=_("Remind me that morning, in words that say nothing about you"), required=False)

    def __init__(self, *args: Any, triggers: Sequence[Trigger], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pulls = {f"pull_{trigger.pk}": trigger for trigger in triggers}
        wrong = _("Pick a number from 1 to 10.")
        for name, trigger in self.pulls.items():
            self.fields[name] = forms.IntegerField(
                label=trigger.name,
                min_value=LOWEST,
                max_value=HIGHEST,
                initial=trigger.impact,
                widget=Steps(),
                error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], wrong),
            )
        self.order_fields([*self.pulls, "confidence", "review_on", "reminds"])

    @property
    def ratings(self) -> dict[Trigger, int]:
        return {trigger: self.cleaned_data[name] for name, trigger in self.pulls.items()}
