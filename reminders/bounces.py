"""Mails that came back: each goes out with a return address of its own, which says which reminder it was.

Set where MAIL_BOUNCES is: the mail server hands what arrives at bounces+…@ to `manage.py reminders bounce ADDRESS`.
"""

import base64
import hmac
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from reminders.models import Delivery, Schedule

# A return address is good for two days; what comes back later tells nothing about today (security.md 5.1).
GOOD_FOR = timedelta(hours=48)
# After one hard bounce, or so many soft ones without a message in between that arrived, nothing more by itself.
SOFT_BOUNCES = 3
MOST_BYTES = 1_048_576
_SIGN_LENGTH = 20


def return_address(delivery_id: UUID) -> str:
    """Return the envelope sender of one message, or an empty text where no bounces are read.

    Small letters and digits only, because mail servers may change the case, and no more than 64 before the @.
    """
    if not settings.MAIL_BOUNCES:
        return ""
    name, _at, host = settings.MAIL_BOUNCES.partition("@")
    key = base64.b32encode(delivery_id.bytes).decode().rstrip("=").lower()
    return f"{name}+{key}{_signature(key)}@{host}"


def _signature(key: str) -> str:
    digest = salted_hmac("reminders.bounce", key, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:_SIGN_LENGTH]


def delivery_of(address: str) -> UUID | None:
    """Return which message a return address was made for, or None where it is not one of ours."""
    token = address.partition("@")[0].rpartition("+")[2].lower()
    key, signature = token[:-_SIGN_LENGTH], token[-_SIGN_LENGTH:]
    if not hmac.compare_digest(signature.encode(), _signature(key).encode()):
        return None
    return UUID(bytes=base64.b32decode(key.upper() + "=" * (-len(key) % 8)))


@transaction.atomic
def came_back(address: str, mail: bytes, *, now: datetime) -> bool:
    """Note that a message came back; return whether it was one of ours, of the last two days, and says so."""
    pk, is_hard = delivery_of(address), is_hard_bounce(mail)
    if pk is None or is_hard is None:
        return False
    row = Delivery.objects.filter(pk=pk, channel="email", sent_at__gt=now - GOOD_FOR).select_related("person").first()
    if row is None:
        return False
    schedule = Schedule.objects.select_for_update().get(pk=row.schedule_id)
    schedule.soft_bounces += not is_hard
    if is_hard or schedule.soft_bounces >= SOFT_BOUNCES:
        schedule.bounced_at = now
        found = EmailAddress.objects.filter(user=row.person, email__iexact=row.person.email).first()
        schedule.dead_address = found.pk if found else None
    schedule.save(update_fields=["soft_bounces", "bounced_at", "dead_address"])
    return True


def is_hard_bounce(mail: bytes) -> bool | None:
    """Return whether a delivery report (RFC 3464) says never; None where it is no such report, or says it arrived."""
    for part in message_from_bytes(mail, policy=policy.default).walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            action, status = str(block.get("Action", "")).strip().lower(), str(block.get("Status", "")).strip()
            if action in {"failed", "delayed"} or status[:1] in {"4", "5"}:
                return action == "failed" and status.startswith("5")
    return None
