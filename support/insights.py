"""What a counselor's and a supporter's page read, once policies has opened the record; one query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import charts
from accounts.models import User
from recovery.measured import scores_in_words
from recovery.models import CheckIn, Lapse, Measure, Stage, StageMove, StageProposal
from recovery.models.checkin import Mood
from recovery.services import set_of
from recovery.sheets import title_of
from support.models import Access, Consent, Scope
from support.models.access import AccessQuerySet

# How many days a client's trends cover.
TREND_DAYS = 30
# How many measures a client's page lists.
MEASURES_SHOWN = 12
# Fewer answers than this are “early days” and not a trend.
ENOUGH = 7
WIDTH, HEIGHT = 242, 60


class MeasureRow(NamedTuple):
    title: str
    day: date
    scores: str


@dataclass(frozen=True)
class Trend:
    """One measure over 30 days: its lines, the mean of the last 7 days in words, and a sentence for all of it."""

    key: str
    title: str
    now: str
    sentence: str
    raw: charts.Line
    mean: charts.Line


def trends(person: User, last: date) -> list[Trend]:
    """Return craving, mood and sleep up to a day."""
    first = last - timedelta(days=TREND_DAYS - 1)
    rows = CheckIn.objects.of(person).between(first, last)
    kept = {row[0]: row[1:] for row in rows.values_list("day", "craving", "mood", "sleep_half_hours")}
    days = [kept.get(first + timedelta(days=number), (None, None, None)) for number in range(TREND_DAYS)]
    sleep = [None if day[2] is None else day[2] / 2 for day in days]
    return [
        _trend("craving", _("Craving"), [day[0] for day in days], 0, 10, lambda value: f"{value:.1f}"),
        _trend("mood", _("Mood"), [day[1] for day in days], 1, 5, lambda value: str(Mood(round(value)).label).lower()),
        _trend("sleep", _("Sleep"), sleep, 3, 9, lambda value: _("%(hours)s h") % {"hours": f"{value:.1f}"}),
    ]


def _trend(key: str, title: str, values: Sequence[float | None], low: float, high: float, words: object) -> Trend:
    assert callable(words)
    said = [value for value in values if value is not None]
    means = [value for value in charts.rolling(values) if value is not None]
    clipped = [None if value is None else min(max(value, low), high) for value in values]
    raw = charts.line(clipped, low, high, 0, WIDTH - 6, HEIGHT - 6, 6)
    mean = charts.line(charts.rolling(clipped), low, high, 0, WIDTH - 6, HEIGHT - 6, 6)
    count = _("answered on %(count)s of %(days)s days") % {"count": len(said), "days": len(values)}
    if len(said) < ENOUGH:
        return Trend(
            key, title, words(means[-1]) if means else "–", _("Early days: %(count)s.") % {"count": count}, raw, mean
        )
    sentence = _("From %(first)s to %(last)s, %(count)s.") % {
        "first": words(means[0]),
        "last": words(means[-1]),
        "count": count,
    }
    return Trend(key, title, words(means[-1]), sentence, raw, mean)


def single_days(person: User, last: date) -> list[CheckIn]:
    """Return the days themselves, newest first; a page shows of them only what is shared."""
    return list(CheckIn.objects.of(person).between(last - timedelta(days=13), last).newest_first())


def noted_use(person: User, last: date) -> list[date]:
    return sorted(Lapse.objects.of(person).between(last - timedelta(days=TREND_DAYS - 1), last).days(), reverse=True)


def measures(person: User) -> list[MeasureRow]:
    """Return the newest measures by name, day and score; the single answers stay with the person."""
    newest = Measure.objects.of(person).newest_first().select_related("instrument")
    rows = newest.defer("instrument__questionnaire", "answers")[:MEASURES_SHOWN]
    return [MeasureRow(title_of(row.instrument), row.day, scores_in_words(row)) for row in rows]


def days_shown(person: User, scopes: frozenset[Scope], last: date) -> tuple[date, date]:
    """Return the first and last day that a client's page shows; a questionnaire on it may be years old."""
    first = last - timedelta(days=TREND_DAYS - 1)
    if Scope.MEASURES not in scopes:
        return first, last
    return min([first, *Measure.objects.of(person).newest_first().values_list("day", flat=True)[:MEASURES_SHOWN]]), last


def stage_of(person: User) -> StageMove | None:
    return StageMove.objects.of(person).newest_first().select_related("stage").first()


def stages_to_propose(person: User) -> list[Stage]:
    """Return the other stages of the set that the person is on. Two queries."""
    move = stage_of(person)
    shown, _sets = set_of(person, move.stage if move else None)
    return [each for each in Stage.objects.filter(stage_set=shown) if move is None or each.pk != move.stage_id]


def proposed_by(person: User, name: str) -> StageProposal | None:
    """Return what stands unanswered under this name; what others proposed is none of the reader's business."""
    found = StageProposal.objects.of(person).open().select_related("stage").first()
    return found if found and str(found.by_name) == name else None


def silence(last: date | None, today: date) -> str:
    """Say when the last check-in was, in words."""
    if last is None:
        return _("None yet")
    days = (today - last).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}


def checked_in_on(person: User, day: date) -> bool:
    return CheckIn.objects.of(person).filter(day=day).exists()


def looks_at(person: User, *, viewer_id: UUID | None = None) -> AccessQuerySet:
    """Return who looked, newest first; years of looks are many rows, so whoever asks takes only what is shown."""
    looks = Access.objects.about(person).newest_first()
    return looks.filter(viewer_id=viewer_id) if viewer_id else looks


def names_by_recipient(person: User) -> dict[UUID, str]:
    """Return the people this person has let in, ever, by the name they were let in under."""
    consents = Consent.objects.of(person).exclude(recipient=None).order_by("signed_at")
    return {consent.recipient_id: str(consent.recipient_name) for consent in consents if consent.recipient_id}
