"""Telephone numbers: a wrong one costs more than an unkind form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import phones


@pytest.mark.parametrize(
    ("typed", "country", "dialled", "kind"),
    [
        ("202-555-0134", "", "+12025550134", "e164"),
        ("(202) 555-0134", "US", "+12025550134", "e164"),
        ("1 202 555 0134", "US", "+12025550134", "e164"),
        ("+1 202 555 0134", "GB", "+12025550134", "e164"),
        ("1-800-662-HELP", "US", "+18006624357", "e164"),
        ("(202) 555-0134 ext 5", "US", "+12025550134;ext=5", "e164"),
        ("020 7946 0018", "GB", "+442079460018", "e164"),
        ("+44 20 7946 0018", "US", "+442079460018", "e164"),
        ("011 44 20 7946 0018", "US", "+442079460018", "e164"),
        ("0800 787 797", "NZ", "+64800787797", "e164"),
        ("\u202a+1 202-555-0134\u202c", "US", "+12025550134", "e164"),
        ("٢٠٢٥٥٥٠١٣٤", "US", "+12025550134", "e164"),
        ("988", "US", "988", "short_code"),
        ("911", "", "911", "short_code"),
        ("741741", "US", "741741", "short_code"),
        ("741-741", "US", "741741", "short_code"),
        ("13 11 14", "AU", "131114", "short_code"),
        ("116 123", "GB", "116123", "short_code"),
        ("1737", "NZ", "1737", "short_code"),
        ("988", "GB", "988", "short_code"),
        ("202 555 0134", "XX", "+12025550134", "e164"),
    ],
)
def test_a_number_is_kept_as_a_phone_dials_it(typed, country, dialled, kind):
    assert phones.read(typed, country=country) == (dialled, kind)


@pytest.mark.parametrize(
    ("typed", "country", "words"),
    [
        ("202-555-013", "", "A US number has 10 digits. This one has 9."),
        ("555 0134", "US", "A US number has 10 digits. This one has 7."),
        ("202 555 01345", "US", "A US number has 10 digits. This one has 11."),
        ("416 555 013", "CA", "A Canadian number has 10 digits. This one has 9."),
        ("12", "US", "A US number has 10 digits. This one has 2."),
        ("012345", "US", "A US number has 10 digits. This one has 6."),
        ("+33 1 23 45", "FR", "This number is too short. Is the area code there?"),
        ("+44 20 7946 0018 1234 5", "US", "This number is too long. Look for a digit typed twice."),
        ("+999 123 4567", "US", "We don't know the country code after the +. For the US it is +1."),
        ("ask Denise", "US", "Type the number with digits, such as 202 555 0134."),
        ("\x00", "US", "Type the number with digits, such as 202 555 0134."),
        ("", "US", "Type the number with digits, such as 202 555 0134."),
        ("1" * 200_000, "US", "That is too long for a phone number. Keep the digits only."),
    ],
)
def test_a_number_that_cannot_be_dialled_is_refused_in_words(typed, country, words):
    with pytest.raises(phones.NumberNotUsable) as refused:
        phones.read(typed, country=country)

    assert str(refused.value) == words


def test_a_number_we_do_not_know_is_kept_once_the_person_is_sure():
    with pytest.raises(phones.NumberUnknown):
        phones.read("555 555 0134", country="US")

    assert phones.read("555 555 0134", country="US", sure=True).dialled == "+15555550134"


@pytest.mark.parametrize(
    ("dialled", "shown"),
    [
        ("+12025550134", "(202) 555-0134"),
        ("+12025550134;ext=5", "(202) 555-0134 ext. 5"),
        ("+442079460018", "+44 20 7946 0018"),
        ("988", "988"),
        ("locked", "locked"),
        ("+locked", "+locked"),
    ],
)
def test_a_number_is_shown_as_people_read_it(dialled, shown):
    assert phones.for_reading(dialled) == shown


@given(st.text(max_size=60), st.sampled_from(["US", "CA", "GB", "IE", "AU", "NZ", "DE", "", "ZZ"]))
def test_whatever_is_typed_gives_a_number_or_words(typed, country):
    try:
        number = phones.read(typed, country=country)
    except phones.NumberNotUsable:
        return
    # What is kept reads back as itself: editing a contact never changes its number.
    assert phones.read(number.dialled.replace(";ext=", " ext "), country=country, sure=True) == number
