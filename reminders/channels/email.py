"""Reminders by e-mail: plain, neutral, with a way out in each; one connection for a batch."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from reminders.kinds import Kind
from reminders.models import Delivery

# Seconds for each answer of the server. A whole conversation has at most 9, and must end before a lease does.
ANSWERS_WITHIN = 10
# SMTP reply codes from here up mean “never”, below it “not now” (RFC 5321, 4.2.1).
PERMANENT = 500
# Enhanced codes X.7.X mean “not from you” (RFC 3463): a relay that turns us away says nothing about an address.
AGAINST_US = b"5.7."


class Refused(Exception):
    """The mail server did not take the message.

    `for_good` says whether trying this message again makes sense, `no_mailbox` whether any other would fare better.
    """

    def __init__(self, *, for_good: bool, no_mailbox: bool = False) -> None:
        super().__init__("refused for good" if for_good else "refused for now")
        self.for_good, self.no_mailbox = for_good, no_mailbox


class Unreachable(Exception):
    """There is no mail server to talk to just now, so nobody else's message would get through either."""


@dataclass(frozen=True)
class Letter:
    """What goes out: the address, and nothing else that could tell who the person is."""

    delivery: Delivery
    kind: Kind
    address: str
    address_id: int
    language: str

    def message(self, connection: BaseEmailBackend) -> EmailMessage:
        """Return the mail. It is the same for everybody, apart from its links."""
        with override(self.language or settings.LANGUAGE_CODE):
            off_url = public_url("reminders:off", self.delivery.schedule.off_token)
            words = {
                "line": str(self.kind.line),
                "url": public_url(self.kind.leads_to),
                "off_url": off_url,
                "app_name": settings.APP_NAME,
            }
            return EmailMessage(
                subject=_("%(app_name)s: a minute for you?") % {"app_name": settings.APP_NAME},
                body=render_to_string("reminders/emails/reminder.txt", words),
                to=[self.address],
                headers=self._headers(off_url),
                connection=connection,
            )

    def _headers(self, off_url: str) -> dict[str, str]:
        host = urlsplit(settings.PUBLIC_URL).hostname
        return {
            # The same each time this delivery is tried, so that a mail program folds a second copy into the first.
            "Message-ID": f"<{self.delivery.pk.hex}@{host}>",
            # RFC 8058: the button of the mail program itself, without opening a page.
            "List-Unsubscribe": f"<{off_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        }


class Mailer:
    """One connection to the mail server, opened with the first letter and kept for the rest of a batch."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> Mailer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter) -> None:
        """Hand a letter over; returning means that the server said it has it.

        :raises Refused: when the server answered, and will not take this one
        :raises Unreachable: when it did not answer, or refuses us whatever the letter
        """
        used_before = self._connection is not None
        try:
            self._hand_over(letter)
        except smtplib.SMTPServerDisconnected as error:
            self._hang_up()
            if not used_before:
                raise Unreachable from error
            # Many servers end a connection after so many letters: that says nothing about this one.
            self.send(letter)
        except smtplib.SMTPSenderRefused as error:
            self._hang_up()
            raise Unreachable from error
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            raise Refused(for_good=error.smtp_code >= PERMANENT) from error
        except smtplib.SMTPRecipientsRefused as error:
            self._hang_up()
            replies = list(error.recipients.values())
            for_good = bool(replies) and min(code for code, _reply in replies) >= PERMANENT
            ours = any(AGAINST_US in reply for _code, reply in replies)
            raise Refused(for_good=for_good, no_mailbox=for_good and not ours) from error
        except OSError as error:  # smtplib's own errors are OSErrors too
            self._hang_up()
            raise Unreachable from error

    def _hand_over(self, letter: Letter) -> None:
        if letter.message(self._open()).send() != 1:
            raise Unreachable

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection(timeout=min(settings.EMAIL_TIMEOUT, ANSWERS_WITHIN))
            try:
                connection.open()
            except smtplib.SMTPResponseException as error:
                # Refused at the door (too busy, wrong password): that is about us, not about this letter.
                raise Unreachable from error
            self._connection = connection
        return self._connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except OSError:
                return  # it was gone already


def public_url(name: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
