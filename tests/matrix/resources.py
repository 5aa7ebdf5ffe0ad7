"""Who gets in where: the room of resources."""

from resources.models import Access, Listing
from tests.matrix import PUBLIC, Row, row
from tests.matrix.stage import Stage


def slug(stage: Stage) -> list[str]:
    return [Listing.objects.get(slug="us-988").slug]


ROWS: dict[str, Row] = {
    "resources:listing-list": row(PUBLIC),
    "resources:listing-detail": row(PUBLIC, args=slug),
    "resources:report-new": row(PUBLIC, "GET HEAD POST", args=slug),
    "resources:report-thanks": row(PUBLIC, args=slug),
}


def plant(stage: Stage) -> None:
    line = Listing.objects.create(
        slug="us-988",
        name="988",
        notes="A line.",
        kind=Listing.Kind.HOTLINE,
        sub_kind=Listing.SubKind.LINE,
        level=Listing.Level.CRISIS,
        country="US",
        venue=Listing.Venue.PHONE,
        state=Listing.State.PUBLISHED,
    )
    Access.objects.create(listing=line, method="phone", number="988", number_type="short_code")
