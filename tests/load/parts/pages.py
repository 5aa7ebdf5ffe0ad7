"""What somebody in recovery opens every day, with a month and with ten years behind them."""

import uuid
from collections.abc import Callable
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.clock import local_day
from plans.models import LitDay
from recovery.models import CheckIn
from tests.load.bench import Bench
from tests.load.figures import figures_of, floor_of, statements_of, table
from tests.load.first_visit import first_visit, sentence
from tests.load.measuring import Target, reading
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
# What each page should be at most, in times the floor; the figures of others stand in docs/performance.md.
AIMS = {
    "Today, 10 years": 2.0,
    SAVE: 1.5,
    "History list, 10 years": 2.0,
    "Insights, 10 years": 4.0,
    "My plan, 10 years": 2.5,
}
# And how much longer it may take with ten years than with thirty days.
MOST_GROWTH = {"Today": 1.1, "Insights": 1.5}
TOKEN = "a" * 32  # any 32 letters do, as long as cookie and header agree


def measure(bench: Bench) -> dict[str, Any]:
    """Return each page's figures, its growth with the history, and what a first visit brings."""
    people = {"month": make_person("month", MONTH), "decade": make_person("decade", DECADE)}
    savers = [make_person(f"saver{number}", MONTH) for number in range(SAVERS)]
    targets = our_targets(bench.house, people, savers)
    bench.measure(targets)
    return {
        "floor": floor_of(bench.floor),
        "pages": figures_of(targets, count_statements(people), AIMS),
        "growth": growth(targets),
        "first_visit": first_visit(bench.house.port, people["decade"].cookie),
    }


def describe(figures: dict[str, Any]) -> str:
    grown = [
        f"{name}: {times} × its own 30 days" + (f", aim ≤ {MOST_GROWTH[name]}" if name in MOST_GROWTH else "")
        for name, times in figures["growth"].items()
    ]
    return "\n".join([*table(figures["floor"], figures["pages"]), "", *grown, sentence(figures["first_visit"])])


def our_targets(server: Server, people: dict[str, Person], savers: list[Person]) -> list[Target]:
    """Return what is asked of the server in the people's names."""
    targets = [
        Target(f"{name}, {length}", server.port, server.pid, reading(server, people[who].cookie, reverse(route)))
        for name, route in READ.items()
        for who, length in (("month", "30 days"), ("decade", "10 years"))
    ]
    targets.append(Target(SAVE, server.port, server.pid, saving(server, savers), expect=302, most=SAVERS))
    return targets


def answers() -> dict[str, str]:
    return {"submission": str(uuid.uuid4()), "mood": "3", "craving": "4", "sleep": "7", "used": "no"}


def saving(server: Server, savers: list[Person]) -> Callable[[], tuple[str, str, bytes, dict[str, str]]]:
    """Return what asks for today's check-in of one saver after the other, each time the first one of the day."""
    turn, path = cycle(enumerate(savers)), reverse("recovery:checkin")

    def ask() -> tuple[str, str, bytes, dict[str, str]]:
        number, saver = next(turn)
        if number == 0:
            forget_today(savers)
        headers = {
            "Cookie": f"{saver.cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Host": f"localhost:{server.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return "POST", path, urlencode(answers()).encode(), headers

    return ask


def forget_today(savers: list[Person]) -> None:
    """Take back what was saved in the round before: to save a kept day again is another deed."""
    today = local_day(savers[0].user, timezone.now())
    kept = CheckIn.objects.filter(person__in=[saver.user for saver in savers], day=today)
    LitDay.objects.filter(source__in=list(kept.values_list("pk", flat=True))).delete()
    kept.delete()


def count_statements(people: dict[str, Person]) -> dict[str, int]:
    """Return how many SQL statements each page takes, both databases together, sign-in included."""
    counted = {}
    for who, length in (("month", "30 days"), ("decade", "10 years")):
        client = Client(HTTP_HOST="localhost")
        client.force_login(people[who].user)
        for name, route in READ.items():
            path = reverse(route)
            counted[f"{name}, {length}"] = statements_of(partial(client.get, path))
    client = Client(HTTP_HOST="localhost")
    client.force_login(people["month"].user)
    counted[SAVE] = statements_of(partial(client.post, reverse("recovery:checkin"), answers()))
    return counted


def growth(targets: list[Target]) -> dict[str, float]:
    """Return how much longer a page takes with ten years of history than with thirty days, by the best rounds."""
    best = {target.name: min(target.milliseconds) for target in targets}
    pairs = [(name.removesuffix(", 10 years"), time) for name, time in best.items() if name.endswith(", 10 years")]
    return {name: round(time / best[f"{name}, 30 days"], 2) for name, time in pairs}
