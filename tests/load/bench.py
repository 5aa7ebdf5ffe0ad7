"""A deployment on this machine for as long as one measurement runs, and the floor beside it."""

import os
import subprocess
import sys
from contextlib import ExitStack
from functools import cached_property
from io import StringIO
from pathlib import Path

from tests.load.measuring import Target, measure
from tests.load.servers import ROOT, Server, free_port, make_environment, start


class Bench:
    """PostgreSQL, Redis and empty databases with the directory in them; web servers start when one is asked for.

    :param rounds: how often each page is measured
    :param seconds: how long one sample takes
    """

    def __init__(self, stack: ExitStack, folder: Path, *, rounds: int, seconds: float) -> None:
        self.rounds, self.seconds = rounds, seconds
        self._stack, self._port = stack, free_port()
        self._env = make_environment(folder, self._port)
        # From here on this process is the deployment that it measures, for seeding and for counting statements.
        for name in set(os.environ) - set(self._env):
            del os.environ[name]
        os.environ.update(self._env)
        self._fill()

    def _fill(self) -> None:
        import django
        from django.core.management import call_command

        django.setup()
        # Half a minute of compressing what no measured page asks for is left out.
        files = ["collectstatic", "--no-input", "--ignore", "drf_spectacular_sidecar", "--ignore", "admin"]
        for words in (["migrate"], ["migrate", "accounts", "--database", "keys"], ["load_directory"], files):
            call_command(*words, stdout=StringIO())

    @cached_property
    def house(self) -> Server:
        """Our web server, of one process with four threads."""
        return start(self._stack, "config.wsgi:application", self._port, self._env)

    @cached_property
    def floor(self) -> Target:
        """The bare page, on a web server of its own."""
        seed = [sys.executable, "-m", "tests.load.floor.seed"]
        made = subprocess.run(seed, cwd=ROOT, env=self._env, check=True, stdout=subprocess.PIPE, text=True)
        server = start(self._stack, "tests.load.floor.wsgi:application", free_port(), self._env)
        headers = {"Cookie": f"sessionid={made.stdout.strip()}", "Host": f"localhost:{server.port}"}
        return Target("floor", server.port, server.pid, lambda: ("GET", "/page/", None, headers))

    def measure(self, targets: list[Target]) -> None:
        """Fill in the figures of each target, with the floor asked right before each sample."""
        self._settle()
        measure(self.floor, targets, rounds=self.rounds, seconds=self.seconds, database_pid=self.database_pid)

    def _settle(self) -> None:
        """Do at once what the database does by itself within minutes of so many new rows."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    @cached_property
    def database_pid(self) -> int:
        """The id of the database server's first process, or 0 where it runs elsewhere."""
        from django.db import connection

        if os.environ.get("TEST_DATABASE_URL"):
            return 0
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            folder = cursor.fetchone()[0]
        try:
            return int(Path(folder, "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError):
            return 0
