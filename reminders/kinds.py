"""The kinds of reminder there are. Rooms above register theirs, so that this room knows none by name."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.functional import Promise

from accounts.models import User

Asked = tuple[User, date]
Opened = Callable[[UUID], AbstractContextManager[None]]


def anybody(person: User) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """What one kind of reminder says, where it leads, and when it would come too late or for nothing.

    `is_done` is asked again right before each message, for the local date it was meant for, which need not be today.
    A kind that many people have also gives `are_done`, so that a batch costs one question instead of one a person.
    """

    slug: str
    label: str | Promise  # on the person's own pages
    line: str | Promise  # the one sentence in the message; it must say nothing about the person
    leads_to: str  # URL name
    is_done: Callable[[User, date], bool]
    max_lateness: timedelta
    is_daily: bool = False  # the one that the first steps and the settings page set
    detail: str | Promise = ""  # the sentence for whoever asked for more; still no name, substance or number
    about: str | Promise = ""  # one line on the page where it is set
    may_set: Callable[[User], bool] | None = None  # who sees it on that page; None: it is set where it belongs
    usual_time: time = time(9)
    usual_days: int = 0b111_1111  # one bit a weekday, Monday the lowest
    many_times: bool = False  # whether several times a day make sense
    are_done: Callable[[Collection[Asked]], Collection[tuple[UUID, date]]] | None = None
    # The last local date on which each of these people did it. Given: after three dates in silence one kind last word.
    last_done: Callable[[Collection[UUID]], Mapping[UUID, date]] | None = None
    reads_private: bool = False  # `is_done` reads the person's sealed text, so their key is at hand while it is asked
    # Those of these people for whom something else matters more just now.
    held_among: Callable[[Collection[UUID], datetime], Collection[UUID]] | None = None

    def done_among(self, asked: Collection[Asked], opened: Opened) -> set[tuple[UUID, date]]:
        """Return for which of these people and dates there is nothing left to say.

        :param opened: a block in which one person's sealed text can be read
        """
        if self.are_done:
            return set(self.are_done(asked))
        return {(person.pk, day) for person, day in asked if self._is_done(person, day, opened)}

    def _is_done(self, person: User, day: date, opened: Opened) -> bool:
        with opened(person.pk) if self.reads_private else nullcontext():
            return self.is_done(person, day)


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


def offered_to(person: User) -> Iterator[Kind]:
    """Yield what the person can set on the page of reminders, the daily one left out."""
    for kind in _kinds.values():
        if kind.may_set and not kind.is_daily and kind.may_set(person):
            yield kind
