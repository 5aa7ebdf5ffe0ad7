"""The forms of the way in: each does the same work and says the same words, whether or not there is an account."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.adapters import AccountAdapter
from accounts.http import phone_zone
from accounts.models import User

LONGEST_PASSWORD = 256  # a passphrase is welcome; a book would keep the hasher busy
ADDRESS = _("E-mail address")
NEW_PASSWORD_HINT = _("10 characters or more. A few words in a row work well.")


def tidy(field: forms.Field, label: Any, hint: Any = "", **attrs: str) -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = _("This is still empty.")
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = _("Type the whole address, such as sam@example.org.")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def tidy_password(field: forms.Field, label: Any, hint: Any = "") -> None:
    tidy(field, label, hint, maxlength=str(LONGEST_PASSWORD))
    field.validators.append(forms.CharField(max_length=LONGEST_PASSWORD).validators[0])


class SignInForm(allauth_forms.LoginForm):
    forget = forms.BooleanField(
        label=_("Forget me when I close the browser"), required=False, help_text=_("For a phone or computer you share.")
    )
    field_order = ["login", "password", "forget"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(self.fields["login"], ADDRESS, autocomplete="username", inputmode="email", spellcheck="false")
        tidy_password(self.fields["password"], _("Password"))

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response = super().login(request, redirect_url)
        user = getattr(self, "user", None)
        if isinstance(user, User) and user.is_active:  # signed in, or on the way to the second step
            staff = user.looks_after_others
            idle = settings.STAFF_SESSION_IDLE if staff else settings.SESSION_COOKIE_AGE
            request.session.set_expiry(0 if self.cleaned_data["forget"] and not staff else idle)
        return response


class SignUpForm(allauth_forms.SignupForm):
    account_already_exists: bool

    agreed = forms.BooleanField(
        label=_("I am 18 or older and agree to the terms"),
        error_messages={"required": _("Tick the box if you are 18 or older and agree. We can't go on without it.")},
    )
    field_order = ["email", "password1", "agreed"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(self.fields["email"], ADDRESS, _("Only to sign in and to reach you. No real name needed."))
        tidy_password(self.fields["password1"], _("Password"), NEW_PASSWORD_HINT)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account, or do the work of making one: a stranger must not learn from the time it takes."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    user, response = super().try_save(request)
                return user, response
            except IntegrityError:  # the same address, sent twice at once
                self.account_already_exists = True
        make_password(self.cleaned_data["password1"])
        _nobody, response = super().try_save(request)
        return None, response

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.agreed_at = timezone.now()
        # A guess is better than another continent's midnight; the last of the first steps shows it.
        user.time_zone = phone_zone(request)
        user.save(update_fields=["agreed_at", "time_zone"])


class AskForResetForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(self.fields["email"], ADDRESS, autocomplete="username")


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    # Once is enough: a browser or a password manager remembers it, and a code brings a new one.
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_password(self.fields["password1"], _("New password"), NEW_PASSWORD_HINT)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_password(self.fields["oldpassword"], _("Password you have now"))
        tidy_password(self.fields["password1"], _("New password"), NEW_PASSWORD_HINT)


class ChangeAddressForm(allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(self.fields["email"], _("New e-mail address"), _("We send a code there before anything changes."))


class PasswordAgainForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy_password(self.fields["password"], _("Your password, so we know it is you"))


class CodeForm(forms.Form):
    """What the two forms for a code have in common."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(
            self.fields["code"], _("Code from the mail"), _("8 letters. Big or small does not matter."), maxlength="20"
        )
        self.fields["code"].widget.attrs.update(autocapitalize="characters", spellcheck="false")


class ConfirmAddressForm(CodeForm, allauth_forms.ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        code = super().clean_code()
        # The account may be gone by now; without this, a right code would lead to a broken page.
        if self.user is None:
            raise AccountAdapter().validation_error("incorrect_code")
        return code


class ConfirmResetForm(CodeForm, allauth_forms.ConfirmPasswordResetCodeForm):
    pass
