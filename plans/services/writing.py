"""Private pages: a journal, thoughts, two sides weighed. Each lights its day, and goes for good when removed."""

import uuid
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext

from accounts.clock import local_day
from accounts.models import User
from plans.models import JournalEntry, ThoughtRecord, Weighing, Written
from plans.services.days import forget, light_day
from plans.services.tools import SubmissionTaken
from plans.services.triggers import NothingSaid
from resources.folding import fold, search_words

W = TypeVar("W", JournalEntry, ThoughtRecord, Weighing)


@transaction.atomic
def write(model: type[W], *, person: User, submission: uuid.UUID, now: datetime, **said: Any) -> W:
    """Keep a page and light its day; the same submission sent again is the same page.

    :param said: the columns of the page by name
    :raises NothingSaid: when there is no word in it
    :raises SubmissionTaken: when the submission is kept with other words
    """
    _check(said)
    page, made = model.objects.get_or_create(
        person=person,
        submission=submission,
        defaults={**said, "day": local_day(person, now), "created_at": now},
    )
    if not made and any(getattr(page, name) != value for name, value in said.items()):
        raise SubmissionTaken(gettext("This page was saved already, with other words. Open it to change them."))
    light_day(person=person, day=page.day, source=page.pk)
    return page


@transaction.atomic
def rewrite(page: W, **said: Any) -> W:
    """Give a page other words; it stays on its day.

    :raises NothingSaid: when there is no word in it
    """
    _check(said)
    for name, value in said.items():
        setattr(page, name, value)
    page.save(force_update=True)
    return page


@transaction.atomic
def remove_page(page: Written) -> None:
    """Delete a page for good; its day stays lit if something else lit it."""
    forget(source=page.pk)
    page.delete()


def search_journal(person: User, wanted: str) -> list[JournalEntry]:
    """Return the entries that hold every word, newest first.

    The database cannot search sealed text: the pages are opened one by one in memory, with the person's own key.
    """
    words = search_words(wanted)
    found = JournalEntry.objects.of(person).newest_first()
    return [entry for entry in found if all(word in fold(f"{entry.prompt} {entry.text}") for word in words)]


def latest_weighing(person: User) -> Weighing | None:
    """Return the newest weighing, which Help now quotes."""
    return Weighing.objects.of(person).newest_first().first()


def _check(said: dict[str, Any]) -> None:
    if not any(isinstance(value, str) and value.strip() for value in said.values()):
        raise NothingSaid(gettext("Write a few words first. One line is enough."))
