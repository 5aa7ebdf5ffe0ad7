"""The questions of a look-back, one at a time: what happened that day, and what to change. Pure words and order.

Source: functional analysis as in the clinical brief 2.4 (S55); not right after use, safety first (S56).
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Step(NamedTuple):
    """One question: the column that keeps the answer, the question, and a line that helps."""

    field: str
    question: Words
    hint: Words


STEPS = (
    Step("situation", _("Where were you, when was it, and who was there?"), _("A few words are enough.")),
    Step(
        "vulnerability",
        _("What had made the day harder before that?"),
        _("Little sleep, hunger, pain, loneliness, an argument, money: whatever it was."),
    ),
    Step("trigger", _("What set it off?"), _("A place, a person, a message, a feeling, a smell.")),
    Step("thought", _("What went through your head?"), _("Often there is one thought that gives permission.")),
    Step("feeling", _("What did you feel, and how strong was the pull?"), _("Both can be true: wanting to and not.")),
    Step("used", _("What was it, and how much?"), _("Only if you want to write it down.")),
    Step("gave", _("What did it give you?"), _("It gave something, or there would have been no pull.")),
    Step("cost", _("What did it cost you?"), _("In the hours after, and since.")),
    Step(
        "turning",
        _("Where could it have gone another way?"),
        _("One or two moments, and one different move at each."),
    ),
    Step("stopped", _("What stopped it from going on?"), _("You are here. Something helped.")),
    Step("change", _("What is one thing to change?"), _("Small, and yours. It can go straight into your plan.")),
)
LAST = len(STEPS)
FIELDS = tuple(step.field for step in STEPS)
