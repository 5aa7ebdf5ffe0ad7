"""What a reader hands over, and how bytes become rows without hurting whoever reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

# A feed of 26,000 meetings has 10 MB; what is much larger is no feed.
MOST_BYTES = 32 * 1024 * 1024
# Brackets and commas: each can cost a hundred bytes of memory once it is read.
MOST_PARTS = 4_000_000
MOST_ROWS = 100_000

Row = dict[str, Any]


class UnreadableFeed(ValueError):
    """A file as a whole cannot be read; the message says why, in words fit to show."""


class RejectedRow(ValueError):
    """One row cannot become an entry; the message says why."""


@dataclass(frozen=True)
class Defaults:
    """What holds for a source where a row does not say it."""

    country: str = ""
    tz: str = ""
    language: str = ""
    program: str = ""  # slug
    mapping: dict[str, str] = field(default_factory=dict)  # for tables: our column → theirs


@dataclass(frozen=True)
class Issue:
    at: str  # where in the file: “[12]” or “row 13”
    says: str
    key: str = ""  # what the row is called in its source, where that can be read
    rejected: bool = False


@dataclass(frozen=True)
class FeedEntry:
    at: str
    key: str
    entry: Row  # in the words of `resources.entries`
    updated: str = ""  # ISO instant, as its source says


@dataclass
class Reading:
    """Everything that was read: `rows` = `entries` + rejected issues."""

    rows: int = 0
    entries: list[FeedEntry] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def rejected(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.rejected]


def parse_json(payload: bytes) -> Any:
    """Return what JSON says.

    :raises UnreadableFeed: when it is too large, no JSON, cut short, or nested beyond sense
    """
    check_size(payload)
    start = payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        raise UnreadableFeed("This is a web page, not a feed.")
    try:
        return json.loads(payload.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise UnreadableFeed("The file is not written in UTF-8.") from error
    except RecursionError as error:
        raise UnreadableFeed("The file is nested too deeply.") from error
    except ValueError as error:
        raise UnreadableFeed(f"The file is no JSON, or it was cut short: {str(error)[:120]}.") from error


def check_size(payload: bytes) -> None:
    """:raises UnreadableFeed: for an empty file and for one that would eat the memory."""
    if not payload.strip():
        raise UnreadableFeed("The file is empty.")
    if len(payload) > MOST_BYTES:
        raise UnreadableFeed("The file is larger than 32 MB.")
    if sum(payload.count(mark) for mark in (b"{", b"[", b",")) > MOST_PARTS:
        raise UnreadableFeed("The file has too many parts to be a feed.")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def rows_of(content: Any, *names: str) -> list[Any]:
    """Return the rows of a file: the array itself, or the one under the first of some names.

    :raises UnreadableFeed: when there are none, or too many
    """
    rows = content
    if isinstance(content, dict):
        rows = next((content[name] for name in names if isinstance(content.get(name), list)), None)
    if not isinstance(rows, list):
        raise UnreadableFeed("The file does not hold a list of entries.")
    if not rows:
        raise UnreadableFeed("The file holds no entries.")
    if len(rows) > MOST_ROWS:
        raise UnreadableFeed(f"The file holds more than {MOST_ROWS:,} entries.")
    return rows


def each_row(rows: list[Any], reading: Reading, first: int = 0, label: str = "[{}]") -> Iterator[tuple[str, Row]]:
    """Yield where each row stands and the row, and reject what is no row."""
    for number, row in enumerate(rows, start=first):
        reading.rows += 1
        at = label.format(number)
        if isinstance(row, dict):
            yield at, row
        else:
            reading.issues.append(Issue(at, "This is not an entry.", rejected=True))
