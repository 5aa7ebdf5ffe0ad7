"""A short form that is sent twice keeps one thing."""

import uuid

from accounts.models import User


def key_for(person: User, submission: uuid.UUID | None) -> uuid.UUID:
    """Return the key for what a form makes: the same for the same person and form, so that a double tap makes one.

    It is made from both, so nobody can aim at what is another person's.
    """
    return uuid.uuid5(person.pk, str(submission)) if submission else uuid.uuid4()
