"""Changes the master key while Waylight serves: new one in, every key wrapped anew, old one out."""

import os
import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts import keys
from accounts.models import PersonKey

# By then a request that read the old file has written what it was about to write.
SETTLE = 5.0  # seconds


def rotate_file(path: Path, today: date, settle: float = SETTLE) -> int:
    """Put a new master key in place of the one in the file and return how many keys were wrapped anew.

    The order is what makes it safe to be interrupted anywhere: until the last step the file holds both keys, and
    running it again goes on from there.

    :raises ImproperlyConfigured: when a key is left that the new master key did not wrap
    """
    old = keys.master_words(path.read_text(encoding="ascii"))
    write_atomically(path, [keys.new_master_key(), *old])
    done = keys.rewrap_all()
    time.sleep(settle)
    done += keys.rewrap_all()
    new = keys.master_words(path.read_text(encoding="ascii"))[0]
    if PersonKey.objects.exclude(master=keys.master_keys.current).exists():
        raise ImproperlyConfigured("Some keys are still under the old master key; run rotate_keys again.")
    retire(path.with_name(path.name + ".retired"), old, today)
    write_atomically(path, [new])
    keys.master_keys.load()
    return done


def write_atomically(path: Path, words: list[str]) -> None:
    """Replace the file in one step, readable by its owner only; a reader sees the old or the new, never half."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write("\n".join(words) + "\n")
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        kept = path.stat()
        if os.geteuid() == 0:
            os.chown(beside, kept.st_uid, kept.st_gid)
    beside.replace(path)


def retire(path: Path, words: list[str], today: date) -> None:
    """Keep old keys aside: backups of the keys made before today open with them only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as file:
        file.writelines(f"# until {today.isoformat()}\n{word}\n" for word in words)


def rewrap_from_environment() -> int:
    """Wrap every key under the first of the master keys in MASTER_KEY.

    :raises ImproperlyConfigured: when the variable holds one key only, so there is nothing to change to
    """
    if len(str(settings.MASTER_KEYS).replace(",", " ").split()) == 1:
        raise ImproperlyConfigured(
            "MASTER_KEY holds one key. Make another with rotate_keys --print, put it before the old one with a comma "
            "between, restart web and workers, run rotate_keys again, then take the old one away and restart."
        )
    return keys.rewrap_all()
