"""Consent taken back while a counselor reads on: no read succeeds after it, and each before it is written down."""

import threading
import time

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from support.models import Access
from support.services import revoke_consent
from tests.support.factories import let_in

READERS = 4
PATIENCE = 60  # seconds
ALONE = {"databases": ["default", "keys"], "transaction": True, "serialized_rollback": True}


def wait_for(count: int, status: int, reads: list[tuple[float, float, int]]) -> None:
    until = time.monotonic() + PATIENCE
    while sum(each[2] == status for each in list(reads)) < count and time.monotonic() < until:
        time.sleep(0.02)


@pytest.mark.postgres
@pytest.mark.django_db(**ALONE)
def test_no_read_succeeds_after_the_commit_and_each_before_it_left_its_row(alice, bob, signed_in):
    consent = let_in(alice, bob)
    reads: list[tuple[float, float, int]] = []
    over = threading.Event()

    def read(browser: Client) -> None:
        try:
            while not over.is_set():
                began = time.monotonic()
                status = browser.get(f"/desk/{alice.pk}/").status_code
                reads.append((began, time.monotonic(), status))
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read, args=(signed_in(bob),)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    wait_for(12, 200, reads)
    revoke_consent(consent=consent, now=timezone.now())
    committed = time.monotonic()
    wait_for(12, 404, reads)
    over.set()
    for reader in readers:
        reader.join()

    seen = [read for read in reads if read[2] == 200]
    assert {status for _began, _ended, status in reads} == {200, 404}
    assert all(began < committed for began, _ended, _status in seen)
    assert Access.objects.filter(person_id=alice.pk, viewer_id=bob.pk, page=Access.Page.CLIENT).count() == len(seen)
    positions = list(Access.objects.filter(person_id=alice.pk).order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(seen) + 1))
