"""A backup is two archives: what people keep, and the wrapped keys to it; the master key is in neither."""

import base64
import io
import json
import os
import sqlite3
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections

from accounts.models import PersonKey, User
from config import postgres_tools

FORMAT = 1
PARTS = {"default": "", "keys": ".keys"}  # the database and what its archive's name ends with


class BackupRefused(Exception):
    """The backup cannot be made or put back; the words say why."""


@dataclass(frozen=True)
class Archive:
    """One archive as it is read back."""

    path: Path
    manifest: dict[str, Any]


def archive_of(file: Path, alias: str) -> Path:
    return file.with_name(file.name + PARTS[alias])


def make(file: Path, now: datetime) -> dict[str, Any]:
    """Write both archives, readable by this account only, and return what the manifest of the data says.

    The data goes first: a key too many does no harm, a key too few would.

    :raises BackupRefused: when an archive is there already, or a tool is missing
    """
    for alias in PARTS:
        if archive_of(file, alias).exists():
            raise BackupRefused(f"{archive_of(file, alias)} is there already; choose another name.")
    manifests = {alias: _write(archive_of(file, alias), alias, now) for alias in PARTS}
    return manifests["default"]


def _write(path: Path, alias: str, now: datetime) -> dict[str, Any]:
    manifest = {"format": FORMAT, "holds": alias, "made_at": now.isoformat(), "vendor": connections[alias].vendor}
    manifest |= (
        {"people": User.objects.count()} if alias == "default" else {"keys": PersonKey.objects.count(), **_probe()}
    )
    beside = path.with_name(path.name + ".part")
    with TemporaryDirectory(prefix="waylight-backup-") as folder:
        dump = Path(folder) / "dump"
        _dump(alias, dump)
        with (
            os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,
            tarfile.open(fileobj=raw, mode="w:gz") as archive,
        ):
            _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
            archive.add(dump, "dump")
    beside.replace(path)
    return manifest


def _probe() -> dict[str, Any]:
    """Return one wrapped key, by which a restore can tell beforehand whether the master key fits."""
    row = PersonKey.objects.order_by("created_at").last()
    if row is None:
        return {"probe": None}
    wrapped = base64.b64encode(bytes(row.wrapped)).decode("ascii")
    return {"probe": {"person": str(row.person_id), "master": row.master, "wrapped": wrapped}}


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _dump(alias: str, target: Path) -> None:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        postgres_tools.dump(connection, target)
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    # SQLite's own backup takes one consistent state while others read and write.
    connection.connection.backup(copy)
    copy.close()


def read(file: Path) -> dict[str, Archive]:
    """Return both archives with their manifests.

    :raises BackupRefused: when one is missing, broken, or not what its name says
    """
    return {alias: _read(archive_of(file, alias), alias) for alias in PARTS}


def _read(path: Path, alias: str) -> Archive:
    try:
        with tarfile.open(path, mode="r:gz") as archive:
            inside = archive.extractfile("manifest.json")
            manifest = json.load(inside) if inside else {}
    except (OSError, EOFError, KeyError, ValueError, tarfile.TarError) as error:
        raise BackupRefused(f"{path} cannot be read as a backup of Waylight: {error}.") from error
    if manifest.get("format") != FORMAT or manifest.get("holds") != alias:
        raise BackupRefused(f"{path} is not the archive that it should be: it holds “{manifest.get('holds')}”.")
    if manifest["vendor"] != connections[alias].vendor:
        raise BackupRefused(
            f"{path} was made on {manifest['vendor']}, and this is {connections[alias].vendor}; "
            "a backup goes back to the kind of database it came from."
        )
    return Archive(path, manifest)


def put_back(archives: dict[str, Archive]) -> None:
    """Replace both databases by what the archives hold.

    :raises BackupRefused: when a tool is missing or a dump cannot be loaded
    """
    for alias, archive in archives.items():
        with TemporaryDirectory(prefix="waylight-restore-") as folder:
            dump = Path(folder) / "dump"
            with tarfile.open(archive.path, mode="r:gz") as bundle:
                inside = bundle.extractfile("dump")
                if inside is None:
                    raise BackupRefused(f"{archive.path} holds no data.")
                with dump.open("wb") as file:
                    while chunk := inside.read(1 << 20):
                        file.write(chunk)
            _load(alias, dump)


def _load(alias: str, dump: Path) -> None:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        connection.close()
        postgres_tools.load(connection, dump)
        return
    connection.ensure_connection()
    source = sqlite3.connect(dump)
    source.backup(connection.connection)
    source.close()
    connection.close()
