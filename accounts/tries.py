"""Counts tries, so that guessing ends after a few."""

import time

from django.core.cache import cache


def count_try(name: str, window: int) -> int:
    """Count one more try, and return how many there were in this stretch of so many seconds."""
    key = _key(name, window)
    cache.add(key, 0, window)
    count = cache.incr(key)
    # The embedded cache forgets how long a number is to be kept as soon as it counts.
    cache.touch(key, window)
    return count


def forget_tries(name: str, window: int) -> None:
    """Begin to count anew, after a right one."""
    cache.delete(_key(name, window))


def _key(name: str, window: int) -> str:
    # The stretch is part of the name: counting on does not make it longer, and no number runs out while it is counted.
    return f"tries:{name}:{int(time.time()) // window}"
