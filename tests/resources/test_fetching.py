"""Fetching by address: never into our own network, never without bounds, and a failure changes nothing."""

import gzip
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from resources import services, tasks
from resources.fetching import NotFetched, fetch, is_public
from resources.models import ImportRun, Listing, Source, SourceRecord
from tests.resources.feeding import feed, make_source, meeting

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
IN_OUR_NETWORK = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "192.168.255.255", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.0.170",
    "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "100::1",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", IN_OUR_NETWORK)
def test_no_address_of_a_network_of_ours_is_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/",
        "http://[::ffff:7f00:1]/", "http://localhost/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/",
        "http://0/", "https://user:word@1.1.1.1/", "ftp://1.1.1.1/", "file:///etc/passwd", "gopher://1.1.1.1/",
        "http://1.1.1.1:22/", "http://[fe80::1%25eth0]/", "http:///x", "http://a:b:c/", "//1.1.1.1/", "",
    ],
)  # fmt: skip
def test_an_address_inside_is_refused_however_it_is_spelled(url):
    with pytest.raises(NotFetched) as refused:
        fetch(url, most_bytes=1000, seconds=2)
    assert str(refused.value).endswith(".")


@contextmanager
def server(answer):
    """Serve on loopback; `answer` gets the handler of each request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(dict(self.headers))
            try:
                answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *_):
            pass

    seen: list[dict[str, str]] = []
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{served.server_port}/", seen
    finally:
        served.shutdown()
        served.server_close()


def say(status=200, body=b"", **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def on_loopback(settings):
    settings.FETCH_LOOPBACK = True


@pytest.mark.usefixtures("on_loopback")
def test_a_feed_is_fetched_with_what_marks_its_state():
    with server(say(body=b"[1]", ETag='"a"', Last_Modified="Mon, 02 Mar 2026 12:00:00 GMT")) as (url, seen):
        found = fetch(url, etag='"old"', most_bytes=1000, seconds=5)

    assert (found.status, found.body, found.etag) == (200, b"[1]", '"a"')
    assert seen[0]["If-None-Match"] == '"old"'


def test_a_redirect_into_our_network_is_refused(settings):
    with server(say(302, Location="http://10.0.0.1/")) as (url, _seen):
        settings.FETCH_LOOPBACK = True
        with pytest.raises(NotFetched, match="not a public one"):
            fetch(url, most_bytes=1000, seconds=5)


@pytest.mark.usefixtures("on_loopback")
@pytest.mark.parametrize("where", ["/", "file:///etc/passwd"])
def test_redirects_end(where):
    with server(say(302, Location=where)) as (url, seen), pytest.raises(NotFetched):
        fetch(url, most_bytes=1000, seconds=5)
    assert len(seen) <= 4


@pytest.mark.usefixtures("on_loopback")
@pytest.mark.parametrize(
    "answer",
    [
        say(body=b"x" * 5000),
        say(body=gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip"),
        say(body=b"not gzip", Content_Encoding="gzip"),
        say(body=b"half", Content_Length="4000"),
    ],
)
def test_a_body_that_is_too_large_a_bomb_or_cut_short_is_refused(answer):
    with server(answer) as (url, _seen), pytest.raises(NotFetched):
        fetch(url, most_bytes=4000, seconds=10)


@pytest.mark.usefixtures("on_loopback")
def test_a_server_that_trickles_is_left_when_the_time_is_up():
    stop = threading.Event()

    def trickle(handler):
        handler.send_response(200)
        handler.end_headers()
        while not stop.wait(0.05):
            handler.wfile.write(b" ")

    with server(trickle) as (url, _seen):
        began = time.monotonic()
        with pytest.raises(NotFetched, match="too long"):
            fetch(url, most_bytes=10_000_000, seconds=0.4)
        stop.set()
    # Far from its five seconds for each byte; how fast exactly is not what this is about.
    assert time.monotonic() - began < 60


FEED = feed(meeting("a"), meeting("b"))


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.usefixtures("on_loopback")
def test_a_feed_comes_in_by_address_and_is_not_read_again_while_nothing_is_new():
    def answer(handler):
        same = handler.headers.get("If-None-Match") == '"1"'
        say(304 if same else 200, b"" if same else FEED, ETag='"1"')(handler)

    with server(answer) as (url, seen):
        source = make_source(url=url)
        tasks.fetch(source_id=source.pk)
        tasks.fetch(source_id=source.pk)

    assert (len(seen), Listing.objects.count(), ImportRun.objects.count()) == (2, 2, 1)
    source.refresh_from_db()
    assert (source.etag, source.last_error) == ('"1"', "")


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.usefixtures("on_loopback")
@pytest.mark.parametrize(
    "answer",
    [say(500), say(404), say(200, b"[]"), say(200, b"<html>Checking your browser</html>"), say(200, FEED[:-20])],
)
def test_a_failed_fetch_is_written_down_and_nothing_is_missing(answer):
    with server(say(body=FEED)) as (url, _seen):
        source = make_source(url=url)
        services.fetch_source(source=source, now=NOW)
    with server(answer) as (url, _seen):
        Source.objects.update(url=url)
        source.refresh_from_db()
        run = services.fetch_source(source=source, now=NOW + timedelta(days=1))

    source.refresh_from_db()
    assert run
    assert (run.state, source.last_error) == ("failed", run.reason)
    assert source.last_ok_at == NOW
    assert not SourceRecord.objects.exclude(missing_since=None).exists()


@pytest.mark.django_db(databases=["default", "keys"])
def test_an_address_inside_ends_as_a_failed_run():
    run = services.fetch_source(source=make_source(url="http://169.254.169.254/latest/"), now=NOW)

    assert run
    assert (run.state, run.reason) == ("failed", "This address is not a public one.")


@pytest.mark.django_db(databases=["default", "keys"])
def test_feeds_take_their_turn_by_the_clock():
    due = {"url": "https://example.org/feed", "every_hours": 6}
    never = make_source("never", **{**due, "every_hours": 0})
    first = make_source("first", **due)
    late = make_source("late", last_attempt_at=NOW - timedelta(hours=6), **due)
    soon = make_source("soon", last_attempt_at=NOW - timedelta(hours=5), **due)

    turn = set(Source.objects.due(NOW))

    assert turn == {first, late}
    assert not turn & {never, soon}
