"""Weeks as the calendar draws them, from Sunday to Saturday. Pure: no database, no clock."""

from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6


def week_of(day: date) -> date:
    """Return the Saturday that ends the week of a day."""
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def to_look_back_at(today: date) -> date | None:
    """Return the Saturday of the week that is just ending: on that day and on the one after, else none."""
    if today.weekday() == SATURDAY:
        return today
    return today - timedelta(days=1) if today.weekday() == SUNDAY else None
