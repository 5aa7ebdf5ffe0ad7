"""Reads the mails that the embedded default keeps in a folder instead of sending them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

# Django's file backend ends each mail with a line of 79 dashes.
END_OF_MAIL = re.compile(rb"^-{79}\r?\n?", re.MULTILINE)
SHOWN = 100


@dataclass(frozen=True)
class Mail:
    """One mail: `name` is fit for an address, `to` and `subject` are as sent."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def mails(folder: Path) -> list[Mail]:
    """Return the latest mails, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    found = [mail for file in files[:SHOWN] for mail in reversed(_mails_in(file))]
    return found[:SHOWN]


def find(folder: Path, name: str) -> Mail | None:
    """Return the mail of that name; what is not in the folder's list is not there."""
    return next((mail for mail in mails(folder) if mail.name == name), None)


def _mails_in(file: Path) -> list[Mail]:
    parts = [part for part in END_OF_MAIL.split(file.read_bytes()) if part.strip()]
    return [_read(f"{file.stem}-{number}", part) for number, part in enumerate(parts)]


def _read(name: str, raw: bytes) -> Mail:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    body = message.get_body(("plain", "html"))
    date = message["Date"]
    return Mail(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(date)) if date else None,
        text=str(body.get_content()).strip() if body else "",
    )
