"""Numbers: what is dialled is what was written, digit for digit."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from resources.folding import digits
from resources.management.commands.load_directory import FILE
from resources.models import Access
from tests.resources.factories import AccessFactory, ListingFactory

ENTRIES = json.loads(FILE.read_text())["entries"]
NUMBERS = sorted({row["number"] for entry in ENTRIES for row in entry.get("access", []) if "number" in row})
written = st.from_regex(r"\A\+?[0-9][0-9 ().\-]{0,30}\Z")


@given(written, st.sampled_from(["phone", "text", "tty"]))
def test_a_phone_dials_the_digits_that_were_written_and_no_others(number, method):
    access = Access(method=method, number=number)

    scheme, _, rest = access.href.partition(":")

    assert scheme == ("sms" if method == "text" else "tel")
    assert re.fullmatch(r"\+?[0-9]+", rest)
    assert digits(rest) == digits(number)
    assert rest.startswith("+") == number.startswith("+")


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_starter_file_comes_back_as_it_was_written(db, number):
    kept = AccessFactory(number=number, number_type="e164" if len(digits(number)) > 8 else "short_code")

    kept.refresh_from_db()

    assert kept.number == number
    assert kept.dial == ("+" if number.startswith("+") else "") + digits(number)


@pytest.mark.parametrize("number", ["741741", "988", "911", "116 123", "85258", "13 11 14", "9-8-8"])
def test_a_short_number_never_gets_a_country_code(number):
    access = Access(method="text", number=number, number_type="short_code")

    assert access.dial == digits(number)
    assert "+" not in access.href


@pytest.mark.parametrize("number", ["+1741741", "+44116123", "+1 988"])
def test_a_short_number_with_a_plus_is_refused_in_words_and_by_the_database(db, number):
    listing = ListingFactory()

    with pytest.raises(ValidationError, match="without \\+"):
        Access(listing=listing, method="text", number=number, number_type="short_code").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessFactory(listing=listing, number=number, number_type="short_code")


def test_a_keyword_goes_into_the_message_and_not_into_the_number():
    access = Access(method="text", number="741741", number_type="sms_keyword", keyword="HOME")

    assert access.href == "sms:741741?&body=HOME"
    assert access.in_words == "Text HOME to 741741"


def test_what_to_press_is_said_and_not_dialled():
    access = Access(method="phone", number="988", number_type="short_code", extension="1")

    assert access.href == "tel:988"
    assert access.in_words == "Call 988, then press 1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "phone", "number": "call me", "number_type": "e164"},
        {"method": "phone", "number": "١٢٣٤٥٦٧", "number_type": "e164"},
        {"method": "phone", "number": "12345\n", "number_type": "e164"},
        {"method": "phone", "number": "911", "number_type": "e164"},
        {"method": "phone", "number": "1-800-555-0142", "number_type": "short_code"},
        {"method": "phone", "number": "", "number_type": ""},
        {"method": "text", "number": "741741", "number_type": "sms_keyword"},
        {"method": "text", "number": "741741", "number_type": "short_code", "keyword": "HOME"},
        {"method": "text", "number": "741741", "number_type": "sms_keyword", "keyword": "HOME&to=1"},
        {"method": "chat", "number": "988"},
        {"method": "chat", "url": "javascript:alert(1)"},
    ],
)
def test_what_cannot_be_dialled_is_refused(db, wrong):
    with pytest.raises(ValidationError):
        Access(listing=ListingFactory(), **wrong).full_clean()
