"""The directory for other programs: everything public in the formats that they read, and one entry for a calendar."""

import gzip
import json
import re
from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resources.exports import bmlt, calendar, facts, hsds, meeting_guide, table
from resources.models import Listing, ListingQuerySet
from resources.views.kept_feeds import answer, kept, packed, root

BATCH = 2_000
PER_PAGE = 100
MOST_PER_PAGE = 500
# The name of one function and nothing else: whatever stands here is run by the page that asks.
CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,63}", re.ASCII)


@require_safe
@login_not_required
def meetings(request: HttpRequest) -> HttpResponse:
    """All published meetings as Meeting Guide JSON."""
    return answer(request, kept(request, "meetings", _meetings(), lambda: _guide(request)), "application/json")


@require_safe
@login_not_required
def listings_table(request: HttpRequest) -> HttpResponse:
    """All published entries as a table (CSV), or those of one kind: `?kind=meeting`."""
    kind = request.GET.get("kind", "")
    if kind and kind not in Listing.Kind.values:
        return _refused(_("There is no such kind. Choose hotline, meeting, treatment or community."))
    shown = Listing.objects.visible().filter(kind=kind) if kind else Listing.objects.visible()
    made = kept(request, f"table {kind}", shown, lambda: table.make(_rows(shown), _address_of(request), _today()))
    name = 'attachment; filename="listings.csv"'
    return answer(request, made, "text/csv; charset=utf-8", Content_Disposition=name)


@require_safe
@login_not_required
def bmlt_json(request: HttpRequest) -> HttpResponse:
    """All published weekly meetings, as a BMLT server answers."""
    made = _bmlt(request)
    if made is None:
        return _refused(_("This server answers GetSearchResults, GetFormats and GetServiceBodies."))
    return answer(request, made, "application/json")


@require_safe
@login_not_required
def bmlt_jsonp(request: HttpRequest) -> HttpResponse:
    """The same for pages of other sites, as a call of the function that they name."""
    callback = request.GET.get("callback", "callback")
    made = _bmlt(request)
    if not CALLBACK.fullmatch(callback):
        return _refused(_("The callback has to be the name of a function: letters, digits, _, $ and dots, at most 64."))
    if made is None:
        return _refused(_("This server answers GetSearchResults, GetFormats and GetServiceBodies."))
    # The comment in front keeps the name from being read as the start of another kind of file.
    called = f"/**/{callback}({gzip.decompress(made).decode()});"
    return answer(request, packed(called), "application/javascript; charset=utf-8", X_Content_Type_Options="nosniff")


@require_safe
@login_not_required
def hsds_services(request: HttpRequest) -> HttpResponse:
    """A page of published entries as HSDS services: `?page=2&per_page=50`."""
    number, size = _count(request, "page", 1, 100_000), _count(request, "per_page", PER_PAGE, MOST_PER_PAGE)
    if number is None or size is None:
        sentence = _("page and per_page are whole numbers from 1; a page holds at most %(most)s.")
        return _refused(sentence % {"most": MOST_PER_PAGE})
    # Not kept: whoever asked for every page in every size would push everything else out of what is.
    return answer(request, packed(_services(number, size)), "application/json")


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


def _meetings() -> ListingQuerySet:
    return Listing.objects.visible().filter(kind=Listing.Kind.MEETING)


def _rows(shown: ListingQuerySet) -> Any:
    """Return entries with all that a feed says of them, a batch at a time."""
    rows = shown.order_by("slug").select_related("place", "group", "program", "organization")
    return rows.prefetch_related("accesses", "schedules").iterator(chunk_size=BATCH)


def _address_of(request: HttpRequest) -> Any:
    here = root(request)
    return lambda entry: here + entry.get_absolute_url()


def _today() -> date:
    """Return the day in UTC: the same for whoever asks."""
    return timezone.now().astimezone(UTC).date()


def _json(content: Any) -> str:
    # Plain ASCII, for a script may not hold every sign that a text may.
    return json.dumps(content)


def _guide(request: HttpRequest) -> str:
    feed = meeting_guide.make(_rows(_meetings()), _address_of(request), _today())
    return json.dumps(feed.records, ensure_ascii=False)


def _bmlt(request: HttpRequest) -> bytes | None:
    """Return the answer to what a BMLT client asks for, packed, or nothing where it is none of ours."""
    server = f"{root(request)}/feeds/bmlt"
    asked, used = request.GET.get("switcher", "GetSearchResults"), "get_used_formats" in request.GET
    answers = {
        "GetSearchResults": lambda: _search_results(server, used),
        "GetFormats": lambda: bmlt.formats(server),
        "GetServiceBodies": lambda: bmlt.service_bodies(server, settings.APP_NAME, root(request)),
    }
    make = answers.get(asked)
    return kept(request, f"bmlt {asked} {used}", _meetings(), lambda: _json(make())) if make else None


def _search_results(server: str, used: bool) -> Any:
    records = bmlt.make(_rows(_meetings()), server, _today()).records
    return {"meetings": records, "formats": bmlt.formats(server, bmlt.used_formats(records))} if used else records


def _services(number: int, size: int) -> str:
    shown = Listing.objects.visible().filter(status__in=facts.SHOWN)
    first = (number - 1) * size
    keys = shown.order_by("slug").values("pk")[first : first + size]
    services = hsds.make(_rows(Listing.objects.filter(pk__in=[row["pk"] for row in keys])), _today())
    return _json(hsds.page(services, total=shown.count(), number=number, size=size))


def _count(request: HttpRequest, name: str, usual: int, most: int) -> int | None:
    said = request.GET.get(name, str(usual))
    number = int(said) if re.fullmatch(r"[0-9]{1,6}", said) else 0
    return number if 1 <= number <= most else None


def _refused(sentence: str) -> HttpResponse:
    headers = {"X-Content-Type-Options": "nosniff"}
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8", headers=headers)
