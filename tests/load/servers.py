"""Databases, a broker and two web servers for the length of one measurement."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

from tests.checks import clean_environment, production_like
from tests.services import postgres_urls, start_postgres, start_redis

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60  # seconds


@dataclass(frozen=True)
class Server:
    """A running web server: where it listens, and the id of its first process."""

    port: int
    pid: int


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def make_environment(folder: Path, port: int) -> dict[str, str]:
    """Start PostgreSQL and Redis, make three databases, and return the environment of a deployment on localhost."""
    uri = os.environ.get("TEST_DATABASE_URL") or start_postgres()
    with psycopg.connect(uri, autocommit=True) as connection:
        for name in ("bench", "bench_keys", "bench_floor"):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
    base = postgres_urls(uri)[0].rsplit("/", 1)[0]
    return {
        **clean_environment(),
        **production_like(folder),
        "DATABASE_URL": f"{base}/bench",
        "KEYS_DATABASE_URL": f"{base}/bench_keys",
        "FLOOR_DATABASE_URL": f"{base}/bench_floor",
        "REDIS_URL": os.environ.get("TEST_REDIS_URL") or start_redis(),
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "PUBLIC_URL": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def start(stack: ExitStack, application: str, port: int, env: dict[str, str]) -> Server:
    """Start a web server with one process of four threads, ended when the stack is left."""
    words = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    words += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    process = subprocess.Popen(words, cwd=ROOT, env=env)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    last = time.monotonic() + STARTS_WITHIN
    while not _answers(port):
        if time.monotonic() > last or process.poll() is not None:
            raise SystemExit(f"{application} did not start; the reason stands above.")
        time.sleep(0.2)
    return Server(port, process.pid)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
