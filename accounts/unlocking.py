"""The narrow door through which somebody else's private text is opened; only named modules may import this one.

The wall is a lint contract: `support.policies`, the workers that act for one owner, and the commands that do.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from accounts import keys


def unlock(person_ids: Iterable[uuid.UUID]) -> None:
    """Let the current request or task read these people's text; the caller has asked whether it may."""
    keys.current_ring().add(person_ids)


@contextmanager
def acting_for(person_id: uuid.UUID) -> Iterator[None]:
    """Read and write as one owner for the length of the block: an export, a reminder, the demo people."""
    with keys.ring_of(person_id):
        yield
