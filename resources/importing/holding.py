"""When a run is too strange to be carried out unasked: a feed that lost half of itself is a broken feed."""

from collections import Counter
from collections.abc import Iterable

from resources.entries import Entry
from resources.importing.matching import Plan
from resources.models import SourceRecord

# A month of a real feed loses 1–5 %. Sources and regions smaller than this swing too much to judge.
MOST_LOST, SMALL_SOURCE = 0.08, 20
MOST_LOST_IN_REGION, SMALL_REGION = 0.25, 50


def why_held(plan: Plan, records: Iterable[SourceRecord]) -> str:
    """Return why somebody has to look before this is done, with the region named; nothing where all is well."""
    known = [record for record in records if record.missing_since is None]
    lost = len(plan.missing)
    if len(known) >= SMALL_SOURCE and lost > MOST_LOST * len(known):
        return f"{lost} of {len(known)} entries are no longer in the file." + _worst(plan, known)
    return _worst(plan, known).strip()


def _worst(plan: Plan, known: list[SourceRecord]) -> str:
    before = Counter(region for record in known for region in regions(record.raw))
    gone = Counter(region for record in plan.missing for region in regions(record.raw))
    bad = [
        (gone[region] / before[region], region)
        for region in gone
        if before[region] >= SMALL_REGION and gone[region] > MOST_LOST_IN_REGION * before[region]
    ]
    said = [f"{region}: {gone[region]} of {before[region]} gone." for _share, region in sorted(bad, reverse=True)[:5]]
    return (" " + " ".join(said)) if said else ""


def regions(entry: Entry) -> set[str]:
    """Return the country, the state and every region that an entry lies in."""
    place = entry.get("place") or {}
    return {name for name in (entry.get("country"), place.get("region"), *(place.get("regions") or [])) if name}
