"""Telephone numbers: read as people type them, kept as a phone dials them, shown as people read them."""

from typing import NamedTuple

import phonenumbers
from django.utils.translation import gettext, ngettext
from phonenumbers import shortnumberinfo

from accounts.exceptions import Refusal

E164, SHORT_CODE = "e164", "short_code"
# Where somebody has not said which country they are in.
USUAL_COUNTRY = "US"
SHORTEST_CODE, LONGEST_CODE = 3, 6
# Lines that are right wherever a person types them: a traveller keeps the number of home.
KNOWN_CODES = frozenset({"988", "911", "741741", "112", "999", "111", "116123", "000", "131114", "1737"})
LONGEST_TYPED = 40


class NumberNotUsable(Refusal):
    """The number cannot be dialled as typed; the words say how to fix it."""


class NumberUnknown(NumberNotUsable):
    """It has the right length and no known beginning; the person may say that it is right."""


class Number(NamedTuple):
    """A number as it is dialled: +15035550134, +15035550134;ext=5, or 988."""

    dialled: str
    kind: str


def read(typed: str, *, country: str = "", sure: bool = False) -> Number:
    """Return the number that was typed, taken as one of this country unless it starts with +.

    :param sure: the person has said that a number we do not know is right
    :raises NumberNotUsable: in words that say how to fix it
    """
    country = country if country in phonenumbers.SUPPORTED_REGIONS else USUAL_COUNTRY
    if len(typed) > LONGEST_TYPED:
        raise NumberNotUsable(gettext("That is too long for a phone number. Keep the digits only."))
    digits = phonenumbers.normalize_digits_only(typed)
    if "+" not in typed and SHORTEST_CODE <= len(digits) <= LONGEST_CODE and not any(c.isalpha() for c in typed):
        return _short(digits, country)
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise NumberNotUsable(_why_not_read(error, digits, country)) from error
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NumberNotUsable(_why_wrong_length(number, typed, country))
    if not phonenumbers.is_valid_number(number) and not sure:
        raise NumberUnknown(gettext("We don't know a number that starts like this one. Is every digit right?"))
    return Number(_dialled(number), E164)


def _short(digits: str, country: str) -> Number:
    if digits in KNOWN_CODES:
        return Number(digits, SHORT_CODE)
    number = phonenumbers.PhoneNumber(
        country_code=phonenumbers.country_code_for_region(country),
        national_number=int(digits),
        italian_leading_zero=digits.startswith("0") or None,
    )
    if digits.startswith("0") or not shortnumberinfo.is_possible_short_number_for_region(number, country):
        raise NumberNotUsable(_too_few(len(digits), country))
    return Number(digits, SHORT_CODE)


def _dialled(number: phonenumbers.PhoneNumber) -> str:
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def _why_not_read(error: phonenumbers.NumberParseException, digits: str, country: str) -> str:
    if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        return gettext("We don't know the country code after the +. For the US it is +1.")
    if not digits:
        return gettext("Type the number with digits, such as 202 555 0134.")
    return _too_few(len(digits), country)


def _why_wrong_length(number: phonenumbers.PhoneNumber, typed: str, country: str) -> str:
    digits = str(number.national_number)
    if number.country_code == 1:
        return _too_few(len(digits), country if "+" not in typed else USUAL_COUNTRY)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return gettext("This number is too long. Look for a digit typed twice.")
    return gettext("This number is too short. Is the area code there?")


def _too_few(count: int, country: str) -> str:
    if phonenumbers.country_code_for_region(country) != 1:
        return gettext("This number is too short. Is the area code there?")
    names = {"US": gettext("A US number"), "CA": gettext("A Canadian number")}
    return ngettext(
        "%(a_number)s has 10 digits. This one has %(count)d.",
        "%(a_number)s has 10 digits. This one has %(count)d.",
        count,
    ) % {"a_number": names.get(country, gettext("A number here")), "count": count}


def for_reading(dialled: str) -> str:
    """Return the number with the spaces people are used to: (503) 555-0134 at home, +44 20 7946 0018 from abroad."""
    if not dialled.startswith("+"):
        return dialled
    try:
        number = phonenumbers.parse(dialled.replace(";ext=", " ext "), None)
    except phonenumbers.NumberParseException:
        return dialled
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if number.country_code == 1 else form.INTERNATIONAL)
