"""Form fields for a shaky thumb: large choices, bars to tap, a slider with steps. See docs/components.md."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Picks(forms.RadioSelect):
    """One of a few, as large rows. A choice's second line comes from `hints`, by value."""

    template_name = "components/widgets/picks.html"

    def __init__(self, *args: Any, hints: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option


class ManyPicks(Picks, forms.CheckboxSelectMultiple):
    """Any of a few, as large rows."""

    allow_multiple_selected = True
    input_type = "checkbox"


class Segments(forms.RadioSelect):
    """One of two to five short words, side by side."""

    template_name = "components/widgets/segments.html"


class Chips(forms.CheckboxSelectMultiple):
    """Any of many short words."""

    template_name = "components/widgets/chips.html"


class Sky(forms.RadioSelect):
    """A mood from 1 to 5, drawn as weather and always with its word."""

    template_name = "components/widgets/sky.html"


class Rise(forms.RadioSelect):
    """A strength from 0 to 10 as eleven rising bars: tap, slide or arrow keys."""

    template_name = "components/widgets/rise.html"

    def __init__(self, *args: Any, says: Any = "", least: Any = "", most: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault("choices", [(str(value), str(value)) for value in range(11)])
        super().__init__(*args, **kwargs)
        self.words = {"says": says, "least": least, "most": most}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), **self.words}


class Steps(forms.NumberInput):
    """A number to set with care: a slider between two step buttons, or a plain number field without a script."""

    template_name = "components/widgets/steps.html"
    WORDS = (_("mild"), _("noticeable"), _("strong"), _("very strong"))

    def __init__(self, *args: Any, low: int = 1, high: int = 10, words: Any = WORDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attrs.update({"min": low, "max": high, "step": 1, "inputmode": "numeric"})
        self.words = words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "words": "|".join(map(str, self.words))}


class Switch(forms.CheckboxInput):
    """Something that is on or off."""

    template_name = "components/widgets/switch.html"
