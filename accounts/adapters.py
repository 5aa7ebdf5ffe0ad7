"""Where allauth asks us: what a mail says, where somebody lands, and that nobody can tell where they came from."""

import hashlib
import hmac
import ipaddress
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.devices import family
from accounts.lock import forget_tries
from accounts.models import User
from accounts.sessions import DEVICE_KEY

logger = logging.getLogger(__name__)

# What a mail server that is down, slow or full raises: SMTPException is an OSError, and so is a broken connection.
MAIL_TROUBLE = (OSError,)
# One household or one phone usually has a whole network of this size.
IPV6_PREFIX = 64


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail; no username, nothing said about who has one."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("That is the address you already use here."),
        "email_password_mismatch": _("That address and password don't go together. Check both and try again."),
        "email_taken": _("That address can't be used for this account."),
        "enter_current_password": _("That is not your password. Nothing has changed."),
        "incorrect_code": _("That code doesn't fit. Check the newest mail from us."),
        "incorrect_password": _("That is not your password. Try again."),
        "rate_limited": _("That was a lot in a short time. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("That was not right a few times. Wait five minutes, then try again."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a name for where a request comes from that counts tries, and from which the address can't be read."""
        address = super().get_client_ip(request)
        return hmac.new(settings.SECRET_KEY.encode(), _network(address).encode(), hashlib.sha256).hexdigest()

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether `?next=` may lead there; what cannot be read as an address may not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # such as “http://[”
            return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)  # a new session key, and nothing of an earlier session
        request.session[DEVICE_KEY] = family(request.headers.get("User-Agent", ""))
        assert isinstance(user, User)
        forget_tries(user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        assert isinstance(user, User)
        services.end_sessions(person=user)  # a browser that goes on gets a new session from allauth right after

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a mail over now, since somebody is waiting for it; if that fails, say so on a page of its own."""
        try:
            _message(template_prefix, email, context).send()
        except MAIL_TROUBLE as error:
            # The reason only: a mail server's answer may hold the address.
            logger.error("%s was not handed over: %s", template_prefix, type(error).__name__)
            raise ImmediateHttpResponse(render(self.request, "account/mail_failed.html", status=503)) from error

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their password or address has changed; what was done stands even if no mail goes out."""
        try:
            _message(template_prefix, email or user.get_username(), context or {}).send()
        except MAIL_TROUBLE as error:
            logger.error("%s was not handed over: %s", template_prefix, type(error).__name__)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("onboarding")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("you")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("you" if self.request.user.is_authenticated else "account_login")


def _message(template_prefix: str, email: str, context: dict[str, Any]) -> EmailMessage:
    words = {
        "app_name": settings.APP_NAME,
        "code": context.get("code", ""),
        "operator": settings.OPERATOR_CONTACT,
        "sign_in_url": settings.PUBLIC_URL + reverse("account_login"),
        "sign_up_url": settings.PUBLIC_URL + reverse("account_signup"),
        "reset_url": settings.PUBLIC_URL + reverse("account_reset_password"),
    }
    subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
    body = render_to_string(f"{template_prefix}_message.txt", words).strip() + "\n"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [email])


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network(f"{parsed}/{IPV6_PREFIX}", strict=False))
