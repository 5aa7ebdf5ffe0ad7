"""Find support: the list, one entry, and “this is wrong”. All of it is open to everyone."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.exceptions import Refusal
from accounts.http import COUNTRY_COOKIE, PersonRequest, remember_country
from resources import services
from resources.forms import FACET_GROUPS, FindForm, NearForm, ReportForm
from resources.models import COUNTRIES, Listing
from resources.search import Wish, find, find_something
from resources.views import nearby

PER_PAGE = 20
MOST_NEAR = 50
MOST_ON_NOW = 3


@require_safe
@login_not_required
def listing_list(request: PersonRequest) -> HttpResponse:
    """Show what is out there, most urgent first, or what fits a search."""
    form = FindForm(request.GET)
    spot, km = nearby.chosen(request)
    wish = replace(form.wish(nearby.told_country(request)), spot=spot, km=km)
    found_for, found = find_something(wish)
    # What is ordered by distance is shown to its end, for a page of it would not know where the next one starts.
    after = "" if found_for.spot else request.GET.get("after", "")[:64]
    page = list(found.from_slug(after).with_numbers()[: (MOST_NEAR if found_for.spot else PER_PAGE) + 1])
    context = {
        "wish": wish,
        "found_for": found_for,
        "count": found.count(),
        "listings": page[:MOST_NEAR] if found_for.spot else page[:PER_PAGE],
        "next": page[PER_PAGE - 1].slug if len(page) > PER_PAGE and not found_for.spot else "",
        "after": after,
        "urgent": _urgent(wish.country),
        "query": _query_without_page(request),
        "kinds": Listing.Kind.choices,
        "countries": COUNTRIES.items(),
        "form": form,
        "near_form": NearForm(initial={"place": spot.name, "km": km} if spot else None),
        "facet_groups": FACET_GROUPS,
        "day": timezone.localdate(),
    }
    template = "_listing_list.html" if request.htmx else "listing_list.html"
    response = render(request, f"resources/{template}", context)
    return _remember_country(response, request, wish)


@require_safe
@login_not_required
def on_now(request: PersonRequest) -> HttpResponse:
    """Give a few meetings that are on, or begin within two hours: what Help fetches once it stands."""
    spot, km = nearby.chosen(request)
    meetings = frozenset({str(Listing.Kind.MEETING)})
    country = nearby.told_country(request)
    wish = Wish(kinds=meetings, when="soon", now=timezone.now(), country=country, spot=spot, km=km)
    found = find(wish).with_numbers()[:MOST_ON_NOW]
    response = render(request, "resources/_on_now.html", {"listings": found})
    response.setdefault("Cache-Control", "private, max-age=60")
    return response


@require_safe
@login_not_required
def listing_detail(request: HttpRequest, slug: str) -> HttpResponse:
    entries = Listing.objects.visible().with_numbers().select_related("program", "group", "organization")
    listing = get_object_or_404(entries.prefetch_related("records__source"), slug=slug)
    return render(request, "resources/listing_detail.html", {"listing": listing, "day": timezone.localdate()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def report_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a “this is wrong” from anybody. Who sends it is not written down."""
    listing = get_object_or_404(Listing.objects.visible(), slug=slug)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if not form.is_from_a_machine:
                services.report_wrong(listing=listing, now=timezone.now(), **_said(form))
            return redirect("resources:report-thanks", slug=listing.slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "resources/report_new.html", {"listing": listing, "form": form}, status=status)


@require_safe
@login_not_required
def report_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.visible(), slug=slug)
    return render(request, "resources/report_thanks.html", {"listing": listing})


def _said(form: ReportForm) -> dict[str, str]:
    return {"what": form.cleaned_data["what"], "text": form.cleaned_data["text"]}


def _remember_country(response: HttpResponse, request: HttpRequest, wish: Wish) -> HttpResponse:
    if "country" in request.GET and wish.country and wish.country != request.COOKIES.get(COUNTRY_COOKIE):
        remember_country(response, request, wish.country)
    return response


def _urgent(country: str) -> list[Listing]:
    """Return the few lines to call first; without a country, the emergency numbers of all."""
    lines = Listing.objects.visible().with_numbers().for_emergencies()
    return list(lines.in_country(country)[:4] if country else lines.filter(level=Listing.Level.EMERGENCY))


def _query_without_page(request: HttpRequest) -> str:
    query: Any = request.GET.copy()
    query.pop("after", None)
    return str(query.urlencode())
