"""Whether somebody who can act on it may see a result. This room cannot know; the room that does says how to ask."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User

_readers: list[Callable[[User, datetime], bool]] = []


def register(reader: Callable[[User, datetime], bool]) -> None:
    """Make known who can tell; called once, when Django is ready."""
    if reader not in _readers:
        _readers.append(reader)


def someone_reviews(person: User, now: datetime) -> bool:
    """Return whether a professional may see this person's results at this moment; nobody, where no room says so."""
    return any(reader(person, now) for reader in _readers)
