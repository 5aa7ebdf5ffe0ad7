"""What the first visit to a signed-in page asks of a phone's network: counted in a real browser, as deployed."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.conf import settings

MOST_BYTES, MOST_REQUESTS = 90_000, 12
COMPRESSED_ALREADY = (".woff2", ".png", ".jpg")


def wire_size(response) -> int:
    """Return the bytes of an answer with its headers, static files as they are once collected."""
    headers, path = response.request.sizes()["responseHeadersSize"], urlsplit(response.url).path
    if path.startswith(settings.STATIC_URL):
        body = response.body()
        return headers + len(body if path.endswith(COMPRESSED_ALREADY) else gzip.compress(body, 9))
    return headers + response.request.sizes()["responseBodySize"]


@pytest.mark.parametrize("path", ["/today/", "/insights/", "/plan/"])
def test_a_first_visit_fits_a_slow_phone(site, alice, path):
    answers = []
    site.sign_in(alice)
    site.page.on("response", lambda answer: answers.append(answer))

    site.page.goto(site.url + path, wait_until="networkidle")

    assert len(answers) <= MOST_REQUESTS, [answer.url for answer in answers]
    assert sum(wire_size(answer) for answer in answers) <= MOST_BYTES


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_page_is_compressed_and_its_length_tells_nothing(as_alice):
    answers = [as_alice.get("/today/", headers={"accept-encoding": "gzip"}) for _ in range(12)]

    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert "Accept-Encoding" in answers[0]["Vary"]
    assert len({len(answer.content) for answer in answers}) > 1
