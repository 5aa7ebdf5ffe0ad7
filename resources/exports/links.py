"""Addresses as they may leave: a link to a meeting without the password that somebody put into it."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

SECRET_PARTS = {"pwd", "password", "passcode", "pass", "pw", "tk", "token"}
# The sites that meeting finders know how to join (Meeting Guide); a link to any other one they call closed.
JOINABLE = (
    *("zoom.us", "meet.google.com", "teams.microsoft.com", "teams.live.com", "webex.com", "meet.jit.si", "discord.gg"),
    *("gotomeeting.com", "goto.com", "freeconferencecall.com", "skype.com", "bluejeans.com"),
)


def public_url(url: str) -> str:
    """Return an address without any part that is a password."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    kept = [(name, value) for name, value in kept if name.lower() not in SECRET_PARTS]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def is_joinable(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == site or host.endswith(f".{site}") for site in JOINABLE)
