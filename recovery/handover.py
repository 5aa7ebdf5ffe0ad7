"""What to have ready when a time in care ends: the parts of the way home, and which are still open. Pure words.

Source of the parts: clinical brief 2.3 and 3.1 (who to call, medication, naloxone); the rest is our own list.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# For a month after it ends, an overdose is several times as likely. Source: clinical brief 3.1 (S71).
RISKY_DAYS = 30
# So many days before it ends, Today asks whether the way home is ready.
DAYS_BEFORE = 7


class Part(NamedTuple):
    """One part of a handover: the column that keeps it, the question, and a line that helps."""

    field: str
    question: Promise
    hint: Promise


PARTS = (
    Part(
        "first_visit",
        _("My first appointment"),
        _("With whom, where, at what time. Within the first week is best; ask them to make it before you leave."),
    ),
    Part("who_to_call", _("Who I call, day or night"), _("One person at least, and a number that always answers.")),
    Part(
        "medication",
        _("My medication"),
        _("What you take home, how many days it lasts, who prescribes the next. If there is none, write that."),
    ),
    Part("naloxone", _("Where the naloxone is"), _("And who else knows. A pharmacy or a harm reduction group has it.")),
    Part("safe_place", _("Where I stay"), _("Somewhere nobody uses, if there is such a place.")),
    Part(
        "first_hours",
        _("What I do in the first 72 hours"),
        _("One thing a line: who picks you up, what you eat, where you are each evening."),
    ),
)
FIELDS = tuple(part.field for part in PARTS)


def open_parts(kept: Mapping[str, str]) -> list[Part]:
    """Return the parts that nothing is written for yet, in order."""
    return [part for part in PARTS if not kept.get(part.field, "").strip()]


def in_risky_days(ended_on: date | None, today: date) -> bool:
    """Return whether today is one of the first 30 days after the end, its own day included."""
    return ended_on is not None and ended_on <= today < ended_on + timedelta(days=RISKY_DAYS)
