"""When a questionnaire is due again."""

from datetime import date, timedelta


def due_on(*, last: date | None, every_days: int | None, since: date | None) -> date | None:
    """Return the day from which it is due, or None where it never is by itself.

    :param last: the day it was last filled in
    :param every_days: how often the person wants it; None for only when they feel like it
    :param since: the day the person chose that; without it, one that was never filled in is not due
    """
    if every_days is None:
        return None
    return last + timedelta(days=every_days) if last else since


def free_from(*, last: date | None, least_days: int) -> date | None:
    """Return the first day on which it may be filled in again, or None where any day will do."""
    return last + timedelta(days=least_days) if last and least_days else None
