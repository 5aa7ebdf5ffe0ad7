"""Bodies that no client of ours sends, and somebody will."""

from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from accounts.parsers import BodyTooLarge, PlainJSONParser


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b"\xff\xfe", b"{", b"NaN", b'{"mood": Infinity}', b"1" * 5_000, b""],
    ids=["deep", "no utf-8", "cut short", "nan", "infinity", "5,000 digits", "empty"],
)
def test_a_body_that_is_not_plain_json_is_refused_in_words(body):
    with pytest.raises(ParseError):
        PlainJSONParser().parse(BytesIO(body))


def test_a_body_over_a_megabyte_is_refused_without_reading_it_all():
    body = BytesIO(b" " * 20_000_000)

    with pytest.raises(BodyTooLarge):
        PlainJSONParser().parse(body)

    assert body.tell() < 2_000_000


def test_a_plain_body_is_read():
    assert PlainJSONParser().parse(BytesIO('{"note": "ça va 🌱"}'.encode())) == {"note": "ça va 🌱"}
