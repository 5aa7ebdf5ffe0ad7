"""The app lock: a PIN that opens what was hidden on a phone where somebody is signed in. By itself it is no way in."""

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import User

# After so many wrong ones the browser is signed out: the password is asked then, and nothing is left to guess at.
TRIES = 5
WINDOW = 24 * 3600  # seconds in which wrong ones are counted together
SHORTEST, LONGEST = 4, 12
# After how many minutes without a page the PIN is asked; 0 means only after hiding.
MINUTES = (0, 1, 5, 15, 60)


class NotAPin(Refusal):
    """It is no number of 4 to 12 digits, or one that everybody tries first."""


class WrongPin(Refusal):
    """What was typed is not the PIN."""


class TooManyPins(Refusal):
    """Too many wrong ones: sign in again."""


def set_pin(*, person: User, pin: str, minutes: int) -> None:
    """Lock the person's browsers with this PIN from now on, or change it. Kept as a hash with a salt of its own.

    :raises NotAPin: when it is too short, too long, no number, or one digit over and over
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise NotAPin(_("A PIN is 4 to 12 digits."))
    if len(set(pin)) == 1 or pin in "01234567890123456789" or pin in "98765432109876543210":
        raise NotAPin(_("That is one of the first that anybody tries. Mix the digits."))
    person.pin, person.locks_after = make_password(pin), minutes if minutes in MINUTES else 0
    person.save(update_fields=["pin", "locks_after"])
    cache.delete(_counter(person))


def remove_pin(*, person: User) -> None:
    person.pin, person.locks_after = "", 0
    person.save(update_fields=["pin", "locks_after"])


def check_pin(*, person: User, pin: str) -> None:
    """Go on only if this is the person's PIN.

    :raises TooManyPins: with the fifth wrong one; whoever calls signs the browser out
    :raises WrongPin: when it is not
    """
    key = _counter(person)
    cache.add(key, 0, WINDOW)
    # Counted before it is looked at, so that many at once get no more tries than one after the other.
    tries = cache.incr(key)
    if tries <= TRIES and check_password(pin, person.pin):
        cache.delete(key)
        return
    if tries >= TRIES:
        raise TooManyPins(_("That was not right a few times. Sign in again."))
    raise WrongPin(_("That is not your PIN."))


def forget_tries(person: User) -> None:
    """Count anew: somebody has just given the password."""
    cache.delete(_counter(person))


def lock_tag(person: User) -> str:
    """Return a name for the PIN in force, which changes with it and tells nothing of it; empty without one.

    What a browser keeps sealed under an older PIN is known by it, and thrown away.
    """
    return salted_hmac("accounts.lock", person.pin).hexdigest()[:16] if person.pin else ""


def person_tag(person: User) -> str:
    """Return a name for the person by which a browser knows whose things it keeps; it cannot be turned back."""
    return salted_hmac("accounts.person", str(person.pk)).hexdigest()[:16]


def _counter(person: User) -> str:
    return f"pin:{person.pk}"
