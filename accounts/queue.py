"""Asks a worker to do something once what was just written is safe; services call tasks by name only."""

from typing import Any

from celery import current_app
from django.db import transaction


def enqueue(name: str, **ids: Any) -> None:
    """Send “room.verb” with ids as keywords, after the commit.

    A broker that is down costs nothing but time: the row stands, and a sweep finds it.
    """
    # A lambda and not functools.partial: Django 5.2 cannot name a partial when a robust callback fails.
    transaction.on_commit(lambda: _send(name, ids), robust=True)


def _send(name: str, ids: dict[str, Any]) -> None:
    current_app.send_task(name, kwargs=ids, ignore_result=True)
