"""A key for each person, wrapped by a master key that lives in neither database.

Private text is sealed with AES-256-GCM under the key of its owner. The wrapped keys are rows of their own small
database, so deleting one row makes every older backup of that text unreadable.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from accounts.exceptions import KeyMissing
from accounts.prepared import Prepared

KEY_BYTES = 32
NONCE_BYTES = 12  # what AES-GCM asks for
VERSION = "1"


def _rows() -> Any:
    # By name, because models.py needs this module for its fields.
    return apps.get_model("accounts", "PersonKey").objects


_row_of: Prepared[Any] = Prepared(lambda person_id: _rows().filter(person_id=person_id))


class MasterKeys:
    """The master keys in force: the first wraps, all unwrap; the file is read again when a key is not known."""

    def __init__(self) -> None:
        self._boxes: dict[str, AESGCM] = {}
        self._first = ""

    def wrap(self, plain: bytes, person_id: uuid.UUID) -> tuple[str, bytes]:
        """Return the name of the current master key and the wrapped bytes."""
        # Read anew each time, which is once a person: no key may be wrapped by a master key that is on its way out.
        self.load()
        nonce = os.urandom(NONCE_BYTES)
        return self._first, nonce + self._boxes[self._first].encrypt(nonce, plain, person_id.bytes)

    def unwrap(self, master: str, wrapped: bytes, person_id: uuid.UUID) -> bytes:
        """Return a person's key.

        :raises KeyMissing: when no master key in force has wrapped it
        """
        if master not in self._boxes:
            self.load()
        box = self._boxes.get(master)
        if box is None:
            raise KeyMissing(f"no master key “{master}”")
        try:
            return box.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], person_id.bytes)
        except InvalidTag as error:
            raise KeyMissing(f"the key of {person_id} does not open under master key “{master}”") from error

    def load(self) -> None:
        keys = [_parse_master(word) for word in master_words(_master_text(may_make=not self._boxes))]
        if not keys:
            raise ImproperlyConfigured("The master key is empty. Put back the key this database was made with.")
        self._boxes = {_name(key): AESGCM(key) for key in keys}
        self._first = _name(keys[0])

    @property
    def current(self) -> str:
        """The name of the master key that wraps new keys."""
        self.load()
        return self._first


def master_words(text: str) -> list[str]:
    """Return the keys in a text, the first that wraps first; lines that begin with # say when a key was retired."""
    lines = [line for line in text.replace(",", "\n").splitlines() if not line.lstrip().startswith("#")]
    return " ".join(lines).split()


def _master_text(*, may_make: bool) -> str:
    if settings.MASTER_KEYS:
        return str(settings.MASTER_KEYS)
    path = Path(settings.MASTER_KEY_FILE)
    if may_make and not path.exists() and not _any_key_kept():
        make_master_key_file(path)
    try:
        return path.read_text(encoding="ascii")
    except OSError as error:
        # Making a new one here would look like a start and lose everybody's words.
        raise ImproperlyConfigured(
            f"{path} is missing or cannot be read, and without it nobody's private text opens. Put back the file that "
            "was there when this keys database was last in use."
        ) from error


def _any_key_kept() -> bool:
    try:
        return bool(_rows().exists())
    except DatabaseError:
        return False  # not migrated yet


def make_master_key_file(path: Path) -> None:
    """Make the embedded master key once, readable by this account only; a second process keeps what the first made."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_master_key() + "\n")


def new_master_key() -> str:
    """Return 32 random bytes as text fit for MASTER_KEY."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _parse_master(word: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(word)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            "MASTER_KEY must hold keys made by `manage.py rotate_keys --print`, 44 characters each."
        )
    return key


def _name(key: bytes) -> str:
    return hashlib.sha256(b"waylight master" + key).hexdigest()[:16]


master_keys = MasterKeys()


def verify_master_key() -> None:
    """Refuse to start under a master key that cannot open what is kept.

    :raises ImproperlyConfigured: with a sentence that says what to put back
    """
    row = _rows().order_by("created_at").last()
    if row is None:
        master_keys.load()
        return
    try:
        master_keys.unwrap(row.master, bytes(row.wrapped), row.person_id)
    except KeyMissing as error:
        raise ImproperlyConfigured(
            "The master key does not fit this keys database, so nobody's private text could be read. "
            "Put back the MASTER_KEY that was in use when it was last running."
        ) from error


def ensure(person_id: uuid.UUID) -> tuple[uuid.UUID, AESGCM]:
    """Return the id and the box of the person's key, making it the first time."""
    row = next(iter(_row_of(person_id=person_id)), None)
    if row is None:
        master, wrapped = master_keys.wrap(AESGCM.generate_key(bit_length=256), person_id)
        row, _created = _rows().get_or_create(person_id=person_id, defaults={"master": master, "wrapped": wrapped})
    return row.pk, _box(row)


def destroy(person_id: uuid.UUID) -> None:
    """Delete the person's key: from now on their text is noise, in every backup of the main database too."""
    _rows().filter(person_id=person_id).delete()


def person_ids(*, made_before: datetime) -> Iterator[uuid.UUID]:
    """Yield whom the keys database holds a key for since before a moment."""
    yield from _rows().filter(created_at__lt=made_before).values_list("person_id", flat=True).iterator()


def rewrap_all(batch: int = 500) -> int:
    """Wrap every key anew under the current master key and return how many were; safe to stop and run again."""
    done, current = 0, master_keys.current
    while rows := list(_rows().exclude(master=current)[:batch]):
        for row in rows:
            plain = master_keys.unwrap(row.master, bytes(row.wrapped), row.person_id)
            row.master, row.wrapped = master_keys.wrap(plain, row.person_id)
        _rows().bulk_update(rows, ["master", "wrapped"])
        done += len(rows)
    return done


def _box(row: Any) -> AESGCM:
    return AESGCM(master_keys.unwrap(row.master, bytes(row.wrapped), row.person_id))


class KeyRing:
    """The keys that this request or task may use; it is gone when the request is."""

    def __init__(self, own: uuid.UUID | None = None) -> None:
        self._own = own
        self._boxes: dict[uuid.UUID, AESGCM] = {}
        self._by_person: dict[uuid.UUID, uuid.UUID] = {}

    def for_person(self, person_id: uuid.UUID) -> tuple[uuid.UUID, AESGCM]:
        """Return the key that seals new text of this person; it does not become able to open anything."""
        known = self._by_person.get(person_id)
        if known:
            return known, self._boxes[known]
        key_id, box = ensure(person_id)
        if person_id == self._own:
            self._keep(key_id, person_id, box)
        return key_id, box

    def opener(self, key_id: uuid.UUID) -> AESGCM | None:
        """Return the box for a key on the ring, taking the owner's own from the database the first time."""
        if key_id not in self._boxes and self._own and self._own not in self._by_person:
            for row in _row_of(person_id=self._own):
                self._keep(row.pk, row.person_id, _box(row))
        return self._boxes.get(key_id)

    def add(self, person_ids: Iterable[uuid.UUID]) -> None:
        """Put the keys of other people on the ring, all in one query."""
        missing = set(person_ids) - set(self._by_person)
        columns = ("pk", "person_id", "master", "wrapped")
        for key_id, person_id, master, wrapped in (
            _rows().filter(person_id__in=missing).values_list(*columns) if missing else ()
        ):
            self._keep(key_id, person_id, AESGCM(master_keys.unwrap(master, bytes(wrapped), person_id)))

    def _keep(self, key_id: uuid.UUID, person_id: uuid.UUID, box: AESGCM) -> None:
        self._boxes[key_id], self._by_person[person_id] = box, key_id


_ring: ContextVar[KeyRing | None] = ContextVar("key_ring", default=None)


@contextmanager
def ring_of(own: uuid.UUID | None) -> Iterator[KeyRing]:
    """Open a ring that can read the text of one person, or of nobody, for as long as the block runs."""
    token = _ring.set(KeyRing(own))
    try:
        yield _ring.get()  # type: ignore[misc]  # set two lines above
    finally:
        _ring.reset(token)


def current_ring() -> KeyRing:
    """Return the ring in force; outside a request or task, one that opens nothing."""
    return _ring.get() or KeyRing()


def seal(text: str, *, person_id: uuid.UUID, place: str) -> str:
    """Return text sealed under the person's key and bound to its place (“room.Model.field:row id”)."""
    key_id, box = current_ring().for_person(person_id)
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + box.encrypt(nonce, text.encode("utf-8"), place.encode("utf-8"))
    return f"{VERSION}:{key_id.hex}:{base64.b64encode(sealed).decode('ascii')}"


def unseal_at_the_door(sealed: str, *, place: str) -> str:
    """Return text under whichever person's key it names: for what a sign-in compares before anybody is signed in.

    Never for words that somebody wrote or that a page shows.

    :raises KeyMissing: when the key is gone, as it is with the account, or does not fit
    """
    key_id = uuid.UUID(hex=sealed.split(":", 2)[1])
    with ring_of(_rows().filter(pk=key_id).values_list("person_id", flat=True).first()):
        text = unseal(sealed, place=place)
    if text is None:
        raise KeyMissing(f"the key of what is kept at {place} is gone")
    return text


def unseal(sealed: str, *, place: str) -> str | None:
    """Return the text, or None where its key is not on the ring.

    :raises KeyMissing: when the key is there and does not fit: the row was tampered with, or moved from another place
    """
    _version, key_id, body = sealed.split(":", 2)
    box = current_ring().opener(uuid.UUID(hex=key_id))
    if box is None:
        return None
    raw = base64.b64decode(body)
    try:
        return box.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode("utf-8")).decode("utf-8")
    except InvalidTag as error:
        raise KeyMissing(f"what is kept at {place} was not sealed there") from error
