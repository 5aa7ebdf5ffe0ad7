"""What is typed about stories: one's own, a search, a report, a curator's decision."""

from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Chips
from resources import stretches
from resources.models import Story, StoryReport
from resources.models.story import ContentNote, DeclineReason, Pathway

SHORTEST, LONGEST, TITLE, NAME = 200, 6000, 80, 40
UNKNOWN = {"invalid_choice": _("Choose from these.")}


def too_long(limit: int) -> str:
    return str(_("Keep this to %(limit)d characters. Nothing you typed is lost.")) % {"limit": limit}


class StoryForm(forms.Form):
    pseudonym = forms.CharField(
        label=_("A name for this story"),
        help_text=_("Any name but your own, and none that you use elsewhere."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Choose a name to tell it under.")},
        max_length=NAME,
    )
    title = forms.CharField(
        label=_("A title"), max_length=TITLE, error_messages={"required": _("Give it a few words as a title.")}
    )
    body = forms.CharField(
        label=_("Your story"),
        max_length=LONGEST,
        validators=[MinLengthValidator(SHORTEST, _("Tell a little more: 200 characters at least."))],
        help_text=_("What it was like, what helped, where you are now. 200 to 6,000 characters."),
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Write your story here.")},
    )
    stage = forms.ChoiceField(label=_("Where on the path are you?"), required=False, error_messages=UNKNOWN)
    pathways = forms.MultipleChoiceField(
        label=_("What is your way?"), choices=Pathway.choices, widget=Chips, required=False, error_messages=UNKNOWN
    )
    notes = forms.MultipleChoiceField(
        label=_("What should a reader know before?"),
        help_text=_("It mentions:"),
        choices=ContentNote.choices,
        widget=Chips,
        required=False,
        error_messages=UNKNOWN,
    )
    agreed = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Without your agreement we can't take the story.")},
    )
    submission = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("Something went missing. Reload the page and send it again.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Rather not say")), *stretches.titles().items()]
        for name, limit in (("pseudonym", NAME), ("title", TITLE), ("body", LONGEST)):
            self.fields[name].error_messages["max_length"] = too_long(limit)

    def said(self) -> dict[str, Any]:
        """Return what the deeds take: all but the agreement and the name of the submission."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"agreed", "submission"}}


class FindStoriesForm(forms.Form):
    """Narrows the list; what makes no sense in it is left out, for a list is always better than an error."""

    stage = forms.ChoiceField(required=False)
    pathway = forms.ChoiceField(required=False, choices=[("", ""), *Pathway.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = stretches.titles()
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *self.titles.items()]

    def wish(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("stage", "pathway")}


class StoryReportForm(forms.ModelForm):
    what = forms.ChoiceField(
        label=_("What is it about?"),
        choices=StoryReport.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about."), "invalid_choice": _("Choose what it is about.")},
    )

    class Meta:
        model = StoryReport
        fields = ["what", "text"]
        widgets = {"text": forms.Textarea(attrs={"class": "input", "rows": 4})}
        labels = {"text": _("What should we know?")}
        help_texts = {"text": _("Please leave out names and anything private.")}
        error_messages = {
            "text": {"max_length": _("Please keep it under 1,000 characters. Nothing you typed is lost.")},
        }


class DecideForm(forms.Form):
    """A curator's decision about the words that they have read."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("publish", _("Publish")), ("decline", _("Don't publish, or take it down"))],
        widget=forms.RadioSelect,
    )
    notes = forms.MultipleChoiceField(
        label=_("It mentions"), choices=ContentNote.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why not"),
        help_text=_("Its author reads these sentences, and may change the story."),
        choices=DeclineReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    read_at = forms.DateTimeField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("decision") == "decline" and not said.get("reasons"):
            self.add_error("reasons", _("Choose one reason or more, so that its author knows what to change."))
        return said


def first_story(story: Story) -> dict[str, Any]:
    """What changing a story starts from; agreed to anew each time."""
    names = ("pseudonym", "title", "body", "stage", "pathways", "notes")
    return {name: getattr(story, name) for name in names}
