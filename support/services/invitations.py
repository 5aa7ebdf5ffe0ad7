"""Codes: made by whoever wants to be let in, typed by the person."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import User
from accounts.tries import count_try
from support.models import Invitation
from support.models.invitation import LIFETIME, hash_of, new_code
from support.policies import caller_of

TRIES = 10
WINDOW = 60 * 60  # seconds
# A used or expired code says nothing any more.
KEPT = timedelta(days=7)


class TooManyCodes(Refusal):
    """Too many codes were typed in a short time."""


class NotACounselor(Refusal):
    """Only somebody who was approved as a counselor is let in as one."""


@transaction.atomic
def make_invitation(*, maker: User, role: str, name: str, now: datetime) -> Invitation:
    """Make a code to hand over; an earlier one of the same kind that nobody used stops working.

    :raises NotACounselor: when the maker asks to be let in as what they are not
    """
    if role == "counselor" and not maker.is_counselor:
        raise NotACounselor(_("Only counselors can make this code."))
    User.objects.select_for_update().get(pk=maker.pk)
    Invitation.objects.of(maker).filter(role=role, used_at=None).delete()
    code = new_code()
    return Invitation.objects.create(
        person=maker, role=role, name=name, code=code, code_hash=hash_of(code), expires_at=now + LIFETIME
    )


def answer_code(*, person: User, code: str, now: datetime) -> tuple[Invitation, str] | None:
    """Return who is asking, and the name they gave, or None: wrong, used, run out and one's own look the same.

    :raises TooManyCodes: after 10 within an hour, right or wrong
    """
    if count_try(f"support-codes:{person.pk}", WINDOW) > TRIES:
        raise TooManyCodes(_("That was a lot of codes. Wait an hour, then try again."))
    found = caller_of(code, now=now)
    return found if found and found[0].person_id != person.pk else None


def drop_old_invitations(*, now: datetime) -> int:
    """Delete codes that ran out a week ago, used or not, and return how many."""
    return Invitation.objects.filter(expires_at__lt=now - KEPT).delete()[0]
