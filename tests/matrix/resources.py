"""Who gets in where: the room of resources."""

from resources.models import (
    Access,
    ChangeProposal,
    Listing,
    Organization,
    Place,
    Program,
    Report,
    Source,
    SourceRecord,
    Verification,
)
from tests.matrix import ADMIN_CURATORS, ERIN, MEMBERS, PUBLIC, Row, row, stock
from tests.matrix.stage import Stage


def slug(stage: Stage) -> list[str]:
    return [Listing.objects.get(slug="us-988").slug]


def door(stage: Stage) -> list[object]:
    return [Listing.objects.get(slug="us-door").pk]


# What the stock admin answers where even a curator may only read.
READ_ONLY = frozenset({403})
ROWS: dict[str, Row] = {
    "resources:listing-list": row(PUBLIC),
    "resources:listing-detail": row(PUBLIC, args=slug),
    "resources:report-new": row(PUBLIC, "GET HEAD POST", args=slug),
    "resources:report-thanks": row(PUBLIC, args=slug),
    "resources:treatment-list": row(PUBLIC),
    "resources:treatment-detail": row(PUBLIC, args=lambda stage: ["detox"]),
    "api:treatments-list": row(MEMBERS),
    "api:treatments-detail": row(MEMBERS, args=lambda stage: ["detox"]),
    "api:listings-list": row(MEMBERS),
    "api:listings-detail": row(MEMBERS, args=slug),
    "admin:resources_listing_verify": row(ADMIN_CURATORS, "GET HEAD POST", args=door),
    "admin:resources_listing_delete": stock(ADMIN_CURATORS, args=door),
    **{
        f"admin:resources_{model}_{page}": stock(ADMIN_CURATORS, get=set(READ_ONLY))
        for model in ("changeproposal", "report", "source", "toolreview", "treatmentreview", "verification")
        for page in ("add", "delete")
    },
    "admin:resources_*": stock(ADMIN_CURATORS),
}


def plant(stage: Stage) -> None:
    fields = {"notes": "A line.", "kind": "hotline", "sub_kind": "line", "country": "US", "venue": "phone"}
    line = Listing.objects.create(slug="us-988", name="988", level=2, state="published", **fields)
    Listing.objects.create(slug="us-door", name="A door", **fields)
    Access.objects.create(listing=line, method="phone", number="988", number_type="short_code")
    Organization.objects.create(name="A charity", slug="a-charity")
    Program.objects.create(name="A program", slug="a-program")
    Place.objects.create(name="A hall", country="US")
    source = Source.objects.create(slug="a-file", name="A file", kind="file")
    seen = {"raw": {}, "first_seen_at": stage.now, "last_seen_at": stage.now}
    record = SourceRecord.objects.create(source=source, external_id="us-988", listing=line, **seen)
    ChangeProposal.objects.create(record=record, field="notes", old="A line.", new="The line.")
    Report.objects.create(listing=line, what="number")
    made = {"method": "phone", "outcome": "unreachable", "verified_on": stage.now.date()}
    Verification.objects.create(listing=line, by=stage.people[ERIN], **made)
