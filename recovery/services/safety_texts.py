"""Signing a safety text, and asking which texts are signed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.prepared import Prepared
from recovery.models import SafetyText
from recovery.safety_texts import SafetyWords

_signed: Prepared[SafetyText] = Prepared(lambda: SafetyText.objects.exclude(version=""))


class FutureReview(Refusal):
    """A day that has not come yet cannot be the day of a review."""


@transaction.atomic
def sign_safety_text(*, text: SafetyText, reviewed_by: str, reviewed_on: date | None, day: date) -> SafetyText:
    """Say who read the words as they stand now, and when; with neither, the text awaits review again.

    :raises FutureReview: when the day lies after `day`
    """
    if reviewed_on and reviewed_on > day:
        raise FutureReview(_("That day hasn't come yet."))
    signed = bool(reviewed_on and reviewed_by)
    text.version = text.current_version if signed else ""
    text.reviewed_by, text.reviewed_on = (reviewed_by, reviewed_on) if signed else ("", None)
    text.save()
    return text


def awaiting_review(texts: Iterable[SafetyWords]) -> set[str]:
    """Return the slugs whose present words nobody has signed. One query."""
    signed = {row.slug for row in _signed() if row.is_signed}
    return {text.slug for text in texts} - signed
