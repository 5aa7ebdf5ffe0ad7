"""The access log looked after: chains checked, and the one door through which old rows go."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from support.models import Access, AccessChain, LogMaintenance
from support.models.access import START

# Six years, for which US law has the account of who looked kept (45 CFR 164.528), with both leap days there can be.
KEPT = timedelta(days=6 * 365 + 2)


def verify_chains() -> list[UUID]:
    """Return the people whose log was changed, cut or lost: it no longer fits its chain."""
    people = set(AccessChain.objects.values_list("person_id", flat=True))
    people |= set(Access.objects.values_list("person_id", flat=True).distinct())
    return sorted(person_id for person_id in people if not fits(person_id))


@transaction.atomic
def fits(person_id: UUID) -> bool:
    """Return whether one person's log is whole, from the first row that is still kept to where its chain ends."""
    # Locked, so that a look written just now is wholly in or wholly out.
    chain = AccessChain.objects.select_for_update().filter(person_id=person_id).first()
    position, before = (chain.dropped, chain.tail) if chain else (0, START)
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


def drop_old_looks(*, now: datetime) -> int:
    """Delete the looks that are older than 6 years, and return how many.

    A log that does not fit its chain is left as it is, for whoever looks into it.
    """
    old = Access.objects.filter(at__lt=now - KEPT).order_by("person_id").values_list("person_id", flat=True).distinct()
    return sum(_drop_old_looks_at(person_id, now) for person_id in list(old) if fits(person_id))


def _drop_old_looks_at(person_id: UUID, now: datetime) -> int:
    with open_maintenance(reason="older than 6 years"):
        chain = AccessChain.objects.select_for_update().get(person_id=person_id)
        rows = Access.objects.filter(person_id=person_id).order_by("position")
        # From the first row on and no further than the first that must stay, so that what stays is one piece.
        kept = rows.filter(at__gte=now - KEPT).first()
        old = rows.filter(position__lt=kept.position) if kept else rows
        last = old.last()
        if last is None:
            return 0
        chain.dropped, chain.tail = last.position, last.hash
        chain.save(update_fields=["dropped", "tail"])
        return old.delete()[0]
