"""The whole of Waylight on one machine: web server, worker and beat under one process, until Ctrl-C."""

import os
import signal
import socket
import sys
import threading
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.children import Children
from config.preparing import prepare

# What to print for an address that was asked for; nothing is bound here.
LOOPBACK_NAMES = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::1": "localhost"}  # noqa: S104  # see above
STARTS_WITHIN = 90  # seconds; a slow disk and a first import of everything
LAST_PORT = 65_535
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
        parser.add_argument("--demo", action="store_true", help="add believable people to look around with")

    def handle(self, *, host: str, port: int, demo: bool, **_: Any) -> None:
        for sign in ENDS:
            signal.signal(sign, signal.default_int_handler)
        if not settings.EMBEDDED:
            raise CommandError(
                "This starts the trial that keeps everything in one folder, but DATABASE_URL is set. "
                "Unset it, or deploy as docs/operations.md says."
            )
        check_port(host, port)
        try:
            # A Ctrl-C ends this at once: each step is one transaction, and the next start goes on after the last.
            prepare()
            fill(demo=demo)
            stop = listen_for_the_end()
        except KeyboardInterrupt:
            return
        sys.exit(self.run(host, port, stop))

    def run(self, host: str, port: int, stop: threading.Event) -> int:
        """Start the children, say where the page is, and watch until the end; return the exit code."""
        address = f"http://{LOOPBACK_NAMES.get(host, host)}:{port}"
        with Children(child_environment(address), stop) as children:
            children.start("web server", web_server(host, port))
            children.start("worker", worker())
            if children.wait_for(host, port, STARTS_WITHIN):
                self.stdout.write(f"\n  Waylight is at {address}/")
                self.stdout.write(f"  Mail it sends is at {address}/mailbox/")
                self.stdout.write("  Ctrl-C stops it.\n\n")
                self.stdout.flush()
            children.watch()
        return children.code


def listen_for_the_end() -> threading.Event:
    stop = threading.Event()
    for sign in ENDS:
        signal.signal(sign, lambda *_: stop.set())
    return stop


def check_port(host: str, port: int) -> None:
    """Say now, in words, what the web server would say later in a traceback."""
    if not 0 < port <= LAST_PORT:
        raise CommandError(f"{port} is no port; choose one from 1024 to {LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError as error:
            raise CommandError(f"This account may not listen on port {port}. Try: ./dev run --port 8000") from error
        except socket.gaierror as error:
            raise CommandError(f"{host} is no address of this machine.") from error
        except OSError as error:
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error.strerror}). Try: ./dev run --port {port % LAST_PORT + 1}"
            ) from error


def fill(*, demo: bool) -> None:
    """Load the starter directory, our own monthly review, and believable people where they are asked for."""
    for command in ("load_directory", "load_instrument"):
        call_command(command, stdout=StringIO())
    if demo:
        call_command("demo", force=True)


def child_environment(address: str) -> dict[str, str]:
    """Return what the children see: links follow the port, and messages on their way stay inside the folder."""
    passing = Path(settings.VAR or ".") / "tmp"
    for folder in (passing, settings.STATIC_ROOT):
        folder.mkdir(mode=0o700, exist_ok=True)
    return {
        "PUBLIC_URL": address,
        **os.environ,
        "DEBUG": "0",
        "TMPDIR": str(passing),
        "PYTHONUNBUFFERED": "1",
        # Celery warns of root at length; in a container of one's own that is nothing to act on.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def web_server(host: str, port: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind, "--log-level", "warning"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "8", "--graceful-timeout", "5"),
        # Its control socket would lie in the home folder, which may be missing.
        "--no-control-socket",
    ]


def worker() -> list[str]:
    # One process for worker and beat: threads are enough on one machine, and SQLite likes few writers.
    return [
        *(sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--beat", "--pool", "threads"),
        *("--concurrency", "2", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
