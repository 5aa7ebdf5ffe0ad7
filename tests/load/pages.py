"""Which pages are measured, and what each asks."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.load.measuring import Target
from tests.load.people import DECADE, MONTH, SAVERS, Person, make_person
from tests.load.servers import Server

READ = {
    "Today": "today",
    "History list": "recovery:checkin-list",
    "Insights": "recovery:insights",
    "My plan": "plan",
    "Help now": "help-now",
}
SAVE = "Save a check-in"
TOKEN = "a" * 32  # any 32 letters do, as long as cookie and header agree


def our_targets(server: Server) -> tuple[list[Target], dict[str, Person]]:
    """Make the people and return what is asked of the server in their names."""
    people = {"month": make_person("month", MONTH), "decade": make_person("decade", DECADE)}
    savers = [make_person(f"saver{number}", MONTH) for number in range(SAVERS)]
    targets = [
        Target(f"{name}, {length}", server.port, server.pid, reading(server, people[who], reverse(route)))
        for name, route in READ.items()
        for who, length in (("month", "30 days"), ("decade", "10 years"))
    ]
    targets.append(Target(SAVE, server.port, server.pid, saving(server, savers), expect=302, most=SAVERS))
    return targets, people


def reading(server: Server, person: Person, path: str) -> Callable[[], tuple[str, str, None, dict[str, str]]]:
    headers = {"Cookie": person.cookie, "Host": f"localhost:{server.port}"}
    return lambda: ("GET", path, None, headers)


def answers() -> dict[str, str]:
    return {"submission": str(uuid.uuid4()), "mood": "3", "craving": "4", "sleep": "7", "used": "no"}


def saving(server: Server, savers: list[Person]) -> Callable[[], tuple[str, str, bytes, dict[str, str]]]:
    """Return what asks for today's check-in of one saver after the other."""
    turn, path = cycle(savers), reverse("recovery:checkin")

    def ask() -> tuple[str, str, bytes, dict[str, str]]:
        headers = {
            "Cookie": f"{next(turn).cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Host": f"localhost:{server.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return "POST", path, urlencode(answers()).encode(), headers

    return ask


def count_statements(people: dict[str, Person]) -> dict[str, int]:
    """Return how many SQL statements each page takes, both databases together, sign-in included."""
    counted = {}
    for who, length in (("month", "30 days"), ("decade", "10 years")):
        client = Client(HTTP_HOST="localhost")
        client.force_login(people[who].user)
        for name, route in READ.items():
            path = reverse(route)
            counted[f"{name}, {length}"] = _count(partial(client.get, path))
    client = Client(HTTP_HOST="localhost")
    client.force_login(people["month"].user)
    counted[SAVE] = _count(partial(client.post, reverse("recovery:checkin"), answers()))
    return counted


def _count(deed: Callable[[], object]) -> int:
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in ("default", "keys")]
        deed()
    return sum(len(queries) for queries in captured)
