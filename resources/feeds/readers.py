"""Which reader reads which format."""

from collections.abc import Callable
from dataclasses import replace

from resources.feeds import bmlt, hsds, meeting_guide, table, treatment
from resources.feeds.reading import Defaults, FeedEntry, Issue, Reading, UnreadableFeed

READERS: dict[str, Callable[[bytes, Defaults], Reading]] = {
    "meeting_guide": meeting_guide.read,
    "bmlt": bmlt.read,
    "table": table.read,
    "find_treatment": treatment.read,
    "hsds": hsds.read,
}


def read(format: str, payload: bytes, defaults: Defaults) -> Reading:
    """Return what a file says.

    :raises UnreadableFeed: when the file as a whole cannot be read, or nothing in it can
    """
    reader = READERS.get(format)
    if reader is None:
        raise UnreadableFeed("Nothing here reads this format.")
    reading = _told_apart(reader(payload, defaults))
    if not reading.entries:
        raise UnreadableFeed(
            f"None of its {reading.rows} rows can become an entry. The first: {reading.issues[0].says}"
        )
    return reading


def _told_apart(reading: Reading) -> Reading:
    """Give rows of one name names of their own by day and time; what is the same twice is rejected once."""
    entries: list[FeedEntry] = []
    taken: dict[str, str] = {}
    for entry in reading.entries:
        hours = (entry.entry["hours"] or [{}])[0]
        full = f"{entry.key}~{hours.get('rrule', '')[19:]}~{hours.get('starts_at', '')}"[:255]
        if full in taken:
            says = f"The same entry stands at {taken[full]}."
            reading.issues.append(Issue(entry.at, says, entry.key, rejected=True))
            continue
        entries.append(replace(entry, key=full if entry.key in taken else entry.key))
        taken[full] = taken[entry.key] = entry.at
    reading.entries = entries
    return reading
