"""Bad addresses, parameters, headers and cookies on every page: an answer in words, and nobody led to another host."""

import copy
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from django.test import Client
from rest_framework.throttling import UserRateThrottle

from tests.hostile import DATES, KEYS, NUMBERS, TEXTS, XSS, Trial, leads_home, route_of
from tests.hostile.forms import CAST, OWN_PAGES, pages
from tests.matrix import ALICE, ANONYMOUS
from tests.matrix.stage import Stage, set_up
from tests.test_matrix import PLAYED, address, row_of

pytestmark = [pytest.mark.hostile, pytest.mark.django_db(databases=["default", "keys"])]
# Read by Django, the libraries and the list pages of the API rather than by a line of ours.
EVERYWHERE = ("next", "page", "page_size", "cursor", "format", "lang")
IN_ADDRESS = [
    "\x00",
    "%00",
    "\ud800",
    "²",
    "٣",
    "-1",
    "9" * 30,
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "\u202e",
    "é" * 300,
    "..",
    "..%2f..%2fetc",
    "'--",
    "{{7*7}}",
    "None",
    "0" * 32,
    XSS["an image"],
]
HEADERS: list[dict[str, str]] = [
    {"X-Forwarded-For": "1.2.3.4, 5.6.7.8"}, {"X-Forwarded-For": "'; --"}, {"X-Forwarded-For": "x" * 5_000},
    {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Proto": "https"}, {"Forwarded": "for=evil;host=evil.example"},
    {"X-HTTP-Method-Override": "DELETE"}, {"X-Original-URL": "/admin/"}, {"X-Rewrite-URL": "/admin/"},
    {"HX-Request": "true"}, {"HX-Request": "maybe", "HX-Target": XSS["an image"]}, {"HX-Current-URL": "http://[::1"},
    {"HX-Request": "true", "HX-Current-URL": "%ff%fe", "HX-Current-URL-URI-AutoEncoded": "true"},
    {"HX-Request": "true", "HX-Prompt": "\x00", "HX-Triggering-Event": "{"},
    {"HX-Boosted": "true", "HX-Request": "true"},
    {"Accept": "text/\x00"}, {"Accept": "*/*;q=NaN"}, {"Accept": "image/png"}, {"Accept": "x" * 5_000},
    {"Accept-Language": "x" * 5_000}, {"Accept-Language": "²-\ud7ff;q=9"}, {"Accept-Encoding": "gzip;q=²"},
    {"User-Agent": "\x00" + XSS["a script"]}, {"User-Agent": ""}, {"Referer": "http://[::1"}, {"Origin": "http://[::1"},
    {"If-Modified-Since": "0000"}, {"If-None-Match": "\x00"}, {"Range": "bytes=9-1"}, {"Sec-Purpose": "²"},
    {"Authorization": "Basic ====="}, {"Authorization": "Token " + "x" * 5_000}, {"Idempotency-Key": "\x00²"},
    {"If-Match": "*,,,"}, {"Content-Length": "-1"}, {"Content-Length": "²"}, {"Content-Length": "9" * 30},
    {"Content-Type": "multipart/form-data"}, {"Content-Type": "text/html; charset=no-such"}, {"Cookie": "=;;;=\x00; a"},
]  # fmt: skip
HOSTS = ["evil.example", "", "testserver:99999", "testserver:²", "[::1", "testserver\x00", "a" * 5_000, "éxample"]
# Read by us and by libraries; none keeps another from being read, but a session that is none would.
READ = ("country", "tz", "tz_later", "theme", "csrf", "messages", "django_language")
COOKIES: list[dict[str, str]] = [
    dict.fromkeys(names, value)
    for names in (READ, ("session",))
    for value in (
        "\x00",
        "%00",
        "%ff%fe",
        "²",
        "../../x",
        "x" * 3_000,
        XSS["out of an attribute"],
        "US\r\nX: y",
        "America/",
    )
]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as made:
        yield made


@pytest.fixture
def trial(stage, settings, monkeypatch) -> Trial:
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": None})
    return Trial(stage)


def opened(stage: Stage) -> list[tuple[str, str, str]]:
    """Return (route name, address, persona) of every page and every list of the API, each once."""
    by_name = {name: (name, url, who) for name, url, who in reversed(pages(stage))}
    for name in PLAYED:
        row = row_of(name)
        if name.startswith("api") and row and "GET" in row.methods:
            by_name[name] = (name, address(name, row, stage), ALICE)
    return sorted(by_name.values())


def parameters_of(html: bytes) -> set[str]:
    """Return what the links and search forms of a page put into an address."""
    linked = re.findall(r"[?;&](\w+)=", html.decode("utf-8", "replace"))
    asked = re.findall(r'name="(\w+)"', "".join(re.findall(r"<form[^>]*method=\"get\".*?</form>", html.decode(), re.S)))
    return {*linked, *asked} - {"csrfmiddlewaretoken"}


def test_every_parameter_of_every_page_takes_anything(trial, stage, pytestconfig):
    """Each that a page reads or links to, some wrong values in its turn; every night with all of them."""
    corpus = [*NUMBERS, *DATES, *KEYS, *XSS.values(), *TEXTS.values()]
    share = 1 if pytestconfig.getoption("--nightly") else 10
    some = opened(stage)
    for number, (name, url, who) in enumerate(some):
        plain = trial.send(who, "GET", url, label="as it is")
        html = plain.content if plain is not None and "html" in plain.headers.get("Content-Type", "") else b""
        read = {key for route, (place, key) in trial.read if (route, place) == (name, "GET")}
        for place, key in enumerate(sorted({*parameters_of(html), *read} - {*EVERYWHERE})):
            for value in corpus[(number + place) % share :: share]:
                ask(trial, who, url, {key: value})
            asked = f"{url}?{key}=%00&{key}=%ff%fe&{key}[]=x&{key}"
            trial.send(who, "GET", asked, label=f"{key} twice", tries=[key])
        for value in corpus[number % (3 * share) :: 3 * share]:  # none of these keeps another from being read
            ask(trial, who, url, dict.fromkeys(EVERYWHERE, value))
    by_route = {route: (url, who) for route, url, who in some}
    for route, key in trial.never_wrong("GET"):  # read only where something else was wrong, or was right
        for value in ("²", KEYS[1], TEXTS["right to left"]) if route in by_route else ():
            url, who = by_route[route]
            ask(trial, who, url, {key: value})

    trial.verdict()
    assert not trial.never_wrong("GET")


def ask(trial: Trial, who: str, url: str, asked: dict[str, str]) -> None:
    query = "&".join(f"{key}={quote(value[:3_000], safe='')}" for key, value in asked.items())
    label = f"{next(iter(asked))} = {next(iter(asked.values()))[:30]!r}"
    trial.send(who, "GET", f"{url}?{query}", label=label, tries=asked)


def test_every_argument_in_an_address_may_be_anything(trial, stage):
    """What a route takes is tried on it with every method; what no route takes is one answer, so once a route."""
    reached, with_arguments, values = set(), set(), set()
    left_over = 0
    for name in PLAYED:
        row = row_of(name)
        if row is None or not (row.args or row.url) or name.startswith("admin"):
            continue
        url = address(name, row, stage)
        who = next((each for each in (*CAST, *OWN_PAGES) if each in row.access.let_in), ANONYMOUS)
        for argument in row.args(stage) if row.args else []:
            with_arguments.add(name)
            for value in IN_ADDRESS:
                there = url.replace(str(argument), quote(value.encode("utf-8", "surrogatepass"), safe="%"))
                if route_of(unquote(there, errors="surrogatepass")):
                    methods = sorted(row.methods - {"HEAD"})
                else:
                    left_over += 1
                    methods = ["GET"] if left_over % len(IN_ADDRESS) in {0, 1} else []
                for method in methods:
                    reached.add(name)
                    values.add(value)
                    trial.send(who, method, there, label=f"{name} {value[:30]!r}")

    trial.verdict()
    assert (reached, values) == (with_arguments, set(IN_ADDRESS))


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example/x"])
def test_what_leads_elsewhere_is_told_from_what_leads_home(to):
    assert not leads_home(to)
    assert leads_home("/today/")


def test_no_header_or_cookie_breaks_a_page(trial, stage):
    """Each wrong header and cookie on some pages, so that every page meets some."""
    some = opened(stage)
    met = set()
    for place, sent in enumerate([*HEADERS, *COOKIES]):
        kind = "cookies" if sent in COOKIES else "headers"
        for name, url, who in some[place % 16 :: 16]:
            met.add((kind, name))
            trial.send(who, "GET", url, label=str(sent)[:50], **{kind: sent})
    for host in HOSTS:
        for url in ("/", "/help/", "/accounts/login/", "/api/v1/triggers/", "/mailbox/"):
            trial.send(ALICE, "GET", url, label=host[:30], HTTP_HOST=host)

    trial.verdict()
    assert met == {(kind, name) for name, _url, _who in some for kind in ("headers", "cookies")}


def test_a_method_is_what_the_request_says_and_nothing_in_it(trial, stage):
    def stays(response: Any) -> list[str]:
        return [] if response.status_code in {302, 404, 405, 422, 400} else [f"{response.status_code}"]

    for name in ("plans:trigger-archive", "recovery:checkin-remove", "recovery:use-remove", "support:consent-stop"):
        row = row_of(name)
        assert row
        url = address(name, row, stage)
        for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "POST"}):
            trial.send(ALICE, "GET", f"{url}?_method=POST", label=name, headers=headers, then=stays)

    trial.verdict()


@pytest.mark.parametrize("url", ["/check-in/", "/plan/triggers/add/", "/find/us-988/wrong/", "/accounts/login/"])
@pytest.mark.parametrize("data", [{"note": "x" * 20_000_000}, dict.fromkeys(map(str, range(1_200)), "x")])
def test_a_form_that_is_far_too_large_is_answered_on_a_page_of_ours(stage, url, data):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = copy.deepcopy(stage.client(ALICE).cookies)
    browser.cookies["csrf"] = "c" * 32

    answer = browser.post(url, urlencode(data), content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "what you typed is still in the form" in answer.content.decode()
