"""What goes out, whatever the channel, and what a channel may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from reminders.kinds import Kind
from reminders.models import Delivery


class Refused(Exception):
    """The other side did not take this message; `cause` is a word for the count of failures.

    `for_good` says whether trying this message again makes sense, `no_address` whether any other would fare better,
    `wait` how long they ask us to wait.
    """

    def __init__(self, cause: str, *, for_good: bool, no_address: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(cause)
        self.cause, self.for_good, self.no_address, self.wait = cause, for_good, no_address, wait


class Dropped(Refused):
    """The other side was there and then hung up or fell silent over this message. Several in a row: it is away."""

    def __init__(self) -> None:
        super().__init__("dropped", for_good=False)


class Unreachable(Exception):
    """There is nobody to talk to just now, so nobody else's message would get through either."""

    def __init__(self, wait: timedelta | None = None) -> None:
        super().__init__("unreachable")
        self.wait = wait


@dataclass(frozen=True)
class Letter:
    """What goes out: where to, and nothing else that could tell who the person is."""

    delivery: Delivery
    kind: Kind
    address: Any  # what the channel needs to reach the person
    address_id: int | None = None  # of the row the address comes from, where it may turn out to be dead
    is_last_word: bool = False

    @property
    def language(self) -> str:
        return self.delivery.person.language

    @property
    def line(self) -> str:
        """The one sentence; call it in the person's language."""
        if self.is_last_word:
            return _("These messages stop here for now. Come by when you like; they start again by themselves then.")
        schedule = self.delivery.schedule
        return str((schedule.says_more and self.kind.detail) or self.kind.line)

    @property
    def leads_to(self) -> str:
        # The last word leads to where a pause or the end can be chosen.
        return "reminders:settings" if self.is_last_word else self.kind.leads_to
