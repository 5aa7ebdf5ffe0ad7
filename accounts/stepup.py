"""Asks for the password again before something that cannot be taken back, or that lets somebody in."""

from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import User
from accounts.tries import count_try, forget_tries

# As many wrong tries as a shaking hand needs, too few to guess with.
TRIES = 5
WINDOW = 5 * 60  # seconds


class WrongPassword(Refusal):
    """What was typed is not the password."""


class TooManyTries(Refusal):
    """Too many wrong passwords in a short time."""


def confirm_password(*, person: User, password: str) -> None:
    """Go on only if this is the person's password.

    :raises TooManyTries: after 5 wrong ones within 5 minutes, right or wrong
    :raises WrongPassword: when it is not
    """
    name = f"stepup:{person.pk}"
    if count_try(name, WINDOW) > TRIES:
        raise TooManyTries(_("That was not right a few times. Wait five minutes, then try again."))
    if not person.check_password(password):
        raise WrongPassword(_("That is not your password. Nothing has changed."))
    forget_tries(name, WINDOW)
