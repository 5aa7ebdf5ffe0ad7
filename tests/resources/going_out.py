"""Entries that leave the directory in the tests, and what is compared once they have come in again."""

import json
import re
from datetime import time

from django.urls import reverse

from resources.feeds import Defaults
from resources.models import Place
from tests.resources.factories import AccessFactory, ListingFactory, ScheduleFactory

TABLE, HSDS = reverse("resources:listings-table"), reverse("resources:hsds-services")
BMLT, JSONP = reverse("resources:bmlt-json"), reverse("resources:bmlt-jsonp")
FEEDS = [TABLE, f"{TABLE}?kind=meeting", BMLT, f"{BMLT}?get_used_formats", JSONP, HSDS]
# Nothing but the country: what a reader takes from its source must have come with the row.
BARE = Defaults(country="US")
EVENING = {"rrule": "FREQ=WEEKLY;BYDAY=MO,WE", "starts_at": time(19), "minutes": 90, "tz": "America/New_York"}


def hall(**changes):
    fields = {
        "name": "The Old Mill", "address": "12 Mill Lane", "city": "Springfield", "region": "OH", "country": "US",
        "postal_code": "01234", "latitude": "39.920000", "longitude": "-83.810000", "precision": "exact",
    }  # fmt: skip
    return Place.objects.create(**{**fields, **changes})


def meeting(when=EVENING, number="+1 555 010 0100", **changes):
    fields = {"kind": "meeting", "sub_kind": "twelve_step", "venue": "hybrid", "place": hall(), "facets": ["open"]}
    listing = ListingFactory(**{**fields, **changes})
    if when:
        ScheduleFactory(listing=listing, **{"always_open": False, **when})
    AccessFactory(listing=listing, method="url", number="", number_type="", url="https://zoom.us/j/123", note="Join")
    AccessFactory(listing=listing, number=number, note="Then type 123#. Ask for the room")
    return listing


def digits(number):
    return re.sub(r"[^\d+]", "", number)


def essence(entry):
    """Return what must survive the way out and in again: the name, when in which zone, and what to dial."""
    hours = [{k: v for k, v in row.items() if k != "text"} for row in entry["hours"]]
    return entry["name"], hours, sorted(digits(way["number"]) for way in entry["access"] if way.get("number"))


def linked_data(client, listing):
    page = client.get(listing.get_absolute_url()).content.decode()
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)
