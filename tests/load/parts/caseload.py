"""The list of a counselor with 30 and with 500 clients, each with a month of check-ins."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from tests.load.bench import Bench
from tests.load.figures import figures_of, floor_of, statements_of, table
from tests.load.measuring import Target, reading
from tests.load.people import MONTH, Person, make_account, make_clients, sign_in
from tests.second_step import give_second_step

FEW, MANY = 30, 500
AIMS = {f"Caseload, {FEW} clients": 2.0, f"Caseload, {MANY} clients": 8.0}
MOST_STATEMENTS = 15


def measure(bench: Bench) -> dict[str, Any]:
    """Return the figures of both lists, on a second look of the day: the first one writes a row for each client."""
    clients = make_clients(MANY, MONTH)
    targets, statements = [], {}
    for count in (FEW, MANY):
        counselor = make_counselor(f"counselor{count}", clients[:count])
        name = f"Caseload, {count} clients"
        path = reverse("support:desk")
        targets.append(Target(name, bench.house.port, bench.house.pid, reading(bench.house, counselor.cookie, path)))
        statements[name] = count_statements(counselor)
    bench.measure(targets)
    return {"floor": floor_of(bench.floor), "pages": figures_of(targets, statements, AIMS)}


def describe(figures: dict[str, Any]) -> str:
    aim = f"SQL: aim ≤ {MOST_STATEMENTS} statements, the same for each"
    return "\n".join([*table(figures["floor"], figures["pages"]), "", aim])


@transaction.atomic
def make_counselor(name: str, clients: list[User]) -> Person:
    """Make a counselor whom all of these people let in, to everything that can be shared."""
    from tests.support.factories import let_in

    counselor = make_account(name)
    give_second_step(counselor)  # or they are led to set one up
    Role.objects.create(user=counselor, kind=Role.Kind.COUNSELOR, granted_at=timezone.now())
    since = timezone.now() - timedelta(days=MONTH)
    for client in clients:
        let_in(client, counselor, since=since)
    return sign_in(counselor)


def count_statements(counselor: Person) -> int:
    client = Client(HTTP_HOST="localhost")
    client.force_login(counselor.user)
    client.get(reverse("support:desk"))
    return statements_of(lambda: client.get(reverse("support:desk")))
