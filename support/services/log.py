"""The access log looked after: chains checked, and the one door through which old rows go."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from support.models import Access, AccessChain, LogMaintenance
from support.models.access import START


def verify_chains() -> list[UUID]:
    """Return the people whose log was changed, cut or lost: it no longer fits its chain."""
    people = set(AccessChain.objects.values_list("person_id", flat=True))
    people |= set(Access.objects.values_list("person_id", flat=True).distinct())
    return sorted(person_id for person_id in people if not fits(person_id))


@transaction.atomic
def fits(person_id: UUID) -> bool:
    """Return whether one person's log is whole, from its first row to where its chain ends."""
    # Locked, so that a look written just now is wholly in or wholly out.
    chain = AccessChain.objects.select_for_update().filter(person_id=person_id).first()
    position, before = 0, START
    for row in Access.objects.filter(person_id=person_id).order_by("position").iterator(chunk_size=1000):
        if (row.position, row.before, row.hash) != (position + 1, before, row.expected_hash()):
            return False
        position, before = row.position, row.hash
    return chain is not None and (chain.length, chain.head) == (position, before)


@contextmanager
def open_maintenance(*, reason: str) -> Iterator[None]:
    """Let rows of the log be deleted for the length of the block, in one transaction."""
    with transaction.atomic():
        row = LogMaintenance.objects.create(reason=reason)
        yield
        row.delete()
