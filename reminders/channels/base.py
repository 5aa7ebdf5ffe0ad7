"""What every channel can do: say where somebody is reached, and take messages."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol
from uuid import UUID

from accounts.models import User
from reminders.letters import Letter
from reminders.models import Delivery


class Sender(Protocol):
    """An open line to a mail server or service, kept for a batch."""

    def send(self, letters: Sequence[Letter]) -> None:
        """Hand letters over, no more at once than the channel takes; returning means that the other side has them.

        :raises Refused: when the other side answered, and will not take this one
        :raises Unreachable: when there is nobody, or they refuse us whatever the letter
        """


class Channel(Protocol):
    slug: str
    takes_at_once: int  # letters in one hand-over; they are marked together
    no_address: Delivery.Reason

    def addresses(self, people: Sequence[User]) -> Mapping[UUID, tuple[Any, int | None]]:
        """Return how to reach each of them now, and the row it comes from; whoever cannot be reached is left out."""

    def open(self) -> AbstractContextManager[Sender]: ...
