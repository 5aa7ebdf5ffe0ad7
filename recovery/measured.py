"""What somebody filled in so far: what is due, what came out, and how it went over time; a few queries each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import charts
from accounts.models import User
from recovery.instruments import words
from recovery.instruments.cadence import due_on
from recovery.instruments.recipes import RECIPES
from recovery.instruments.scoring import Recipe, Scale, score, span
from recovery.models import Cadence, CadenceProposal, Instrument, Measure, MeasureDraft
from recovery.services.measures import answers_of
from recovery.sheets import title_of

# A trend shows so many of the newest; two are too few to speak of one.
MOST = 24
# The list draws the last year; somebody who fills in a lot sees the newest of it.
YEAR, AT_A_GLANCE = timedelta(days=366), 200
ENOUGH = 3
LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 36, 316, 10, 92, 112


@dataclass(frozen=True)
class Offer:
    """One questionnaire on the person's list."""

    instrument: Instrument
    title: str
    about: str
    last: Measure | None
    last_words: str
    due: date | None
    is_due: bool
    is_begun: bool
    is_closed: bool  # only its past is here: nobody would see a new result in time to act on it
    sparks: list[tuple[str, charts.Spark]]  # each scale's name and its last year, where there are enough


class Figure(NamedTuple):
    """One scale over time, ready for an SVG of 350 × 112; the sentence says what it shows."""

    key: str
    name: str
    sentence: str
    line: charts.Line
    dots: list[tuple[str, str]]
    ticks: list[tuple[str, str, str]]  # y of the line, y of its number, the number
    first: str
    last: str


class Row(NamedTuple):
    """One time, for the table: its day, each scale in words, and where the whole of it stands."""

    day: str
    scores: list[str]
    measure: Measure


def offered_instruments(*, reviewed: bool) -> list[Instrument]:
    """Return the newest version of each that may be offered, with its questions, in the order of the recipes."""
    offered = [each.pk for each in _newest() if reviewed or not RECIPES[each.slug].needs_reviewer]
    whole = Instrument.objects.in_bulk(offered)
    return [whole[pk] for pk in offered]


def _newest() -> list[Instrument]:
    newest: dict[str, Instrument] = {}
    for instrument in Instrument.objects.newest_first().defer("questionnaire"):
        newest.setdefault(instrument.slug, instrument)
    return [newest[slug] for slug in RECIPES if slug in newest]


def longer_form(kept: Measure, *, reviewed: bool) -> Instrument | None:
    """Return the longer questionnaire that this result asks for, where it is loaded and may be offered."""
    recipe = RECIPES[kept.instrument.slug]
    longer = RECIPES.get(recipe.opens)
    if (
        longer is None
        or not Instrument.objects.filter(slug=longer.slug).exists()
        or (longer.needs_reviewer and not reviewed)
    ):
        return None
    if recipe.opens_at not in score(recipe, answers_of(kept)).marks:
        return None
    return newest_of(longer.slug)


def newest_of(slug: str) -> Instrument:
    """Return the version that was loaded last."""
    return Instrument.objects.filter(slug=slug).newest_first()[0]


def scores(recipe: Recipe, measure: Measure) -> list[tuple[str, int | None, int]]:
    """Return each scale's name, what came out, and the most there is."""
    return [
        (words.scale_name(scale), measure.scores.get(scale.name), span(recipe, scale)[1]) for scale in recipe.scales
    ]


def offers(person: User, today: date, *, reviewed: bool) -> list[Offer]:
    """Return what the person may fill in, what is due first, and what they did fill in. Six queries, however much."""
    last = _last_by_slug(person)
    cadences = {cadence.slug: cadence for cadence in Cadence.objects.of(person)}
    begun = set(MeasureDraft.objects.of(person).values_list("instrument__slug", flat=True))
    sparks = _sparks(person, today)
    found = []
    for instrument in _newest():
        kept, due = last.get(instrument.slug), due_of(instrument.slug, cadences, last)
        closed = RECIPES[instrument.slug].needs_reviewer and not reviewed
        if closed and not kept:
            continue
        if closed:
            due = None
        found.append(
            Offer(
                instrument=instrument,
                title=title_of(instrument),
                about=words.about(instrument.slug),
                last=kept,
                last_words=scores_in_words(kept) if kept else "",
                due=due,
                is_due=due is not None and due <= today,
                is_begun=instrument.slug in begun and not closed,
                is_closed=closed,
                sparks=sparks.get(instrument.slug, []),
            )
        )
    return sorted(found, key=lambda offer: not offer.is_due)


def proposals(person: User) -> list[tuple[CadenceProposal, str]]:
    """Return how often somebody else thinks a questionnaire could come round, with its title; unanswered ones alone."""
    named = titles()
    waiting = CadenceProposal.objects.of(person).open().newest_first()
    return [(each, named[each.slug]) for each in waiting if each.slug in named]


def titles() -> dict[str, str]:
    """Return the title of each loaded questionnaire by its slug."""
    return {instrument.slug: title_of(instrument) for instrument in _newest()}


def due_of(slug: str, cadences: dict[str, Cadence], last: dict[str, Measure]) -> date | None:
    """Return when one is due: by the person's own rhythm, or by the usual one once they have begun."""
    cadence, kept = cadences.get(slug), last.get(slug)
    return due_on(
        last=kept.day if kept else None,
        every_days=cadence.every_days if cadence else RECIPES[slug].every_days,
        since=cadence.since if cadence else None,
    )


def scores_in_words(measure: Measure) -> str:
    """Say what came out in one line: “9 of 27”, or each scale by its name."""
    recipe = RECIPES[measure.instrument.slug]
    said = [_of(recipe, scale, measure.scores.get(scale.name)) for scale in recipe.scales]
    if len(said) == 1:
        return said[0]
    return " · ".join(f"{words.scale_name(scale)} {text}" for scale, text in zip(recipe.scales, said, strict=True))


def history(person: User, slug: str) -> list[Measure]:
    """Return the newest ones, oldest of them first. One query."""
    newest = (
        Measure.objects.of(person)
        .by(slug)
        .newest_first()
        .select_related("instrument")
        .defer("instrument__questionnaire")
    )
    return list(newest[:MOST])[::-1]


def figures(recipe: Recipe, kept: Sequence[Measure]) -> list[Figure]:
    """Draw each scale over the times it was filled in; one without a score breaks the line."""
    return [_figure(recipe, scale, kept) for scale in recipe.scales] if len(kept) > 1 else []


def table(recipe: Recipe, kept: Sequence[Measure]) -> list[Row]:
    return [
        Row(
            date_format(measure.day, "M j, Y"),
            [
                "–" if measure.scores.get(scale.name) is None else str(measure.scores[scale.name])
                for scale in recipe.scales
            ],
            measure,
        )
        for measure in reversed(kept)
    ]


def _last_by_slug(person: User) -> dict[str, Measure]:
    newest = Measure.objects.of(person).values("instrument__slug").annotate(newest=Max("taken_at")).order_by()
    moments = {row["newest"] for row in newest}
    rows = Measure.objects.of(person).filter(taken_at__in=moments).select_related("instrument")
    return {row.instrument.slug: row for row in rows.defer("instrument__questionnaire").order_by("taken_at", "pk")}


def _sparks(person: User, today: date) -> dict[str, list[tuple[str, charts.Spark]]]:
    """Draw each scale of the last year, at most 24 times of it. One query."""
    rows = Measure.objects.of(person).filter(day__gt=today - YEAR).newest_first()
    scores: dict[str, list[dict[str, int | None]]] = {}
    for slug, kept in rows.values_list("instrument__slug", "scores")[:AT_A_GLANCE]:
        scores.setdefault(slug, []).insert(0, kept)
    return {
        slug: [
            (
                words.scale_name(scale),
                charts.spark([row.get(scale.name) for row in kept[-MOST:]], *span(RECIPES[slug], scale)),
            )
            for scale in RECIPES[slug].scales
        ]
        for slug, kept in scores.items()
        if len(kept) >= ENOUGH
    }


def _of(recipe: Recipe, scale: Scale, value: int | None) -> str:
    if value is None:
        return _("not scored")
    return _("%(score)s of %(most)s") % {"score": value, "most": span(recipe, scale)[1]}


def _figure(recipe: Recipe, scale: Scale, kept: Sequence[Measure]) -> Figure:
    low, high = span(recipe, scale)
    values = [measure.scores.get(scale.name) for measure in kept]
    drawn = charts.line(values, low, high, LEFT, RIGHT, BOTTOM, TOP)
    ticks = [(low, BOTTOM), ((low + high) // 2, charts.scale((low + high) // 2, low, high, BOTTOM, TOP)), (high, TOP)]
    return Figure(
        key=scale.name,
        name=words.scale_name(scale),
        sentence=_sentence(values, high, kept[0].day),
        line=drawn,
        dots=[point for point in drawn.points if point],
        ticks=[(f"{y:.1f}", f"{y + 4:.1f}", str(value)) for value, y in ticks],
        first=date_format(kept[0].day, "M j, Y"),
        last=date_format(kept[-1].day, "M j, Y"),
    )


def _sentence(values: Sequence[int | None], high: int, since: date) -> str:
    known = [value for value in values if value is not None]
    if len(known) < ENOUGH:
        said = ngettext("Early days: %(count)s score so far.", "Early days: %(count)s scores so far.", len(known))
        return said % {"count": len(known)}
    facts = {
        "first": known[0],
        "last": known[-1],
        "high": high,
        "count": len(known),
        "day": date_format(since, "F j, Y"),
    }
    return _("From %(first)s to %(last)s of %(high)s, over %(count)s times since %(day)s.") % facts
