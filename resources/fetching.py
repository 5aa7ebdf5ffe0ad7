"""Fetches a page or a feed that a curator has named, without ever reaching into our own network.

A name is resolved once, every address it has must be a public one, and the connection goes to that very address. A
redirect is a new fetch with the same questions. Size and time have bounds, for all of it and not only for each byte.
"""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

MOST_REDIRECTS = 3
AGENT = "Waylight directory (reads public feeds; asks again with ETag)"
Address = IPv4Address | IPv6Address

# Ranges that Python calls global, or that carry an address of ours inside another.
_NAT64 = ip_network("64:ff9b::/96")
_NEVER = [ip_network(net) for net in ("192.0.0.0/24", "64:ff9b:1::/48", "2001::/23", "100.64.0.0/10", "fec0::/10")]


class NotFetched(Exception):
    """Nothing usable came back; the message says why, in words fit to show."""


@dataclass(frozen=True)
class Fetched:
    status: int  # 200, or 304 where nothing has changed; any other answer of a link check
    body: bytes = b""
    etag: str = ""
    last_modified: str = ""


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, also when it is dressed up as another."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if int(address) >> 32 == 0:  # ::1 and the old form of IPv4 in IPv6
            return False
    never = any(address in net for net in _NEVER if net.version == address.version)
    return address.is_global and not address.is_multicast and not address.is_reserved and not never


def fetch(
    url: str, *, etag: str = "", last_modified: str = "", most_bytes: int, seconds: float, method: str = "GET"
) -> Fetched:
    """Return what is behind an address.

    :param most_bytes: of the body, after it is unpacked
    :param seconds: for everything together, redirects included, 0.1–120
    :raises NotFetched: for an address that is not public, a name that is none, and whatever goes wrong on the way
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in asked.items() if value}
    with _Deadline(seconds) as deadline:
        for _hop in range(MOST_REDIRECTS + 1):
            answer = _ask(_checked(url), method, headers, most_bytes, deadline)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
    raise NotFetched("It leads from one address to the next without end.")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotFetched("This is no web address.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise NotFetched("Only addresses that begin with https:// or http:// are read.")
    if port not in {None, 80, 443} and not settings.FETCH_LOOPBACK:
        raise NotFetched("Only the usual ports of the web are read.")
    return parts


def _resolved(host: str, port: int) -> str:
    """Return the one address to connect to; every address of the name has to be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched("There is no such address.") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for text in addresses:
        address = ip_address(text)
        if not (is_public(address) or (settings.FETCH_LOOPBACK and address.is_loopback)):
            raise NotFetched("This address is not a public one.")
    return addresses[0]


class _Deadline:
    """Ends a conversation when its time is up, whatever the other side is just doing."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        self._socket = connected

    def _end(self) -> None:
        self.is_over = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


class _Pinned(HTTPConnection):
    """A connection to an address that was checked, whatever its name means a moment later."""

    def __init__(self, parts: SplitResult, deadline: _Deadline) -> None:
        self._is_secure = parts.scheme == "https"
        port = parts.port or (443 if self._is_secure else 80)
        super().__init__(str(parts.hostname), port, timeout=5)
        self._deadline = deadline

    def connect(self) -> None:
        plain = socket.create_connection((_resolved(self.host, self.port), self.port), timeout=5)
        self._deadline.watch(plain)
        self.sock = plain
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
            self._deadline.watch(self.sock)


def _ask(
    parts: SplitResult, method: str, headers: dict[str, str], most_bytes: int, deadline: _Deadline
) -> Fetched | str:
    """Return the answer, or where it sends us."""
    connection = _Pinned(parts, deadline)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers})
        answer = connection.getresponse()
        if answer.status in {301, 302, 303, 307, 308} and answer.headers.get("Location"):
            return str(answer.headers["Location"])
        body = _read(answer, most_bytes) if answer.status == 200 and method == "GET" else b""
    except (OSError, HTTPException, zlib.error, ValueError) as error:
        said = (
            "It took too long." if deadline.is_over or isinstance(error, TimeoutError) else "The connection broke off."
        )
        raise NotFetched(said) from error
    finally:
        connection.close()
    if deadline.is_over:
        raise NotFetched("It took too long.")
    kept = {name: answer.headers.get(name, "")[:200] for name in ("ETag", "Last-Modified")}
    return Fetched(answer.status, body, kept["ETag"], kept["Last-Modified"][:64])


def _read(answer: HTTPResponse, most_bytes: int) -> bytes:
    """Return the body, unpacked, and never more of it in memory than is allowed."""
    packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    parts, size = [], 0
    while chunk := answer.read(64 * 1024):
        piece = unpack.decompress(chunk, most_bytes - size + 1) if unpack else chunk
        size += len(piece)
        if size > most_bytes or (unpack and unpack.unconsumed_tail):
            raise NotFetched(f"It is larger than {most_bytes // 1024 // 1024} MB.")
        parts.append(piece)
    length = answer.headers.get("Content-Length", "")
    if not packed and length.isdigit() and size < int(length):
        raise NotFetched("The connection broke off.")
    return b"".join(parts)
