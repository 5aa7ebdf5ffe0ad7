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


class Chips(forms.CheckboxSelectMultiple):
    """Any of many short words."""

    template_name = "components/widgets/chips.html"


class ChipGroups(Chips):
    """Any of many short words, under the name of their group."""

    template_name = "components/widgets/chip_groups.html"


class Rise(forms.RadioSelect):
    """0 to 10 as rising bars; `ends` are the words for 0 and for 10."""

    template_name = "components/widgets/rise.html"

    def __init__(self, *args: Any, ends: tuple[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = ends

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "ends": self.ends}


class Sky(forms.RadioSelect):
    """A mood from 1 to 5, drawn as weather with its word."""

    template_name = "components/widgets/sky.html"


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
