"""Where allauth asks us about the second step: how secrets are kept, what a phone shows, what is said."""

from io import BytesIO
from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from accounts import keys

# What the cipher text is bound to, so that it is of no use in another column.
PLACE = "mfa.Authenticator.data"


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first; the codes are for when it is lost."),
        "incorrect_code": _("That didn't fit. Look at the newest code and try again."),
        "unverified_email": _("Type the code from our mail first, so that we know the address is yours."),
    }

    def encrypt(self, text: str) -> str:
        """Seal under the key of whoever is signed in: it goes with the account, and so does all that it sealed."""
        return keys.seal(text, person_id=context.request.user.pk, place=PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it while nobody is signed in yet; the secret is compared with, and never shown again."""
        return keys.unseal_at_the_door(encrypted_text, place=PLACE)

    def build_totp_svg(self, url: str) -> str:
        """Return the square to scan as an SVG without a style or script of its own, black on white in any theme."""
        code = QRCode(border=2)
        code.add_data(url)
        drawn = BytesIO()
        code.make_image(image_factory=SvgPathImage).save(drawn)
        return drawn.getvalue().decode("utf8").partition("?>\n")[2]

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.get_username()}

    def _get_site_name(self) -> str:
        return str(settings.APP_NAME)
