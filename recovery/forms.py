"""What the pages accept: shape only. Whether a deed may be done is the service's to say."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Sky
from plans.models import Strategy, StrategyUse, Trigger
from recovery.models import CheckIn
from recovery.models.checkin import HALT_WORDS, NOTE_LENGTH, Connection, Medication, Mood, PartOfDay, SleepQuality, Used

TRIED = "tried_"  # what the name of a question about one strategy begins with
OTHER = "other"  # the chip for something that is on no list
PLAIN_TEXT = {
    "null_characters_not_allowed": _("There is a character in here that can't be kept. Type the line again."),
    "max_length": _("This is %(show_value)d characters long. %(limit_value)d fit: shorten it, nothing is lost."),
}
SLEEP = [("3", _("Under 4")), ("4.5", "4–5"), ("6", "6"), ("7", "7"), ("8", "8+")]
# What some questions are called when the form is about a day that is over.
PAST_LABELS = {
    "mood": _("How were you feeling?"),
    "craving": _("Strongest craving that day"),
    "sleep": _("Sleep the night before"),
    "around": _("Anything around that day?"),
    "used": _("Any drinking or using that day?"),
    "medication": _("Medication that day"),
    "halt": _("Any of these that day?"),
}
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def choice(choices: Iterable[Any], **options: Any) -> forms.ChoiceField:
    """One of a few radios; nothing is chosen beforehand."""
    options.setdefault("required", False)
    options.setdefault("error_messages", {"invalid_choice": _("Choose one of the answers shown.")})
    return forms.ChoiceField(choices=[(str(value), label) for value, label in choices], **options)


class CheckInForm(forms.Form):
    """One submission. The first screen has six questions; the rest waits under “More”.

    What the plan offers and whether a mood is needed are asked for only where it matters: saving does without.
    """

    submission = forms.UUIDField(error_messages={"invalid": _("Reload this page, then save again.")})
    mood = choice(Mood.choices, label=_("How are you feeling?"))
    craving = choice([(number, number) for number in range(11)], label=_("Strongest craving today"))
    sleep = choice(SLEEP, label=_("Sleep last night"))
    around = forms.MultipleChoiceField(
        required=False,
        label=_("Anything around today?"),
        error_messages={"invalid_choice": _("Choose from the list shown.")},
    )
    used = choice(Used.choices, label=_("Any drinking or using since yesterday?"))
    over_limit = choice(YES_NO, label=_("Was it more than you planned?"))
    note = forms.CharField(
        required=False, label=_("A line for yourself"), max_length=NOTE_LENGTH, error_messages=PLAIN_TEXT
    )
    medication = choice(Medication.choices, label=_("Medication today"))
    connection = choice(Connection.choices, label=_("In touch with someone?"))
    confidence = choice([(number, number) for number in range(11)], label=_("How sure do you feel about tomorrow?"))
    halt = forms.MultipleChoiceField(required=False, label=_("Any of these today?"), choices=list(HALT_WORDS.items()))
    risky_ahead = choice(YES_NO, label=_("Anything risky coming up?"))
    sleep_quality = choice(SleepQuality.choices, label=_("How was the sleep?"))
    sleep_exact = forms.DecimalField(
        required=False,
        label=_("Hours of sleep, if you like it exact"),
        min_value=0,
        max_value=24,
        step_size=Decimal("0.5"),
        error_messages={
            "invalid": _("Write the hours as a number, like 6.5."),
            "min_value": _("Sleep is between 0 and 24 hours."),
            "max_value": _("Sleep is between 0 and 24 hours."),
            "step_size": _("Half hours are close enough: 6, 6.5 or 7."),
        },
    )
    craving_when = choice(PartOfDay.choices, label=_("When was craving strongest?"))
    good_things = forms.CharField(
        required=False, label=_("Three good things"), max_length=NOTE_LENGTH, error_messages=PLAIN_TEXT
    )

    def __init__(
        self,
        *args: Any,
        triggers: Callable[[], Iterable[Trigger]],
        strategies: Callable[[], Iterable[Strategy]],
        mood_needed: Callable[[], bool],
        past: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._triggers, self._strategies, self._mood_needed = triggers, strategies, mood_needed
        around = self.fields["around"]
        assert isinstance(around, forms.MultipleChoiceField)
        around.choices = self._around
        for name, label in PAST_LABELS.items() if past else ():
            self.fields[name].label = label
        # Nobody who said nothing about a strategy has to wait for their list.
        self.tried: dict[str, Strategy] = {}
        if any(name.startswith(TRIED) and value for name, value in (self.data or self.initial).items()):
            self._offer_strategies()

    @cached_property
    def mood_needed(self) -> bool:
        return self._mood_needed()

    def _around(self) -> list[tuple[str, Any]]:
        return [*self._known_triggers, (OTHER, _("Something else"))]

    @cached_property
    def _known_triggers(self) -> list[tuple[str, str]]:
        return [(str(each.pk), each.name) for each in self._triggers()]

    def _offer_strategies(self) -> None:
        self.tried = {f"{TRIED}{each.pk}": each for each in self._strategies()}
        for name, strategy in self.tried.items():
            self.fields[name] = choice(StrategyUse.Outcome.choices, label=strategy.name)

    def tried_fields(self) -> Iterator[BoundField]:
        if not self.tried:
            self._offer_strategies()
        for name in self.tried:
            yield self[name]

    @property
    def more_is_open(self) -> bool:
        """Whether something under “More” is filled in or wrong, so that it must not be folded away."""
        first = {"submission", "mood", "craving", "sleep", "around", "used", "over_limit", "note"}
        return any(self[name].value() or name in self.errors for name in self.fields if name not in first)

    def clean_mood(self) -> str:
        mood: str = self.cleaned_data["mood"]
        if not mood and self.mood_needed:
            raise forms.ValidationError(_("Choose how you are feeling. It is the only answer a check-in needs."))
        return mood

    def answers(self, intensities: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answers as the service takes them; what was left empty says nothing.

        `intensities` holds what was said of a trigger elsewhere, which this form does not ask.
        """
        intensities = intensities or {}
        data = self.cleaned_data
        hours = data["sleep_exact"] if data["sleep_exact"] is not None else data["sleep"]
        around = [each for each in data["around"] if each != OTHER]
        return {
            "mood": _number(data["mood"]),
            "craving": _number(data["craving"]),
            "sleep_half_hours": None if hours in {None, ""} else int(Decimal(hours) * 2),
            "met": [(uuid.UUID(each), intensities.get(each)) for each in around],
            "something_else": True if OTHER in data["around"] else None,
            "used": data["used"],
            "over_limit": answer_of(data["over_limit"]),
            "note": data["note"],
            "medication": data["medication"],
            "connection": data["connection"],
            "confidence": _number(data["confidence"]),
            "halt": "".join(letter for letter in HALT_WORDS if letter in data["halt"]),
            "risky_ahead": answer_of(data["risky_ahead"]),
            "sleep_quality": _number(data["sleep_quality"]),
            "craving_when": data["craving_when"],
            "good_things": data["good_things"],
            "strategies": [(each.pk, data[name]) for name, each in self.tried.items() if data[name]],
        }


def first_answers(checkin: CheckIn) -> dict[str, Any]:
    """What an edit starts from: the answers as they are kept, in the form's own values."""
    hours = checkin.sleep_hours
    listed = {float(value) for value, _label in SLEEP}
    return {
        "mood": checkin.mood,
        "craving": checkin.craving,
        "sleep": f"{hours:g}" if hours in listed else "",
        "sleep_exact": None if hours is None or hours in listed else f"{hours:g}",
        "around": [*(key for key, _detail in checkin.met), *([OTHER] if checkin.something_else else [])],
        "used": checkin.used,
        "over_limit": word_of(checkin.over_limit),
        "note": checkin.note,
        "medication": checkin.medication,
        "connection": checkin.connection,
        "confidence": checkin.confidence,
        "halt": list(checkin.halt),
        "risky_ahead": word_of(checkin.risky_ahead),
        "sleep_quality": checkin.sleep_quality,
        "craving_when": checkin.craving_when,
        "good_things": checkin.good_things,
        **{f"{TRIED}{key}": outcome for key, outcome in checkin.strategies},
    }


class GoodThingsForm(forms.Form):
    """Three lines, each with its why; a day without a check-in also needs a mood, since they are kept in one."""

    submission = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("Reload this page, then save.")}
    )
    first = forms.CharField(label=_("One good thing, and why"), max_length=NOTE_LENGTH, error_messages=PLAIN_TEXT)
    second = forms.CharField(label=_("Another"), required=False, max_length=NOTE_LENGTH, error_messages=PLAIN_TEXT)
    third = forms.CharField(label=_("And one more"), required=False, max_length=NOTE_LENGTH, error_messages=PLAIN_TEXT)
    mood = choice(Mood.choices, label=_("How are you feeling?"), widget=Sky)

    def __init__(self, *args: Any, mood_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].error_messages["required"] = _("Write one. It can be small.")
        for name in ("first", "second", "third"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})
        if mood_needed:
            self.fields["mood"].required = True
            self.fields["mood"].error_messages["required"] = _("Choose how you are feeling, so the day can be kept.")
        elif not self.data.get("mood"):  # sent twice, the day has its check-in by then and the form still its mood
            del self.fields["mood"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if len(self._lines(data)) > NOTE_LENGTH:  # as much as the check-in holds, which shows them in one field
            too_long = _("Together this is too long: %(limit)s characters fit. Shorten it, nothing is lost.")
            self.add_error(None, too_long % {"limit": NOTE_LENGTH})
        return data

    def _lines(self, data: dict[str, Any]) -> str:
        lines = (" ".join(data.get(name, "").split()) for name in ("first", "second", "third"))
        return "\n".join(line for line in lines if line)

    def answers(self) -> dict[str, Any]:
        return {
            "good_things": self._lines(self.cleaned_data),
            "mood": _number(self.cleaned_data.get("mood", "")),
        }


def first_good_things(text: str) -> dict[str, str]:
    """What the three lines start from; whatever stands below the third goes into it."""
    lines = [line for line in text.splitlines() if line.strip()]
    return dict(zip(("first", "second", "third"), [*lines[:2], " ".join(lines[2:])], strict=False))


def _number(value: str) -> int | None:
    return int(value) if value else None


def answer_of(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def word_of(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"
