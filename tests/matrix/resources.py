"""Who gets in where: the room of resources."""

from datetime import time

from resources.models import (
    Access,
    ChangeProposal,
    ImportRun,
    Listing,
    Organization,
    Place,
    Program,
    Report,
    Schedule,
    Source,
    SourceRecord,
    Story,
    StoryReport,
    Verification,
)
from tests.matrix import ADMIN_CURATORS, CURATORS, ERIN, MEMBERS, OWNER, PUBLIC, Row, row, stock
from tests.matrix.stage import Stage


def slug(stage: Stage) -> list[str]:
    return [Listing.objects.get(slug="us-988").slug]


def door(stage: Stage) -> list[object]:
    return [Listing.objects.get(slug="us-door").pk]


def told(stage: Stage) -> list[object]:
    """Alice's story: everybody with an account reads it, and only she changes it."""
    return [stage.one(Story).pk]


def source(stage: Stage) -> list[object]:
    return [Source.objects.get(slug="a-file").pk]


def run(stage: Stage) -> list[object]:
    return [ImportRun.objects.get(source__slug="a-file").pk]


# What the stock admin answers where even a curator may only read.
READ_ONLY = frozenset({403})
REVIEWED = ("toolreview", "treatmentreview", "verification")
ROWS: dict[str, Row] = {
    "resources:listing-list": row(PUBLIC),
    "resources:on-now": row(PUBLIC),
    "resources:listing-detail": row(PUBLIC, args=slug),
    "resources:meetings-feed": row(PUBLIC),
    "resources:listings-table": row(PUBLIC),
    "resources:bmlt-json": row(PUBLIC),
    "resources:bmlt-jsonp": row(PUBLIC),
    "resources:hsds-services": row(PUBLIC),
    "resources:listing-calendar": row(PUBLIC, args=slug),
    "resources:near-choose": row(PUBLIC, "POST"),
    "resources:report-new": row(PUBLIC, "GET HEAD POST", args=slug),
    "resources:report-thanks": row(PUBLIC, args=slug),
    "resources:treatment-list": row(PUBLIC),
    "resources:treatment-detail": row(PUBLIC, args=lambda stage: ["detox"]),
    "api:treatments-list": row(MEMBERS),
    "api:treatments-detail": row(MEMBERS, args=lambda stage: ["detox"]),
    "api:listings-list": row(MEMBERS),
    "api:listings-detail": row(MEMBERS, args=slug),
    "resources:story-list": row(MEMBERS),
    "resources:story-detail": row(MEMBERS, args=told),
    "resources:story-helpful": row(MEMBERS, "POST", args=told),
    "resources:story-report": row(MEMBERS, "GET HEAD POST", args=told, body={"what": "other"}),
    "resources:story-offer": row(MEMBERS, "GET HEAD POST", body={"pseudonym": "Heron", "body": "Rain. " * 50}),
    "resources:own-story-list": row(MEMBERS),
    "resources:own-story-edit": row(OWNER, "GET HEAD POST", args=told),
    "resources:own-story-withdraw": row(OWNER, "GET HEAD POST", args=told),
    "api:stories-list": row(MEMBERS),
    "api:stories-detail": row(MEMBERS, args=told),
    "api:stories-helpful": row(MEMBERS, "PUT", args=told, body={"helpful": True}),
    "api:stories-report": row(MEMBERS, "POST", args=told, body={"what": "other"}),
    "api:own-stories-list": row(MEMBERS, "GET HEAD POST"),
    "api:own-stories-detail": row(OWNER, "GET HEAD PUT", args=told),
    "api:own-stories-withdraw": row(OWNER, "POST", args=told),
    "admin:resources_story_decide": row(ADMIN_CURATORS, "GET HEAD POST", args=told),
    "resources:source-list": row(CURATORS),
    "resources:source-new": row(CURATORS, "GET HEAD POST"),
    "resources:source-edit": row(CURATORS, "GET HEAD POST", args=source),
    "resources:source-detail": row(CURATORS, "GET HEAD POST", args=source),
    "resources:source-fetch": row(CURATORS, "POST", args=source),
    "resources:run-detail": row(CURATORS, args=run),
    "resources:run-approve": row(CURATORS, "POST", args=run),
    "resources:run-drop": row(CURATORS, "POST", args=run),
    "resources:run-undo": row(CURATORS, "POST", args=run),
    "admin:resources_listing_verify": row(ADMIN_CURATORS, "GET HEAD POST", args=door),
    "admin:resources_listing_delete": stock(ADMIN_CURATORS, args=door),
    **{
        f"admin:resources_{model}_{page}": stock(ADMIN_CURATORS, get=set(READ_ONLY))
        for model in (*("changeproposal", "report", "source", "story", "storyreport"), *REVIEWED)
        for page in ("add", "delete")
    },
    "admin:resources_*": stock(ADMIN_CURATORS),
}


def plant(stage: Stage) -> None:
    fields = {"notes": "A line.", "kind": "hotline", "sub_kind": "line", "country": "US", "venue": "phone"}
    line = Listing.objects.create(slug="us-988", name="988", level=2, state="published", **fields)
    Listing.objects.create(slug="us-door", name="A door", **fields)
    Schedule.objects.create(
        listing=line, rrule="FREQ=WEEKLY;BYDAY=MO", starts_at=time(19), minutes=60, tz="America/New_York"
    )
    Access.objects.create(listing=line, method="phone", number="988", number_type="short_code")
    Organization.objects.create(name="A charity", slug="a-charity")
    Program.objects.create(name="A program", slug="a-program")
    Place.objects.create(name="A hall", country="US")
    source = Source.objects.create(slug="a-file", name="A file", kind="file", url="https://example.org/feed.json")
    ImportRun.objects.create(source=source, state="held", reason="Much is gone.")
    seen = {"raw": {}, "first_seen_at": stage.now, "last_seen_at": stage.now}
    record = SourceRecord.objects.create(source=source, external_id="us-988", listing=line, **seen)
    ChangeProposal.objects.create(record=record, field="notes", old="A line.", new="The line.")
    Report.objects.create(listing=line, what="number")
    made = {"method": "phone", "outcome": "unreachable", "verified_on": stage.now.date()}
    Verification.objects.create(listing=line, by=stage.people[ERIN], **made)
    told = {"consent_version": "1", "consent_text": "I agree.", "changed_at": stage.now, "consented_at": stage.now}
    words = {"pseudonym": "Heron", "title": "The door was open", "body": "It rained, so I went in. " * 20}
    story = Story.objects.create(person=stage.alice, state="published", decided_at=stage.now, **words, **told)
    StoryReport.objects.create(story=story, what="other")
