"""Insights: what the last 7, 30 or 90 days say, sentence first, each with its count."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans.services.readers import helped, lit_days, strategies
from recovery import insights as reader
from recovery import noticed, pictures, trends
from recovery.trends import DayValues

PERIODS = (7, 30, 90)
# Below this many check-ins the page says what will be here.
ENOUGH_TO_SHOW = 3


@require_safe
def insights(request: PersonRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(period) for period in PERIODS} else 30
    today = local_day(request.user, timezone.now())
    # The days before the period feed the 7-day averages at its left edge, and the early signs.
    first = today - timedelta(days=days - 1)
    loaded = reader.daily(request.user, today - timedelta(days=max(days + 7, trends.SIGN_DAYS) - 1), today)
    values = loaded[-days:]
    kept = sum(1 for each in values if each.is_kept)
    lit = lit_days(request.user, first, today)
    context = {
        "days": days,
        "periods": PERIODS,
        "first": first,
        "today": today,
        "kept": kept,
        "missed": days - kept,
        "is_empty": kept < ENOUGH_TO_SHOW,
        "is_done": values[-1].is_kept,
        "is_early": kept < trends.EARLY_DAYS,
        "signs": noticed.notice(request.user, loaded, noticed.uses(request.user, today)),
        "story": pictures.story(values, loaded),
        "figures": pictures.figures(loaded, days),
        "rows": [_table_row(each) for each in reversed(values)],
        "weeks": pictures.calendar(values, lit, today),
        "split": trends.sleep_split(values),
        "helped": _helped(request),
    }
    return render(request, "recovery/insights.html", context)


def _table_row(values: DayValues) -> tuple[str, str, str, str]:
    """Return day, craving, mood and sleep in words; no mood means no check-in."""
    craving = "–" if values.craving is None else f"{values.craving:g}"
    mood = "" if values.mood is None else reader.mood_word(values.mood)
    return date_format(values.day, "M j"), craving, mood, "–" if values.sleep is None else reader.hours(values.sleep)


def _helped(request: PersonRequest) -> list[tuple[str, int, int, int]]:
    """Return each strategy that was said to help or not: its name, eased, said, and the share for a bar of 300."""
    counts = helped(request.user)
    if not counts:
        return []
    found = [(each.name, *counts[each.pk]) for each in strategies(request.user) if each.pk in counts]
    found.sort(key=lambda line: (-line[1] / line[2], -line[2]))
    return [(name, eased, said, round(300 * eased / said)) for name, eased, said in found]
