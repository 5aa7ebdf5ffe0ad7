"""The kinds of reminder there are. Rooms above register theirs, so that this room knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from accounts.models import User


@dataclass(frozen=True)
class Kind:
    """What one kind of reminder says, where it leads, and when it would come too late or for nothing."""

    slug: str
    label: str | Promise  # on the person's own settings page
    line: str | Promise  # the one sentence in the message; it must say nothing about the person
    leads_to: str  # URL name
    is_done: Callable[[User, date], bool]  # for the local date it was meant for, which need not be today
    max_lateness: timedelta
    is_daily: bool = False  # the one that the first steps and the settings page set


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; registering it again replaces it."""
    _kinds[kind.slug] = kind


def get(slug: str) -> Kind | None:
    return _kinds.get(slug)


def daily() -> Kind:
    """Return the kind that is the daily reminder.

    :raises LookupError: when no room has registered one
    """
    for kind in _kinds.values():
        if kind.is_daily:
            return kind
    raise LookupError("No room has registered a daily kind of reminder.")
