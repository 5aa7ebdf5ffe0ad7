"""Insights: what a stretch of days says, sentence first, each with its count."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans.services.readers import lit_days
from recovery import insights as reader
from recovery import pictures
from recovery.insights import BEFORE_ANY
from recovery.overview import MOST_DAYS, PERIODS, overview


@require_safe
def insights(request: PersonRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    period = asked if asked in PERIODS else "30"
    shown = overview(request.user, period, local_day(request.user, timezone.now()))
    context = {"shown": shown, "periods": _periods(), "signs": shown.signs}
    if not shown.is_empty:
        context |= {"figures": shown.figures(), "rows": shown.rows(), "is_long": shown.is_long}
        context |= {"weeks": shown.weeks(), "first": shown.shown_from, "today": shown.today, "hours": shown.hours}
    return render(request, "recovery/insights.html", context)


@require_safe
def light_list(request: PersonRequest) -> HttpResponse:
    """Show the calendar of lights, 90 days at a time."""
    today = local_day(request.user, timezone.now())
    last = min(_day(request.GET.get("until", "")) or today, today)
    first = last - timedelta(days=MOST_DAYS - 1)
    values = reader.daily(request.user, first, last)
    lit = lit_days(request.user, first, last)
    context = {
        "weeks": pictures.calendar(values, lit, today),
        "first": first,
        "today": last,
        "earlier": first - timedelta(days=1),
        "later": min(last + timedelta(days=MOST_DAYS), today) if last < today else None,
        "is_bare": not lit and not any(each.is_kept for each in values),
    }
    return render(request, "recovery/light_list.html", context)


def _day(words: str) -> date | None:
    """Read a day out of an address; anything else, or a day before anybody's time, is none."""
    try:
        found = date.fromisoformat(words)
    except ValueError:
        return None
    return found if found > BEFORE_ANY + timedelta(days=MOST_DAYS) else None


def _periods() -> list[tuple[str, str, str]]:
    """Return each period with the words that are seen, and those that are only heard: five fit beside each other."""
    return [
        ("7", "7", _("days")),
        ("30", "30", _("days")),
        ("90", _("90 days"), ""),
        ("365", _("1 year"), ""),
        ("all", _("All"), ""),
    ]
