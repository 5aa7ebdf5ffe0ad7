"""Reads the environment: each setting from its variable, a secret also from NAME_FILE, the rest by default."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# Shorter secrets can be guessed; 50 is what Django's own check asks for.
MIN_SECRET_LENGTH = 50


def text(name: str, default: str = "") -> str:
    """Return NAME, or the content of the file that NAME_FILE names, without the white space around it."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error
    return os.environ.get(name, default).strip()


def path_of(name: str, default: Path | None = None) -> Path | None:
    """Return the path that NAME_FILE names; the default where neither it nor NAME is set.

    :raises ImproperlyConfigured: when the file it names is not there
    """
    named = os.environ.get(f"{name}_FILE")
    if not named:
        return None if os.environ.get(name) else default
    text(name)  # refuses, in words, what cannot be read
    return Path(named)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without its empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """Return a whole number.

    :raises ImproperlyConfigured: when the variable holds something else
    """
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{raw}”.") from error


def switch(name: str, *, default: bool) -> bool:
    """Return whether a variable says yes: 1, true, yes or on."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def required(name: str, why: str) -> str:
    """Return a variable that production cannot do without.

    :raises ImproperlyConfigured: when it is missing
    """
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}. Set {name}, or {name}_FILE with the path of a file.")
    return value


def strong_secret(name: str, why: str) -> str:
    """Return a secret that is long and varied enough.

    :raises ImproperlyConfigured: when it is missing or weak
    """
    value = required(name, why)
    if len(value) < MIN_SECRET_LENGTH or len(set(value)) < 10 or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name} is too weak: it needs {MIN_SECRET_LENGTH} characters or more, made by chance. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return value


def folder(name: str, default: Path) -> Path:
    """Return a folder that is there and can be written, made now if need be.

    :raises ImproperlyConfigured: when it cannot be made or written
    """
    path = Path(text(name) or default)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} names {path}, which cannot be made: {error.strerror}.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} names {path}, which this account cannot write to.")
    return path


def secret_made_once(path: Path, size: int = 64) -> str:
    """Return the secret kept in a file, making it the first time; two processes that race get the same one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(size) + "\n")
    return path.read_text(encoding="ascii").strip()
