"""What `./dev test` asks of the code before it runs the tests."""

import base64
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Variables of the machine that would make the settings read something else than the checks mean.
OURS = {
    *("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "EMAIL_URL", "KEYS_DATABASE_URL", "MASTER_KEY", "MASTER_KEY_FILE"),
    *("PUBLIC_URL", "REDIS_URL", "SECRET_KEY", "STATICFILES", "STATIC_ROOT", "WAYLIGHT_VAR"),
}


@dataclass(frozen=True)
class Check:
    name: str
    words: list[str]
    env: dict[str, str]


def clean_environment() -> dict[str, str]:
    """Return the environment without settings of a running Waylight; CI, WAYLIGHT_FEEDS and TEST_… stay."""
    return {name: value for name, value in os.environ.items() if name not in OURS}


def production_like(var: Path) -> dict[str, str]:
    """Return what a real deployment would set; nothing of it is ever connected to."""
    return {
        "PUBLIC_URL": "https://way.example.org",
        "DATABASE_URL": "postgres://web@localhost/main",
        "KEYS_DATABASE_URL": "postgres://web@localhost/keys",
        "REDIS_URL": "redis://localhost/0",
        "EMAIL_URL": "submission://web:secret@localhost:587",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "MASTER_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "STATIC_ROOT": str(var / "static"),
    }


def all_checks(var: Path) -> list[Check]:
    """Return every check, the longest first, with an environment of its own."""
    env = {**clean_environment(), "WAYLIGHT_VAR": str(var / "embedded")}
    manage = [sys.executable, "manage.py"]
    checks = [
        Check("types (mypy)", [tool("mypy")], env),
        Check("style (ruff check)", [tool("ruff"), "check", "."], env),
        Check("layout (ruff format)", [tool("ruff"), "format", "--check", "."], env),
        Check("walls (import-linter)", [tool("lint-imports")], env),
        Check("templates (djlint)", [tool("djlint"), "templates", "--lint", "--quiet"], env),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], env),
        Check(
            "production settings (check --deploy)",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            {**clean_environment(), **production_like(var)},
        ),
    ]
    hashed = {"STATICFILES": "config.storage.HashedFiles"}
    compose = ["--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    return [
        *checks,
        # Fails where a style names a file that is not there.
        Check("static files", [*manage, "collectstatic", "--no-input"], env | hashed),
        Check("docker-compose.yml", [tool("check-jsonschema"), *compose], env),
    ]


def tool(name: str) -> str:
    return str(BIN / name)
