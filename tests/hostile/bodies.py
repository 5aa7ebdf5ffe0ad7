"""What the API is sent: the body that each door expects, read from its own description, and what goes wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from plans.models import Strategy, Trigger
from recovery.models import Instrument
from recovery.models import Stage as StageOfPath
from tests.hostile import TEXTS, XSS
from tests.matrix import ALICE
from tests.matrix.stage import Stage
from tests.test_matrix import PLAYED, address, row_of

WRITING = ("post", "put", "patch")
# Fields that name something which is there.
NAMED: dict[str, type[Any]] = {"trigger": Trigger, "strategy": Strategy, "instrument": Instrument}
# What nobody may choose for themselves, on whatever door they try it.
NEVER_OURS_TO_SET = {
    "id": "00000000-0000-0000-0000-000000000001",
    "person": 1,
    "person_id": "00000000-0000-0000-0000-000000000001",
    "created_at": "2001-01-01T00:00:00Z",
    "role": "administrator",
    "is_staff": True,
    "is_superuser": True,
    "version": 99,
    "revoked_at": "2001-01-01T00:00:00Z",
    "expires_at": "2999-01-01T00:00:00Z",
    "sent_at": "2001-01-01T00:00:00Z",
    "late": True,
    "number_type": "short",
    "changed_at": "2001-01-01T00:00:00Z",
    "archived_at": "2001-01-01T00:00:00Z",
    "__proto__": {},
}
VALUES: list[Any] = [
    None, True, [], {}, [[[]]], {"a": {"b": None}}, "", " ", 0, -1, 1.5, 2**31, 2**63, -(2**63) - 1, 10**400, 1e300,
    "NaN", "²", "٣", "0000-00-00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.999999-23:59", "2026-02-30",
    "0001-01-01T00:00:00+23:59", "24:61", "not-a-key", "00000000-0000-0000-0000-000000000000", "\ud800",
    *(TEXTS[name] for name in ("a nul", "200 KB", "a family", "right to left", "template signs", "statement")),
    XSS["a script"], XSS["out of an attribute"], ["\ud800"], {"\ud800": "\x00"}, ["x"] * 2_000,
    [{"trigger": "x", "strategy": "x", "intensity": 2**63, "outcome": "\x00"}], [None], [1, "1", True],
]  # fmt: skip
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[1, 2, 3]",
    "a word": b'"word"',
    "a number": b"7",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep in a field": b'{"note": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    "not a number": b'{"impact": NaN, "mood": Infinity}',
    "beyond any number": b'{"impact": 1e400, "craving": -1e400}',
    "5,000 digits": b'{"impact": ' + b"9" * 5_000 + b"}",
    "twice": b'{"name": "one", "name": {"two": 2}}',
    "cut short": b'{"name": "one", "no',
    "no utf-8": b'{"name": "\xff\xfe\xc3\x28"}',
    "a mark in front": b"\xef\xbb\xbf{}",
    "another charset": '{"name": "x"}'.encode("utf-16"),
    "half a pair": b'{"name": "\\ud83d", "\\ud800": 1, "text": "\\udc00"}',
    "a nul": b'{"name": "a\x00b"}',
    "comments": b"{/* x */}",
    "too large": b'{"note": "' + b"x" * 1_100_000 + b'"}',
    "a form": b"name=one&impact=7",
}
# Not read as anything, whatever door they are pushed through: one part of the house turns them all away.
UNREADABLE = {"nothing", "deep", "deep in a field", "not a number", "beyond any number", "5,000 digits", "cut short",
              "no utf-8", "another charset", "comments", "too large", "a form"}  # fmt: skip
TYPES = ["application/json", "application/json; charset=utf-16", "application/json; charset=no-such", "text/plain",
         "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "text/xml", "",
         "application/json\x0b", "*/*", "x" * 5_000]  # fmt: skip


@dataclass(frozen=True)
class Door:
    """One thing that may be written: where, how, with which fields, and what they say when all is well."""

    url: str
    method: str
    fields: tuple[str, ...]
    valid: dict[str, Any]
    # What goes with every body: which version of the row it was written against.
    headers: dict[str, str]

    def with_one(self, name: str, value: Any) -> bytes:
        return json.dumps({**self.valid, name: value}).encode()


@cache
def description() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


def doors(stage: Stage) -> list[Door]:
    """Return everything that the API lets Alice write, from its description."""
    by_path = description()["paths"]
    found = []
    for name in PLAYED:
        row = row_of(name)
        assert row
        if not name.startswith("api:") or ALICE not in row.access.let_in:
            continue
        url = address(name, row, stage)
        wanted = set(row.methods) & {"POST", "PUT", "PATCH"}
        for path, operations in by_path.items():
            if fits(path, url):
                found += [
                    Door(
                        url,
                        method,
                        tuple(shape),
                        {key: example(key, field, stage) for key, field in shape.items()},
                        {"If-Match": stage.client(ALICE).get(url).headers.get("ETag", "")} if method != "post" else {},
                    )
                    for method in WRITING
                    # A word in an address also fits the place of a key: that path lacks the method.
                    if method.upper() in wanted
                    and method in operations
                    and (shape := fields_of(operations[method])) is not None
                ]
    return found


def fits(path: str, url: str) -> bool:
    ours, theirs = path.strip("/").split("/"), url.strip("/").split("/")
    return len(ours) == len(theirs) and all(
        part.startswith("{") or part == other for part, other in zip(ours, theirs, strict=True)
    )


def fields_of(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return dict(resolved(content).get("properties", {}))


def resolved(shape: dict[str, Any]) -> dict[str, Any]:
    while True:
        if "$ref" in shape:
            shape = description()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
        elif inner := next((shape[key] for key in ("allOf", "oneOf", "anyOf") if key in shape), None):
            shape = inner[0]
        else:
            return shape


def example(name: str, shape: dict[str, Any], stage: Stage) -> Any:
    """Return something that is right for this field."""
    shape = resolved(shape)
    kind = shape.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if name == "stage" and kind == "string":
        return stage.one(StageOfPath).slug
    if shape.get("format") == "decimal":
        return "7"
    if name == "listing":
        return "us-988"
    if name in NAMED:
        return str(stage.one(NAMED[name]).pk)
    if shape.get("enum"):
        return shape["enum"][0]
    known = {
        "date": timezone.now().date().isoformat(),
        "date-time": timezone.now().isoformat(),
        "time": "19:30",
        "uuid": "11111111-2222-4333-8444-555555555555",
    }
    if shape.get("format") in known:
        return known[shape["format"]]
    if name in {"number", "shown_number"}:
        return "+13125550199"
    simple = {"integer": int(shape.get("minimum", 1)), "number": 7, "boolean": True, "array": [], "object": {}}
    return simple.get(kind, words_of(shape.get("minLength", 1), shape.get("maxLength", 99)))


def words_of(shortest: int, longest: int) -> str:
    """Return a few words, said again until they are long enough."""
    return "A few words" * (shortest // 11 + 1) if shortest > 11 else "A few words"[:longest]


def wrong_values(door: Door, every: int = 1) -> Iterator[tuple[str, Any]]:
    for place, name in enumerate(door.fields):
        for value in VALUES[place % every :: every]:
            yield name, value
