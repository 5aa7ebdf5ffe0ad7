"""The forms of the second step: a code works once, and a secret waits sealed until it is confirmed."""

import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts import keys
from accounts.forms import tidy
from accounts.models import User
from accounts.second_step_adapter import SecondStepAdapter

SESSION_PLACE = f"session.{SECRET_SESSION_KEY}"
LONGEST_NAME = 60
APP_HINT = _("The 6 digits that your app shows now.")
ANY_HINT = _("The 6 digits that your app shows now, or one of your recovery codes.")


def tidy_code(form: forms.Form, hint: Any) -> None:
    tidy(form.fields["code"], _("Code"), hint, autocomplete="one-time-code", maxlength="20", spellcheck="false")


class OnceForm(forms.Form):
    """Takes a code once: allauth forgets it after half a minute, and with the tolerance it would fit for longer."""

    user: User

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]  # allauth's form is next in line
        digits = "".join(code.split())
        used = hashlib.sha256(f"{self.user.pk}:{digits}".encode()).hexdigest()
        lives = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"code-used:{used}", 1, lives):
            raise SecondStepAdapter().validation_error("incorrect_code")
        return code


class SecondStepForm(OnceForm, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_code(self, ANY_HINT)


class CodeAgainForm(OnceForm, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_code(self, ANY_HINT)


class SetUpAppForm(OnceForm, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        # Not allauth's own beginning, which puts the secret into the session as it is.
        forms.Form.__init__(self, *args, **kwargs)
        tidy_code(self, APP_HINT)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
        self.secret = pending_secret(self.user, anew=not self.is_bound)

    @property
    def spaced_secret(self) -> str:
        """The secret in groups of four, as people type it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def pending_secret(person: User, *, anew: bool) -> str:
    """Return the secret that waits for its first code; sealed meanwhile, for a session lies in the clear.

    It takes the place of allauth's own in the session, so that allauth forgets it when it is confirmed.
    """
    session = context.request.session
    sealed = "" if anew else session.get(SECRET_SESSION_KEY, "")
    secret = keys.unseal(sealed, place=SESSION_PLACE) if sealed else None
    if not secret:
        secret = generate_totp_secret()
        session[SECRET_SESSION_KEY] = keys.seal(secret, person_id=person.pk, place=SESSION_PLACE)
    return secret


def tidy_name(form: forms.Form) -> None:
    hint = _("So that you can tell them apart, such as “My phone”.")
    tidy(form.fields["name"], _("Name"), hint, maxlength=str(LONGEST_NAME))
    form.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME))


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_name(self)
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with it alone"), True
        alone.help_text = _("Without the address and password. It asks for your finger, face or PIN instead.")


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_name(self)
