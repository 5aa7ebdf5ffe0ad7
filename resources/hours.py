"""Says in words when something is open; the repeat rules are the part of RFC 5545 that people can follow."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PART = re.compile(r"(?P<nth>-1|[1-5])?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
_KEYS = {"FREQ", "BYDAY", "INTERVAL"}


class UnknownRule(ValueError):
    """A repeat rule that this house neither keeps nor can say."""


def parse_rule(rule: str) -> tuple[str, int, list[tuple[int, int]]]:
    """Return how often (DAILY, WEEKLY, MONTHLY), every how many, and the days as (nth, 0–6 from Monday).

    :raises UnknownRule: for anything else, in a word or two
    """
    parts = dict(piece.partition("=")[::2] for piece in rule.strip().split(";"))
    freq, every = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    if not set(parts) <= _KEYS or freq not in {"DAILY", "WEEKLY", "MONTHLY"} or not re.fullmatch(r"[1-9]\d?", every):
        raise UnknownRule(rule)
    days = [_PART.fullmatch(piece) for piece in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    found = [(int(m["nth"] or 0), DAYS.index(m["day"])) for m in days if m]
    nths = [bool(nth) for nth, _day in found]
    sound = {"DAILY": not days, "WEEKLY": bool(found) and not any(nths), "MONTHLY": bool(found) and all(nths)}
    if len(found) != len(days) or not sound[freq]:
        raise UnknownRule(rule)
    return freq, int(every), found


def days_in_words(rule: str) -> str:
    """Return “Monday to Friday”, “Every day”, “First Tuesday of the month”, …"""
    freq, every, found = parse_rule(rule)
    if freq == "MONTHLY":
        nths = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), 5: _("fifth"), -1: _("last")}
        names = _listed([f"{nths[nth]} {WEEKDAYS[day]}" for nth, day in found])
        words = _("The %(days)s of the month") % {"days": names}
    else:
        days = sorted({day for _nth, day in found}) or list(range(7))
        words = _("Every day") if len(days) == 7 else _run_of(days)
    if every > 1:
        unit = {"DAILY": _("days"), "WEEKLY": _("weeks"), "MONTHLY": _("months")}[freq]
        words += ", " + _("every %(count)s %(unit)s") % {"count": every, "unit": unit}
    return words


def times_in_words(start: time, minutes: int | None) -> str:
    """Return “10 am to midnight”, or only the start where no length is known."""
    if minutes is None:
        return _clock(start)
    end = (datetime.combine(date.min, start) + timedelta(minutes=minutes)).time()
    return _("%(start)s to %(end)s") % {"start": _clock(start), "end": _clock(end)}


def zone_in_words(name: str) -> str:
    """Return a zone as it is spoken of (“ET”), or by its city."""
    spoken = {
        "America/New_York": "ET",
        "America/Chicago": "CT",
        "America/Denver": "MT",
        "America/Los_Angeles": "PT",
        "Europe/London": _("UK time"),
        "Europe/Dublin": _("Irish time"),
    }
    return spoken.get(name) or _("%(city)s time") % {"city": name.rpartition("/")[2].replace("_", " ")}


def _clock(moment: time) -> str:
    if (moment.hour, moment.minute) == (0, 0):
        return _("midnight")
    if (moment.hour, moment.minute) == (12, 0):
        return _("noon")
    # Sentences say “10 am”, not “10:00 a.m.”
    return formats.time_format(moment, "g A" if not moment.minute else "g:i A").lower()


def _run_of(days: list[int]) -> str:
    names = [str(WEEKDAYS[day]) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return _listed(names)


def _listed(names: list[str]) -> str:
    return (
        names[0] if len(names) == 1 else _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
    )
