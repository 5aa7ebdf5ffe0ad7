"""How a feed is answered: made once for everybody, kept packed, and not sent again while nothing has changed."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC

from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from resources.models import ListingQuerySet

# A feed is made anew when an entry has changed; a changed place or group comes in by the hour.
KEPT_SECONDS = 3600


def kept(request: HttpRequest, name: str, shown: ListingQuerySet, make: Callable[[], str]) -> bytes:
    """Return a feed, packed: the kept one, or one made now.

    :param name: which feed it is, with everything asked for that changes what is in it
    :param shown: the entries whose change makes it another one
    """
    state = shown.aggregate(count=Count("pk"), last=Max("updated_at"))
    # A closing with an end is over on a day, though no row changes on it.
    said = f"{root(request)} {name} {state} {timezone.now().astimezone(UTC).date()}"
    key = f"feed:{hashlib.sha256(said.encode()).hexdigest()}"
    known: bytes | None = cache.get(key)
    if known is None:
        known = packed(make())
        cache.set(key, known, KEPT_SECONDS)
    return known


def packed(text: str) -> bytes:
    """Return a feed packed: the same rows always make the same bytes, so that the ETag holds."""
    return gzip.compress(text.encode(), mtime=0)


def answer(request: HttpRequest, made: bytes, content_type: str, **headers: str) -> HttpResponse:
    """Send a feed, or 304 to whoever has it already; packed for whoever can unpack it."""
    etag = f'W/"{hashlib.sha256(made).hexdigest()[:32]}"'
    response = HttpResponse(status=304) if _has(request, etag) else _body(request, made, content_type)
    response["ETag"], response["Cache-Control"] = etag, "public, max-age=300"
    # Pages of other sites may read it and, as JSONP, run it: it holds nothing that is not public.
    response["Access-Control-Allow-Origin"], response["Cross-Origin-Resource-Policy"] = "*", "cross-origin"
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def root(request: HttpRequest) -> str:
    """Return the address of this site, without a slash at its end."""
    return request.build_absolute_uri("/")[:-1]


def _has(request: HttpRequest, etag: str) -> bool:
    return etag in parse_etags(request.headers.get("If-None-Match", ""))


def _body(request: HttpRequest, made: bytes, content_type: str) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(made, content_type=content_type, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(made), content_type=content_type)
