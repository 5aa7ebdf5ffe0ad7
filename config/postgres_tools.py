"""PostgreSQL's own tools, which dump and load a database; they come with its client package."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


class ToolFailed(Exception):
    """A tool is missing, or ended with an error; the words say which."""


def dump(connection: Any, target: Path) -> None:
    _run("pg_dump", connection, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(connection: Any, source: Path) -> None:
    """Replace what the database holds; all of it or, where something fails, nothing."""
    words = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    name = connection.get_connection_params()["dbname"]
    _run("pg_restore", connection, *words, f"--dbname={name}", str(source))


def _run(tool: str, connection: Any, *words: str) -> None:
    path = shutil.which(tool)
    if path is None:
        raise ToolFailed(f"{tool} is not installed here. On Debian and Ubuntu: sudo apt install postgresql-client")
    # The password goes by the environment: other accounts can read what stands on a command line.
    params = connection.get_connection_params()
    own = {variable: str(params[name]) for name, variable in VARIABLES.items() if params.get(name)}
    done = subprocess.run([path, *words], env={**os.environ, **own}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolFailed(f"{tool} ended with an error: {done.stderr.strip() or done.returncode}")
