"""Reminders by e-mail: plain, neutral, with a way out in each; one connection for a batch."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from reminders.bounces import return_address
from reminders.letters import Dropped, Letter, Refused, Unreachable
from reminders.models import Delivery

# Seconds for each answer of the server. A whole conversation has at most 9, and must end before a lease does.
ANSWERS_WITHIN = 10
# SMTP reply codes from here up mean “never”, below it “not now” (RFC 5321, 4.2.1).
PERMANENT = 500
# Enhanced codes X.7.X mean “not from you” (RFC 3463): a relay that turns us away says nothing about an address.
AGAINST_US = b"5.7."


class Email:
    slug = "email"
    takes_at_once = 1
    no_address = Delivery.Reason.UNVERIFIED

    def addresses(self, people: Sequence[User]) -> Mapping[UUID, tuple[str, int]]:
        """Return the confirmed address of each; one that is not confirmed gets nothing."""
        addresses = {person.pk: person.email.casefold() for person in people}
        rows = EmailAddress.objects.filter(user__in=people, verified=True).values_list("user_id", "email", "pk")
        return {owner: (email, pk) for owner, email, pk in rows if email.casefold() == addresses[owner]}

    @contextmanager
    def open(self) -> Iterator[Mailer]:
        mailer = Mailer()
        try:
            yield mailer
        finally:
            mailer.hang_up()


def message(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """Return the mail. It is the same for everybody, apart from its links."""
    with override(letter.language or settings.LANGUAGE_CODE):
        off_url = public_url("reminders:off", letter.delivery.schedule.off_token)
        words = {
            "line": letter.line,
            "url": public_url(letter.leads_to),
            "off_url": off_url,
            "app_name": settings.APP_NAME,
        }
        mail = EmailMultiAlternatives(
            subject=_("%(app_name)s: a minute for you?") % {"app_name": settings.APP_NAME},
            body=render_to_string("reminders/emails/reminder.txt", words),
            from_email=return_address(letter.delivery.pk) or None,
            to=[letter.address],
            headers=_headers(letter, off_url),
            connection=connection,
        )
        mail.attach_alternative(render_to_string("reminders/emails/reminder.html", words), "text/html")
        return mail


def _headers(letter: Letter, off_url: str) -> dict[str, str]:
    host = urlsplit(settings.PUBLIC_URL).hostname
    return {
        # The same each time this delivery is tried, so that a mail program folds a second copy into the first.
        "Message-ID": f"<{letter.delivery.pk.hex}@{host}>",
        # RFC 8058: the button of the mail program itself, without opening a page.
        "List-Unsubscribe": f"<{off_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # The envelope may carry an address of its own, so that what comes back tells which message it was.
        "From": settings.DEFAULT_FROM_EMAIL,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


class Mailer:
    """One connection to the mail server, opened with the first letter and kept for the rest of a batch."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, letters: Sequence[Letter]) -> None:
        """Hand letters over; returning means that the server said it has them.

        :raises Refused: when the server answered, and will not take this one
        :raises Dropped: when it was there, and hung up or fell silent over this one
        :raises Unreachable: when it is not there, or refuses us whatever the letter
        """
        for letter in letters:
            self._send(letter)

    def _send(self, letter: Letter) -> None:
        used_before = self._connection is not None
        connection = self._open()
        try:
            if message(letter, connection).send() != 1:
                raise Unreachable
        except smtplib.SMTPServerDisconnected as error:
            self.hang_up()
            if not used_before:
                raise Dropped from error
            # Many servers end a connection after so many letters: that says nothing about this one.
            self._send(letter)
        except smtplib.SMTPSenderRefused as error:
            self.hang_up()
            raise Unreachable from error
        except smtplib.SMTPResponseException as error:
            self.hang_up()
            for_good = error.smtp_code >= PERMANENT
            raise Refused("refused" if for_good else "not_now", for_good=for_good) from error
        except smtplib.SMTPRecipientsRefused as error:
            self.hang_up()
            replies = list(error.recipients.values())
            for_good = bool(replies) and min(code for code, _reply in replies) >= PERMANENT
            ours = any(AGAINST_US in reply for _code, reply in replies)
            cause = "no_mailbox" if for_good and not ours else "refused" if for_good else "not_now"
            raise Refused(cause, for_good=for_good, no_address=for_good and not ours) from error
        except OSError as error:  # smtplib's own errors are OSErrors too
            self.hang_up()
            raise Dropped from error

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection(timeout=min(settings.EMAIL_TIMEOUT, ANSWERS_WITHIN))
            try:
                connection.open()
            except smtplib.SMTPResponseException as error:
                # Refused at the door (too busy, wrong password): that is about us, not about this letter.
                raise Unreachable from error
            except OSError as error:  # smtplib's own errors are OSErrors too
                raise Unreachable from error
            self._connection = connection
        return self._connection

    def hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except OSError:
                return  # it was gone already


def public_url(name: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
