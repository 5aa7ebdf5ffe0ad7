"""The ways a message can take. One that is switched off here is not offered, and sends nothing."""

from reminders.channels.base import Channel, Sender
from reminders.channels.email import Email
from reminders.channels.inbox import Inbox

__all__ = ["Channel", "Sender", "get", "open_slugs"]

_channels: dict[str, Channel] = {channel.slug: channel for channel in (Email(), Inbox())}


def get(slug: str) -> Channel | None:
    """Return a channel, or None where it is switched off."""
    return _channels.get(slug)


def open_slugs() -> list[str]:
    return list(_channels)
