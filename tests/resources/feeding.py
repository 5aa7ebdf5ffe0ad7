"""Feeds for the tests: synthetic rows with the quirks of real ones, and what reads and imports them."""

import json
import os
from pathlib import Path

from django.utils import timezone

from resources.feeds import Defaults, read
from resources.importing import begin, carry_out
from resources.models import Program, Source

# Other people's feeds are read from where this names them, and never become part of the project.
FEEDS = Path(os.environ["WAYLIGHT_FEEDS"]) if os.environ.get("WAYLIGHT_FEEDS") else None
DEFAULTS = Defaults(country="US", tz="America/New_York", language="en", program="aa")


def meeting(slug="open-door", **changes):
    """Return one meeting as Meeting Guide has it; the people and places are made up."""
    row = {
        "slug": slug, "name": f"Meeting {slug}", "day": 1, "time": "19:00", "end_time": "20:00", "types": ["O", "D"],
        "location": "The Old Mill", "formatted_address": "12 Mill Lane, Springfield, OH 45501, USA",
        "latitude": 39.92, "longitude": -83.81, "regions": ["Ohio", "Springfield"], "updated": "2026-01-02 03:04:05",
    }  # fmt: skip
    return {key: value for key, value in {**row, **changes}.items() if value is not None}


def feed(*rows):
    return json.dumps(list(rows)).encode()


def read_rows(*rows, format="meeting_guide", defaults=DEFAULTS):
    return read(format, feed(*rows), defaults)


def entry_of(**changes):
    """Return the entry that one meeting becomes."""
    [found] = read_rows(meeting(**changes)).entries
    return found.entry


def make_source(slug="a-feed", **changes):
    program, _made = Program.objects.get_or_create(slug="aa", defaults={"name": "Alcoholics Anonymous"})
    fields = {
        "name": "A feed", "kind": "feed", "format": "meeting_guide", "default_country": "US",
        "default_tz": "America/New_York", "default_language": "en", "trust": "shown", "program": program,
    }  # fmt: skip
    return Source.objects.create(slug=slug, **{**fields, **changes})


def run_file(source, payload, now=None, approved_by=None):
    """Import a file, and return the run; approve it where it is held and somebody is named for that."""
    now = now or timezone.now()
    run = carry_out(run=begin(source=source, payload=payload, by=None, now=now), now=now)
    if run.state == "held" and approved_by:
        run = carry_out(run=run, now=now, approved_by=approved_by)
    return run


def counts(run):
    return {name: getattr(run, name) for name in ("added", "changed", "same", "missing", "rejected")}
