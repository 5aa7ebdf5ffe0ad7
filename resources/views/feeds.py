"""The directory for other programs: the meetings of everybody, and one entry for a calendar."""

import gzip
import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from resources.exports import calendar, meeting_guide
from resources.models import Listing

# A feed is made once for everybody, and anew when an entry has changed; a changed place or group comes in by the hour.
KEPT_SECONDS = 3600
BATCH = 2_000


@require_safe
@login_not_required
def meetings(request: HttpRequest) -> HttpResponse:
    """All published meetings as Meeting Guide JSON; with ETag, and packed for whoever can unpack it."""
    shown = Listing.objects.visible().filter(kind=Listing.Kind.MEETING)
    state = shown.aggregate(count=Count("pk"), last=Max("updated_at"))
    root = request.build_absolute_uri("/")[:-1]
    key = f"feed:{hashlib.sha256(f'{root} {state}'.encode()).hexdigest()}"
    packed = cache.get(key)
    if packed is None:
        packed = _made(root)
        cache.set(key, packed, KEPT_SECONDS)
    etag = f'W/"{hashlib.sha256(packed).hexdigest()[:32]}"'
    response = HttpResponse(status=304) if _has(request, etag) else _answer(request, packed)
    response["ETag"], response["Cache-Control"] = etag, "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
@login_not_required
def listing_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry for a calendar. It says when and where, and not what."""
    entries = Listing.objects.visible().select_related("place").prefetch_related("schedules")
    made = calendar.make(get_object_or_404(entries, slug=slug), timezone.now())
    if made is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)


def _made(root: str) -> bytes:
    shown = Listing.objects.visible().filter(kind=Listing.Kind.MEETING).order_by("slug")
    rows = shown.select_related("place", "group").prefetch_related("accesses", "schedules")
    feed = meeting_guide.make(rows.iterator(chunk_size=BATCH), lambda entry: root + entry.get_absolute_url())
    # The same rows always make the same bytes, also packed, so that the ETag holds.
    return gzip.compress(json.dumps(feed.records, ensure_ascii=False).encode(), mtime=0)


def _has(request: HttpRequest, etag: str) -> bool:
    return etag in parse_etags(request.headers.get("If-None-Match", ""))


def _answer(request: HttpRequest, packed: bytes) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(packed, content_type="application/json", headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(packed), content_type="application/json")
