"""Bad addresses, parameters, headers and cookies on every page: an answer in words, and nobody led to another host."""

import copy
import inspect
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import resolve
from rest_framework.throttling import UserRateThrottle

from tests.hostile import DATES, KEYS, NUMBERS, TEXTS, XSS, Trial, leads_home
from tests.hostile.forms import CAST, find_forms, pages
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
ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "http:evil.example",
    "https:///evil.example",
    "//evil.example\\@testserver",
    "javascript:alert(1)",
    "data:text/html,x",
    "///evil.example",
    "/%09/evil.example",
    "http://testserver@evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\r\n/evil.example",
    "http://[::1",
    "//[",
    "https://testserver.evil.example/",
    "x" * 9_000,
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
COOKIES: list[dict[str, str]] = [
    {name: value}
    for name in ("country", "tz", "tz_later", "theme", "session", "csrf", "messages", "django_language")
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


def parameters_of(url: str, html: bytes) -> set[str]:
    """Return what this page's view reads from the address, and what its links and search forms put there."""
    module = inspect.getmodule(inspect.unwrap(resolve(url).func))
    source = inspect.getsource(module) if module and "site-packages" not in str(module.__file__) else ""
    read = re.findall(r"GET(?:\.get(?:list)?)?[\(\[]\"(\w+)\"", source)
    linked = re.findall(r"[?;&](\w+)=", html.decode("utf-8", "replace"))
    asked = re.findall(r'name="(\w+)"', "".join(re.findall(r"<form[^>]*method=\"get\".*?</form>", html.decode(), re.S)))
    return {*read, *linked, *asked, *EVERYWHERE} - {"csrfmiddlewaretoken"}


def test_every_parameter_of_every_page_takes_anything(trial, stage, pytestconfig):
    corpus = [*NUMBERS, *DATES, *KEYS, *XSS.values(), *TEXTS.values()]
    seen: set[str] = set()
    for number, (_name, url, who) in enumerate(opened(stage)):
        trial.stage.client(who)
        plain = trial.send(who, "GET", url, label="as it is")
        html = plain.content if plain is not None and "html" in plain.headers.get("Content-Type", "") else b""
        for place, key in enumerate(sorted(parameters_of(url, html))):
            seen.add(key)
            share = 1 if pytestconfig.getoption("--nightly") else 30 if key in EVERYWHERE else 10
            for value in corpus[(number + place) % share :: share]:
                asked = f"{url}?{key}={quote(value[:3_000], safe='')}"
                trial.send(who, "GET", asked, label=f"{key} = {value[:30]!r}")
            trial.send(who, "GET", f"{url}?{key}=%00&{key}=%ff%fe&{key}[]=x&{key}", label=f"{key} twice")

    trial.verdict()
    assert seen >= {
        "page",
        "days",
        "day",
        "mood",
        "q",
        "kind",
        "country",
        "since",
        "pick",
        "before",
        "who",
        "after",
        "s",
    }
    assert trial.sent > 1_000


def test_every_argument_in_an_address_may_be_anything(trial, stage):
    for name in PLAYED:
        row = row_of(name)
        if row is None or not (row.args or row.url) or name.startswith("admin"):
            continue
        url = address(name, row, stage)
        who = next((each for each in CAST if each in row.access.let_in), ANONYMOUS)
        for argument in row.args(stage) if row.args else []:
            for value in IN_ADDRESS:
                there = url.replace(str(argument), quote(value.encode("utf-8", "surrogatepass"), safe="%"))
                for method in sorted(row.methods - {"HEAD"}):
                    trial.send(who, method, there, label=f"{name} {value[:30]!r}")

    trial.verdict()
    assert trial.sent > 1_000


def test_no_next_leads_to_another_host(trial, stage):
    forms = [form for form in find_forms(stage, trial) if form.method == "POST"]
    doors = {(form.persona, form.action): form for form in forms if "next" in form.values or "account" in form.action}
    for (who, action), form in doors.items():
        for target in ELSEWHERE:
            data = form.with_one("next", target)
            at = f"{action}?next={quote(target, safe='')}"
            trial.send(who, "POST", at, label=f"next = {target[:30]!r}", data=data)
            trial.send(who, "GET", at, label=f"next = {target[:30]!r}")
    for target in ELSEWHERE:
        trial.send(ANONYMOUS, "POST", "/cover/off/", label=target[:30], data={"next": target})
        trial.send(ANONYMOUS, "GET", f"/admin/login/?next={quote(target, safe='')}", label=target[:30])
        trial.send(ALICE, "GET", f"/accounts/login/?next={quote(target, safe='')}", label=target[:30])

    trial.verdict()
    assert trial.sent > 200


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example/x"])
def test_what_leads_elsewhere_is_told_from_what_leads_home(to):
    assert not leads_home(to)
    assert leads_home("/today/")


def test_no_header_or_cookie_breaks_a_page(trial, stage):
    some = opened(stage)
    for place, headers in enumerate(HEADERS):
        for _name, url, who in some[place % 12 :: 12]:
            trial.send(who, "GET", url, label=str(headers)[:50], headers=headers)
    for place, cookies in enumerate(COOKIES):
        for _name, url, who in some[place % 24 :: 24]:
            trial.send(who, "GET", url, label=str(cookies)[:50], cookies=cookies)
    for host in HOSTS:
        for url in ("/", "/help/", "/accounts/login/", "/api/v1/triggers/", "/mailbox/"):
            trial.send(ALICE, "GET", url, label=host[:30], HTTP_HOST=host)

    trial.verdict()
    assert trial.sent > 500


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
