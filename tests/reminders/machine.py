"""A whole installation beside the tests: its own database and queue, and real worker processes to be killed."""

import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis

from config.management.commands.up import worker as worker_command

HOUSE = Path(__file__).resolve().parent.parent.parent
ON_POSTGRES = bool(os.environ.get("DATABASE_URL"))
# A slow machine under load starts a worker in half a minute; nothing here waits longer than it has to.
PATIENCE = 75

PEOPLE = """
from datetime import timedelta
from allauth.account.models import EmailAddress
from accounts.clock import local_time
from accounts.models import User
from reminders import kinds
from reminders.clock import database_now
from reminders.models import Schedule
now = database_now()
people = [User(email=f"person{n}@example.org", time_zone="America/Chicago") for n in range(%(count)d)]
User.objects.bulk_create(people)
EmailAddress.objects.bulk_create(
    EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
)
# Picked by the person, so that it is kept at night too.
local = local_time(people[0], now)
Schedule.objects.bulk_create(
    Schedule(person=person, kind=kinds.daily().slug, local_time=local.time(), next_on=local.date(), next_at=now)
    for person in people
)
"""


class Machine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "WAYLIGHT_VAR": str(folder),
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "REMINDERS_TICK_SECONDS": "2",
            "REMINDERS_LEASE_SECONDS": "4",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONWARNINGS": "ignore",
            # Threads of a killed worker leave no control files in a shared folder.
            "TMPDIR": str(folder),
        }
        self._workers: list[subprocess.Popen[bytes]] = []
        if ON_POSTGRES:
            self._own_servers()
        for database in ("default", "keys"):
            self._manage("migrate", "--database", database, "--verbosity", "0")

    def _own_servers(self) -> None:
        name = f"machine_{secrets.token_hex(4)}"
        self._server = os.environ["DATABASE_URL"]
        with closing(psycopg.connect(self._server.replace("postgres://", "postgresql://"), autocommit=True)) as server:
            for database in (name, f"{name}_keys"):
                server.execute(f'CREATE DATABASE "{database}"'.encode())
        self.env["DATABASE_URL"] = f"{self._server.rpartition('/')[0]}/{name}"
        self.env["KEYS_DATABASE_URL"] = f"{self.env['DATABASE_URL']}_keys"
        # Redis has 16 databases; the tests' own is 0, and each process that tests side by side has another.
        number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 15
        self.env["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
        self.wipe_broker()

    def clear(self, smtp_port: int) -> None:
        """Begin anew: no people, no messages, and this mail server."""
        self.env["EMAIL_URL"] = f"smtp://127.0.0.1:{smtp_port}"
        self.wipe_broker()
        names = (
            "reminders_delivery",
            "reminders_schedule",
            "reminders_tick",
            "reminders_channelpause",
            "account_emailaddress",
            "accounts_user",
        )
        for table in names:
            self.rows(f"DELETE FROM {table}")

    def kill_all(self) -> None:
        while self._workers:
            self.kill(self._workers.pop())

    def close(self) -> None:
        self.kill_all()
        if ON_POSTGRES:
            with closing(
                psycopg.connect(self._server.replace("postgres://", "postgresql://"), autocommit=True)
            ) as server:
                for key in ("DATABASE_URL", "KEYS_DATABASE_URL"):
                    server.execute(f'DROP DATABASE "{self.env[key].rpartition("/")[2]}" WITH (FORCE)'.encode())

    # Acting

    def python(self, code: str) -> None:
        """Run code inside the installation, as a command would."""
        head = "import django\ndjango.setup()\n"
        subprocess.run([sys.executable, "-c", head + code], cwd=HOUSE, env=self.env, check=True, timeout=PATIENCE)

    def add_people(self, count: int) -> None:
        """Add people whose reminder is due now."""
        self.python(PEOPLE % {"count": count})

    def start_worker(self, *extra: str, **env: str) -> "subprocess.Popen[bytes]":
        """Start worker and beat as `manage.py up` does."""
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [*worker_command(), *extra],
                cwd=HOUSE,
                env={**self.env, **env},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self._workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        """End a worker as a power cut would, with everything it started."""
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=PATIENCE)

    def queued(self) -> int:
        """How many messages wait in the broker."""
        if ON_POSTGRES:
            return sum(int(self._redis().llen(name)) for name in ("celery", "reminders.email"))  # type: ignore[arg-type]  # redis-py types sync and async alike
        return len(list((self.folder / "queue" / "messages").iterdir()))

    def wipe_broker(self) -> None:
        """Lose every message that waits."""
        if ON_POSTGRES:
            self._redis().flushdb()
            return
        for message in (self.folder / "queue" / "messages").iterdir():
            message.unlink()

    # Looking

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if ON_POSTGRES:
            address = self.env["DATABASE_URL"].replace("postgres://", "postgresql://")
            with closing(psycopg.connect(address, autocommit=True)) as server:
                found = server.execute(sql.encode())
                return found.fetchall() if found.description else []
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20, isolation_level=None)) as database:
            return database.execute(sql).fetchall()

    def states(self) -> dict[str, str]:
        """The state of each delivery, by its id as it stands in a Message-ID."""
        rows = self.rows("SELECT id, state FROM reminders_delivery")
        return {str(pk).replace("-", ""): state for pk, state in rows}

    def wait_for(self, what: Callable[[], bool], why: str) -> None:
        """Look again and again until it is so.

        :raises AssertionError: with the end of the worker's log, when it does not become so
        """
        until = time.monotonic() + PATIENCE
        while not what():
            if time.monotonic() > until:
                log = self.folder / "worker.log"
                end = log.read_text(errors="replace")[-3000:] if log.exists() else ""
                raise AssertionError(f"waited {PATIENCE} s until {why}; {Counter(self.states().values())}\n{end}")
            time.sleep(0.1)

    def _manage(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=HOUSE, env=self.env, check=True, timeout=3 * PATIENCE)

    def _redis(self) -> redis.Redis:
        return redis.Redis.from_url(self.env["REDIS_URL"])


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    made = Machine(folder)
    try:
        yield made
    finally:
        made.close()
