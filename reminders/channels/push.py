"""Web push: a wake-up with nothing in it but the id of the message, sent to the browsers that the person chose.

A push service belongs to somebody else (Google, Mozilla, Apple, Microsoft), so it learns
that something came, never what.
"""

from __future__ import annotations

import ipaddress
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

import requests
from django.conf import settings
from pywebpush import WebPushException, webpush

from accounts.models import User
from reminders.letters import Letter, Refused, Unreachable
from reminders.models import Delivery, PushDevice

ANSWERS_WITHIN = 10  # seconds
MAX_RETRY_AFTER = 3600  # seconds; a service that asks for more is asked again anyway
# After so many odd refusals in a row a browser is not written to any more.
ODD_IN_A_ROW = 3


def is_push_service(endpoint: str) -> bool:
    """Return whether an address is one of a known push service: nobody may have us call whatever they like."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    try:
        port = parts.port
    except ValueError:
        return False
    if parts.username or parts.password or not _is_listed(host):
        return False
    if parts.scheme == "http":  # a test server on this machine, where an operator has listed it
        return _is_loopback(host)
    return parts.scheme == "https" and (port in {None, 443} or _is_loopback(host))


def _is_listed(host: str) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in settings.PUSH_HOSTS)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Push:
    slug = "push"
    takes_at_once = 1
    no_address = Delivery.Reason.NO_DEVICE

    def addresses(self, people: Sequence[User]) -> Mapping[UUID, tuple[list[PushDevice], None]]:
        found: dict[UUID, list[PushDevice]] = defaultdict(list)
        for device in PushDevice.objects.filter(person__in=people, refused__lt=ODD_IN_A_ROW):
            if is_push_service(device.endpoint):
                found[device.person_id].append(device)
        return {owner: (devices, None) for owner, devices in found.items()}

    @contextmanager
    def open(self) -> Iterator[Pusher]:
        with requests.Session() as session:
            # Another host's address in an answer is no push service we know.
            session.max_redirects = 0
            yield Pusher(session)


class Pusher:
    """Connections to push services, kept for a batch."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def send(self, letters: Sequence[Letter]) -> None:
        """Hand a letter to each of the person's browsers; one that takes it is enough.

        :raises Refused: when none took it
        :raises Unreachable: when no service answered, or one asks to be left alone
        """
        for letter in letters:
            self._send(letter)

    def _send(self, letter: Letter) -> None:
        errors: list[Refused | Unreachable] = []
        for device in letter.address:
            try:
                self._push(letter, device)
            except (Refused, Unreachable) as error:
                errors.append(error)
        if len(errors) == len(letter.address):
            # What may work later comes first: all gone for good is the last thing to believe.
            raise min(errors, key=lambda error: isinstance(error, Refused) and error.for_good)

    def _push(self, letter: Letter, device: PushDevice) -> None:
        left = letter.kind.max_lateness
        row = letter.delivery
        try:
            webpush(
                {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}},
                data=json.dumps({"id": str(row.pk)}),
                vapid_private_key=settings.VAPID_KEY,
                vapid_claims={"sub": _contact()},
                timeout=ANSWERS_WITHIN,
                ttl=int(left.total_seconds()),
                # The same each time this delivery is tried: the service keeps the last of a topic only.
                headers={"Topic": row.pk.hex, "Urgency": "normal"},
                requests_session=self._session,
            )
        except WebPushException as error:
            self._answered(device, error.response)
        except requests.TooManyRedirects as error:
            raise Refused("redirected", for_good=True) from error
        except requests.RequestException as error:
            raise Unreachable from error
        except ValueError as error:  # keys that are none
            device.delete()
            raise Refused("bad_keys", for_good=True) from error
        else:
            if device.refused:
                PushDevice.objects.filter(pk=device.pk).update(refused=0)

    def _answered(self, device: PushDevice, answer: requests.Response | None) -> None:
        status = answer.status_code if answer is not None else 0
        if status in {404, 410}:
            # The browser has let go of it, for ever (RFC 8030, 7.3).
            device.delete()
            raise Refused("gone", for_good=True)
        if answer is not None and status == requests.codes.too_many_requests:
            raise Unreachable(_retry_after(answer))
        if status >= 500:
            raise Refused("not_now", for_good=False)
        PushDevice.objects.filter(pk=device.pk).update(refused=device.refused + 1)
        raise Refused(f"status_{status}", for_good=True)


def _contact() -> str:
    """Whom a push service may write to about us (RFC 8292)."""
    contact = settings.OPERATOR_CONTACT
    return f"mailto:{contact if '@' in contact else parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _retry_after(answer: requests.Response) -> timedelta:
    said = answer.headers.get("Retry-After", "")
    seconds = int(said) if said.isascii() and said.isdigit() else 60
    return timedelta(seconds=max(1, min(seconds, MAX_RETRY_AFTER)))
