"""What may be typed into the plan; the services decide."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from accounts.widgets import ChipGroups, Rise, Sky, Steps
from plans.models import Activity, Contact, Strategy, Trigger
from plans.models.trigger import HIGHEST, LOWEST
from plans.starters import STRATEGIES, numbered

NAME_LENGTH, LINE_LENGTH, TEXT_LENGTH, PAGE_LENGTH = 120, 200, 2000, 20_000
CHOOSE = {"invalid_choice": _("Choose one of the answers shown.")}


class NotTooLong(MaxLengthValidator):
    message = ngettext_lazy(
        "Keep this to %(limit_value)d characters; it has %(show_value)d now.",
        "Keep this to %(limit_value)d characters; it has %(show_value)d now.",
        "limit_value",
    )


def no_invisible(value: str) -> None:
    if "\x00" in value:
        raise forms.ValidationError(
            _("Something invisible came along with this text. Type it again, or paste it plain.")
        )


class WordsField(forms.CharField):
    """Own words: any language and any sign but NUL; too long is said in numbers, and nothing is cut."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [NotTooLong(longest), no_invisible]


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VersionedForm(forms.Form):
    """Carries which version of a row it was filled in against, so that two hands at once lose nothing."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


def one_of(choices: Any, label: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a field for one of a few, which may be left open."""
    return forms.ChoiceField(
        label=label, choices=[("", _("Not said")), *choices], required=False, error_messages=CHOOSE, **kwargs
    )


class TriggerForm(VersionedForm):
    name = WordsField(
        label=_("What sets it off?"),
        longest=NAME_LENGTH,
        error_messages={"required": _("Write a few words for it, so you know it again.")},
    )
    category = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Pick one")), *Trigger.Category.choices],
        error_messages={
            "required": _("Pick the kind that fits best."),
            "invalid_choice": _("Pick the kind that fits best."),
        },
    )
    impact = forms.IntegerField(
        label=_("How strong is the pull?"),
        min_value=LOWEST,
        max_value=HIGHEST,
        error_messages={
            "required": _("Pick a number from 1 to 10."),
            "invalid": _("Pick a number from 1 to 10."),
            "min_value": _("Pick a number from 1 to 10."),
            "max_value": _("Pick a number from 1 to 10."),
        },
        widget=Steps(),
        help_text=_("1 is mild, 10 is the strongest."),
    )
    strategies = forms.MultipleChoiceField(
        label=_("What I'll do about it"),
        required=False,
        widget=ChipGroups,
        help_text=_("What you pick here is added to what you can do on your own."),
        error_messages={"invalid_choice": _("One of these is not on your list any more. Pick again.")},
    )
    words = WordsField(
        label=_("In my own words"),
        longest=TEXT_LENGTH,
        required=False,
        widget=text_area(2),
        help_text=_("One answer a line, such as “Take Oak Street home”."),
    )
    avoidable = one_of(Trigger.Avoidable.choices, _("Can you stay out of its way?"))
    note = WordsField(label=_("Note"), longest=TEXT_LENGTH, required=False, widget=text_area(2))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {str(row.pk): row for row in Strategy.objects.of(person).in_order()}
        field = self.fields["strategies"]
        assert isinstance(field, forms.MultipleChoiceField)
        # If-then answers are picked from a list first (docs/adr/0019-answers-are-picked.md).
        known = {row.name for row in self.own.values()}
        self.new = {f"new-{line.number}": str(line.words) for _kind, lines in numbered(STRATEGIES) for line in lines}
        mine = [(key, row.name) for key, row in self.own.items()]
        offered = [(key, name) for key, name in self.new.items() if name not in known]
        field.choices = [(_("On my list"), mine), (_("Ideas"), offered)]

    def clean_strategies(self) -> list[Strategy | str]:
        return [self.own.get(key) or self.new[key] for key in self.cleaned_data["strategies"]]

    def clean_words(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines()]
        if any(len(line) > LINE_LENGTH for line in lines):
            raise forms.ValidationError(_("Keep each answer to 200 characters, so that it is quick to read."))
        return [line for line in lines if line]


class StrategyForm(VersionedForm):
    name = WordsField(
        label=_("What do you do?"),
        longest=NAME_LENGTH,
        error_messages={"required": _("Write a few words for it, such as “Walk to the river”.")},
    )
    steps = WordsField(label=_("Steps"), longest=TEXT_LENGTH, required=False, widget=text_area(4))
    minutes = forms.IntegerField(
        label=_("About how many minutes?"),
        required=False,
        min_value=1,
        max_value=240,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Give the minutes as a number, 1 to 240."),
            "min_value": _("Give the minutes as a number, 1 to 240."),
            "max_value": _("Give the minutes as a number, 1 to 240."),
        },
    )
    where = one_of(Strategy.Where.choices, _("Where does it work?"))


class ContactForm(VersionedForm):
    name = WordsField(
        label=_("Name"),
        longest=60,
        error_messages={"required": _("Write a name, or any word you know them by.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = WordsField(
        label=_("Phone number"),
        longest=40,
        help_text=_("As you would dial it. Short ones such as 988 are fine, and + with a country code."),
        error_messages={"required": _("Type the number you would dial.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    relation = WordsField(
        label=_("Who are they to you?"),
        longest=60,
        required=False,
        help_text=_("Such as “Sponsor, any hour” or “Sister, until 11 pm”."),
    )
    kind = one_of(Contact.Kind.choices, _("Kind"))
    hours = WordsField(label=_("When can they be reached?"), longest=60, required=False)
    has_agreed = forms.BooleanField(label=_("I asked them, and I may call"), required=False)
    may_know = forms.BooleanField(label=_("They may know what I'm working on"), required=False)
    script = WordsField(
        label=_("What I'll say"),
        longest=LINE_LENGTH,
        required=False,
        widget=text_area(2),
        help_text=_("Easier to read out than to think up. A text to them starts with it."),
    )
    tested_on = forms.DateField(
        label=_("I tried the number on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day, such as 2026-07-01.")},
    )
    sure = forms.BooleanField(label=_("This number is right. Keep it."), required=False)

    def __init__(self, *args: Any, ask_sure: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (ask_sure or self.data.get("sure")):
            self.fields["sure"].widget = forms.HiddenInput()

    def ask_whether_sure(self) -> None:
        """Show the box for “this number is right” from now on."""
        self.fields["sure"].widget = forms.CheckboxInput()


class ActivityForm(VersionedForm):
    name = WordsField(
        label=_("What is it?"),
        longest=NAME_LENGTH,
        error_messages={"required": _("Write a few words for it, such as “Pottery on Oak Street”.")},
    )
    when = WordsField(
        label=_("When?"), longest=NAME_LENGTH, required=False, help_text=_("Such as “Tuesdays” or “any morning”.")
    )
    company = one_of(Activity.Company.choices, _("With whom?"))
    cost = one_of(Activity.Cost.choices, _("Does it cost something?"))


class ReasonForm(VersionedForm):
    text = WordsField(
        label=_("Why are you doing this?"),
        longest=500,
        widget=text_area(3),
        help_text=_("Say it the way you would want to read it on a hard night."),
        error_messages={"required": _("Write one sentence. It can be short.")},
    )


ZERO_TO_TEN = [(str(number), number) for number in range(11)]
RELOAD = {"required": _("Reload this page, then save again."), "invalid": _("Reload this page, then save again.")}
ENDS = (_("not at all"), _("as strong as it gets"))


class NumberChoice(forms.TypedChoiceField):
    """One of a few numbers as radios; nothing is chosen beforehand, and nothing chosen is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, error_messages=CHOOSE, **kwargs)


class ToolUseForm(forms.Form):
    """What an exercise leaves: how strong it was, before and after."""

    submission = forms.UUIDField(widget=forms.HiddenInput, error_messages=RELOAD)
    way = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    # Written by the script: empty where less than half was done.
    finished = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    before = NumberChoice(
        label=_("How strong is it right now?"),
        choices=ZERO_TO_TEN,
        widget=Rise(ends=ENDS),
        help_text=_("An urge, stress, worry: whatever brought you here."),
    )
    after = NumberChoice(label=_("How strong is it now?"), choices=ZERO_TO_TEN, widget=Rise(ends=ENDS))

    def clean_finished(self) -> bool:
        return bool(self.cleaned_data["finished"])


class PageForm(forms.Form):
    """A private page; sent twice it is kept once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, error_messages=RELOAD)


class EntryForm(PageForm):
    prompt = WordsField(label=_("The question"), longest=LINE_LENGTH, required=False)
    text = WordsField(
        label=_("Your page"),
        longest=PAGE_LENGTH,
        widget=text_area(10),
        error_messages={"required": _("Write a few words first. One line is enough.")},
    )
    mood = NumberChoice(
        label=_("How are you feeling?"),
        choices=[("1", _("Rough")), ("2", _("Low")), ("3", _("Okay")), ("4", _("Good")), ("5", _("Bright"))],
        widget=Sky,
    )


class ThoughtForm(PageForm):
    situation = WordsField(label=_("What was going on?"), longest=TEXT_LENGTH, required=False, widget=text_area(2))
    thought = WordsField(
        label=_("The thought, word for word"),
        longest=TEXT_LENGTH,
        widget=text_area(2),
        error_messages={"required": _("Write the thought down. One line is enough.")},
    )
    feeling = WordsField(label=_("What did you feel?"), longest=LINE_LENGTH, required=False)
    before = NumberChoice(label=_("How strong was it?"), choices=ZERO_TO_TEN, widget=Rise(ends=ENDS))
    speaks_for = WordsField(label=_("What speaks for it?"), longest=TEXT_LENGTH, required=False, widget=text_area(2))
    speaks_against = WordsField(
        label=_("What speaks against it?"), longest=TEXT_LENGTH, required=False, widget=text_area(2)
    )
    instead = WordsField(
        label=_("Another way to see it"),
        longest=TEXT_LENGTH,
        required=False,
        widget=text_area(2),
        help_text=_("Something you can half believe is enough."),
    )
    after = NumberChoice(label=_("How strong is the feeling now?"), choices=ZERO_TO_TEN, widget=Rise(ends=ENDS))


class WeighingForm(PageForm):
    use_gives = WordsField(
        label=_("What does using give me?"), longest=TEXT_LENGTH, required=False, widget=text_area(3)
    )
    use_costs = WordsField(label=_("What does it cost me?"), longest=TEXT_LENGTH, required=False, widget=text_area(3))
    change_gives = WordsField(
        label=_("What would changing give me?"), longest=TEXT_LENGTH, required=False, widget=text_area(3)
    )
    change_costs = WordsField(
        label=_("What would changing cost me?"), longest=TEXT_LENGTH, required=False, widget=text_area(3)
    )


class FindForm(forms.Form):
    """Words to look for in one's own pages."""

    q = forms.CharField(
        required=False,
        max_length=200,
        error_messages={
            "max_length": _("That is too much to look for at once. Type a few words."),
            "null_characters_not_allowed": _("There is a character in it that no page can hold. Type it again."),
        },
    )
