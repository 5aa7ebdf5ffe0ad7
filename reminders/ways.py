"""What can be done to the ways a message takes: browsers that take notifications, and the calendar feed."""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from py_vapid import Vapid

from accounts.exceptions import Refusal
from accounts.models import User
from reminders import channels
from reminders.channels.push import is_push_service
from reminders.models import CalendarFeed, Channel, PushDevice

MOST_DEVICES = 10


class NotAPushService(Refusal):
    """The address is none of a push service that we know."""


class TooManyDevices(Refusal):
    """More browsers than anybody uses."""


def ways_of() -> list[tuple[str, str]]:
    """Return the ways that are open here, with their names, in the order in which they are offered."""
    return [(way.value, str(way.label)) for way in Channel if channels.get(way.value)]


@transaction.atomic
def add_device(*, person: User, endpoint: str, p256dh: str, auth: str, label: str = "") -> PushDevice:
    """Keep a browser that takes notifications; the same one again is kept once, with its newest keys.

    :raises NotAPushService: for any other address, so that nobody has us call whatever they like
    :raises TooManyDevices: for more than 10
    """
    if not is_push_service(endpoint):
        raise NotAPushService(_("We do not know the push service of this browser. Pick another way."))
    mine = PushDevice.objects.of(person)
    if mine.exclude(endpoint=endpoint).count() >= MOST_DEVICES:
        raise TooManyDevices(_("10 devices are kept already. Remove one first."))
    device, _made = PushDevice.objects.update_or_create(
        person=person, endpoint=endpoint, defaults={"p256dh": p256dh, "auth": auth, "label": label, "refused": 0}
    )
    return device


def remove_device(*, device: PushDevice) -> None:
    """Send nothing there any more."""
    device.delete()


@transaction.atomic
def open_feed(*, person: User) -> str:
    """Make a new address for a calendar to read, and return its token; an earlier one leads nowhere from now on."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(person=person, defaults={"token_hash": hash_of(token)})
    return token


def close_feed(*, person: User) -> None:
    """Let no calendar read it any more; doing it twice changes nothing."""
    CalendarFeed.objects.of(person).delete()


def person_of_feed(token: str) -> User | None:
    """Return whose feed an address is, or None where it is nobody's."""
    feed = (
        CalendarFeed.objects.filter(token_hash=hash_of(token), person__is_active=True).select_related("person").first()
    )
    return feed.person if feed else None


def public_push_key() -> str:
    """Return what browsers ask for before they let us send: the public half of VAPID_KEY."""
    public = Vapid.from_string(settings.VAPID_KEY).public_key
    raw = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def feed_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/feeds/calendar/{token}.ics"
