"""The ways a message can take. One that is switched off here is not offered, and sends nothing."""

from django.conf import settings

from reminders.channels.base import Channel, Sender
from reminders.channels.email import Email
from reminders.channels.inbox import Inbox
from reminders.channels.push import Push

__all__ = ["Channel", "Sender", "get", "open_slugs"]

_channels: dict[str, Channel] = {channel.slug: channel for channel in (Email(), Push(), Inbox())}


def get(slug: str) -> Channel | None:
    """Return a channel, or None where it is switched off."""
    return _channels.get(slug) if _is_open(slug) else None


def open_slugs() -> list[str]:
    return [slug for slug in _channels if _is_open(slug)]


def _is_open(slug: str) -> bool:
    return slug != "push" or bool(settings.VAPID_KEY)
