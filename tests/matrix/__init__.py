"""The authorization matrix: every route says who gets in, and test_matrix.py tries everybody on it.

To add a route, add a row to the file of its room, by URL name:

    ROWS = {
        "plan": row(MEMBERS),                                            # each signed-in person sees their own
        "plans:trigger-list": row(MEMBERS, "GET HEAD POST"),
        "plans:trigger-detail": row(OWNER, "GET HEAD POST", args=lambda stage: [stage.one(Trigger).pk]),
        "support:client": row(COUNSELOR_WITH_CONSENT, args=..., shows={BOB: {"plans.Trigger.name"}}, logged={BOB}),
    }

A new model needs nothing: a row of it that belongs to Alice is made up from its columns, with a canary in every private
text. Where that does not satisfy its constraints, the room's `plant(stage)` makes the row; `stage.keep(row, "field")`
leaves a private text as it is where its form is bound (a telephone number).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ANONYMOUS = "anonymous"
ALICE = "alice, whose record it is"
CHARLIE = "charlie, another person"
BOB = "bob, a counselor with consent"
UNASKED = "a counselor without consent"
EXPIRED = "a counselor whose consent is over"
REVOKED = "a counselor whose consent was taken back"
LEFT = "somebody with consent who is no longer a counselor"
DANA = "dana, a supporter let in"
ERIN = "erin, who keeps the directory"
ADMIN = "a superuser"
EVERYBODY = frozenset({ANONYMOUS, ALICE, CHARLIE, BOB, UNASKED, EXPIRED, REVOKED, LEFT, DANA, ERIN, ADMIN})

SAFE = frozenset({"GET", "HEAD"})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Access:
    """Who gets in; everybody else is sent to the sign-in, or told that there is nothing here."""

    let_in: frozenset[str]
    # What those who stay outside are answered. 404 and not 403: a stranger must not learn that a record exists.
    shut: frozenset[int] = frozenset({404})


PUBLIC = Access(EVERYBODY)
MEMBERS = Access(EVERYBODY - {ANONYMOUS})  # each sees what is their own
OWNER = Access(frozenset({ALICE}))  # the address names something of Alice's
COUNSELORS = Access(frozenset({BOB, UNASKED, EXPIRED, REVOKED}))
COUNSELOR_WITH_CONSENT = Access(frozenset({BOB}))
SUPPORTER_WITH_CONSENT = Access(frozenset({DANA}))
CURATORS = Access(frozenset({ERIN}))
SUPERUSERS = Access(frozenset({ADMIN}))
# In the admin the stock pages answer: to its own sign-in for people, 403 for staff without the right.
ADMIN_CURATORS = Access(frozenset({ERIN, ADMIN}), frozenset({302, 403, 404}))
ADMIN_SUPERUSERS = Access(frozenset({ADMIN}), frozenset({302, 403, 404}))
NOBODY = Access(frozenset(), frozenset({302, 403, 404}))

# What a library's own page may answer on a method that it was not made for: anything but a break.
STOCK_ANSWERS = frozenset({200, 302, 400, 403, 404, 405, 409, 410, 422, 429})
# What a form or the API may answer to somebody who got in, whatever they sent.
DEED_ANSWERS = frozenset({200, 201, 202, 204, 302, 303, 400, 409, 412, 415, 422, 428, 429})


@dataclass(frozen=True)
class Row:
    access: Access
    methods: frozenset[str]
    url: Callable[[Any], str] | None = None
    args: Callable[[Any], list[Any]] | None = None
    get: frozenset[int] = frozenset({200})
    deed: frozenset[int] = DEED_ANSWERS
    body: Mapping[str, Any] = field(default_factory=dict)
    shows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    logged: frozenset[str] = frozenset()
    stock: bool = False


def row(
    access: Access,
    methods: str = "GET HEAD",
    *,
    args: Callable[[Any], list[Any]] | None = None,
    url: Callable[[Any], str] | None = None,
    get: int | set[int] = 200,
    deed: set[int] | None = None,
    body: Mapping[str, Any] | None = None,
    shows: Mapping[str, set[str]] | None = None,
    logged: set[str] | None = None,
) -> Row:
    """Declare one route.

    :param methods: what it takes; everything else is 405 for those let in
    :param args: the arguments of its address, from the stage; `url` gives the whole address instead
    :param get: what those let in are answered on GET and HEAD
    :param deed: what those let in are answered on the other methods, where it is narrower than “a form's answer”
    :param body: what POST, PUT and PATCH send
    :param shows: which private text of Alice's (“room.Model.field”) a persona other than she may read here, and does
    :param logged: whose looks leave a row in the access log; nobody else's do
    """
    return Row(
        access=access,
        methods=frozenset(methods.split()),
        url=url,
        args=args,
        get=frozenset({get}) if isinstance(get, int) else frozenset(get),
        deed=frozenset(deed) if deed is not None else DEED_ANSWERS,
        body=body or {},
        shows={who: frozenset(what) for who, what in (shows or {}).items()},
        logged=frozenset(logged or ()),
    )


def stock(
    access: Access, *, args: Callable[[Any], list[Any]] | None = None, url: Any = None, get: set[int] | None = None
) -> Row:
    """Declare a route of the admin or of allauth: who gets in, what GET answers them, and no break on any method."""
    return Row(
        access=access,
        methods=frozenset(METHODS),
        url=url,
        args=args,
        get=frozenset(get or {200}),
        deed=STOCK_ANSWERS,
        stock=True,
    )
