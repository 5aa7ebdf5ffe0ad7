"""Loading questionnaires, filling them in one question at a time, and keeping what came of it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from recovery.instruments import scoring
from recovery.instruments.cadence import free_from
from recovery.instruments.questionnaires import Questionnaire, digest
from recovery.instruments.recipes import RECIPES
from recovery.models import Cadence, Instrument, Measure, MeasureDraft
from recovery.services.checkins import SubmissionTaken


class VersionTaken(Refusal):
    """This version is loaded with other content; a loaded version never changes."""


class NotOffered(Refusal):
    """Nobody would see the result in time to act on it, so it is not offered."""


class TooSoon(Refusal):
    """It asks about more days than have gone by since the last time."""


class NoSuchAnswer(Refusal):
    """An answer that its question does not offer, or that another answer rules out."""


class AlreadyKept(Refusal):
    """What was begun is finished or thrown away by now, in another tab or by a second tap."""


class NoSuchCadence(Refusal):
    """A rhythm that makes no sense for this questionnaire."""


@transaction.atomic
def load_instrument(
    *, questionnaire: Questionnaire, resource: dict[str, Any], now: datetime
) -> tuple[Instrument, bool]:
    """Keep a checked file; loading the same again changes nothing. The newest version is the one people see.

    :raises VersionTaken: when this version is there with other content
    """
    content = digest(resource)
    instrument, made = Instrument.objects.get_or_create(
        slug=questionnaire.slug,
        version=questionnaire.version,
        defaults={
            "title": questionnaire.title,
            "copyright": questionnaire.copyright,
            "questionnaire": resource,
            "digest": content,
            "loaded_at": now,
        },
    )
    if instrument.digest != content:
        raise VersionTaken(
            _("Version %(version)s of %(slug)s is loaded with other content. Give the changed file a new version.")
            % {"version": questionnaire.version, "slug": questionnaire.slug}
        )
    return instrument, made


@transaction.atomic
def begin_measure(
    *,
    person: User,
    instrument: Instrument,
    reviewed: bool,
    now: datetime,
    already: Mapping[str, int | None] | None = None,
) -> MeasureDraft:
    """Begin to fill one in, or go on with what was begun.

    :param reviewed: whether somebody who can act on it may see the result
    :param already: answers to the same questions, given a moment ago in a shorter form
    :raises NotOffered: where somebody would have to see it and nobody does
    :raises TooSoon: where the last time is fewer days ago than it asks about
    """
    check_open(person=person, instrument=instrument, reviewed=reviewed, now=now)
    begun = MeasureDraft.objects.of(person).by(instrument.slug).first()
    if begun:
        return begun  # with the words it was begun with, also where a newer version is loaded by now
    draft, _made = MeasureDraft.objects.get_or_create(
        person=person, instrument=instrument, defaults={"answers": json.dumps(dict(already or {}))}
    )
    return draft


@transaction.atomic
def keep_answer(*, draft: MeasureDraft, link_id: str, answer: int | None) -> MeasureDraft:
    """Keep one answer, or that the person would rather not give it; return the draft as it is then.

    :raises NoSuchAnswer: for one that is not on offer, or that another answer rules out
    :raises AlreadyKept: when the draft is gone by now
    """
    held = MeasureDraft.objects.select_for_update(of=("self",)).select_related("instrument").filter(pk=draft.pk).first()
    if held is None:
        raise AlreadyKept(_("This is finished, or thrown away, already."))
    recipe = RECIPES[held.instrument.slug]
    # An answer that this one rules out is asked again.
    ruled_out = {item.link_id for item in recipe.items if item.at_most == link_id}
    answers = {key: given for key, given in answers_of(held).items() if key not in ruled_out} | {link_id: answer}
    check_answers(slug=recipe.slug, answers=answers)
    held.answers = json.dumps(answers)
    held.save(update_fields=["answers"])
    return held


@transaction.atomic
def finish_measure(*, draft: MeasureDraft, reviewed: bool, now: datetime) -> Measure:
    """Score what was answered and keep it for good; the draft goes. Sent twice, it is kept once.

    :raises NotOffered: when by now nobody would see it
    """
    kept = take_measure(
        person=draft.person,
        instrument=draft.instrument,
        answers=answers_of(draft),
        submission=draft.pk,
        reviewed=reviewed,
        now=now,
    )
    MeasureDraft.objects.of(draft.person).filter(pk=draft.pk).delete()
    return kept


@transaction.atomic
def take_measure(
    *,
    person: User,
    instrument: Instrument,
    answers: Mapping[str, int | None],
    submission: UUID,
    reviewed: bool,
    now: datetime,
) -> Measure:
    """Score a whole questionnaire and keep it: version, answers, scores and band. Nothing of it changes later.

    :raises SubmissionTaken: when this submission came before with other answers
    :raises NoSuchAnswer: for an answer that is not on offer, or that another rules out
    :raises NotOffered: where somebody would have to see it and nobody does
    :raises TooSoon: where the last time is fewer days ago than it asks about
    """
    recipe = RECIPES[instrument.slug]
    check_answers(slug=instrument.slug, answers=answers)
    filled = scoring.with_left_out(recipe, {item.link_id: answers.get(item.link_id) for item in recipe.items})
    known = Measure.objects.of(person).filter(submission=submission).first()
    if known is None:
        check_open(person=person, instrument=instrument, reviewed=reviewed, now=now)
        result = scoring.score(recipe, filled)
        # Another tab may have been faster: then what it kept is what there is.
        known, _made = Measure.objects.get_or_create(
            person=person,
            submission=submission,
            defaults={
                "instrument": instrument,
                "day": local_day(person, now),
                "taken_at": now,
                "answers": json.dumps(filled),
                "scores": result.scores,
                "band": result.band,
            },
        )
    if (known.instrument_id, answers_of(known)) != (instrument.pk, filled):
        raise SubmissionTaken(_("This was sent before with other answers, so it was not kept a second time."))
    return known


@transaction.atomic
def drop_draft(*, draft: MeasureDraft) -> None:
    """Throw away what was begun."""
    draft.delete()


@transaction.atomic
def set_cadence(*, person: User, slug: str, every_days: int | None, now: datetime) -> Cadence:
    """Say how often somebody wants a questionnaire; None for only when they feel like it.

    :raises NoSuchCadence: for a rhythm shorter than the days it asks about, or longer than a year
    """
    check_cadence(slug, every_days)
    cadence, _made = Cadence.objects.update_or_create(
        person=person, slug=slug, defaults={"every_days": every_days, "since": local_day(person, now)}
    )
    return cadence


def check_cadence(slug: str, every_days: int | None) -> None:
    """Say no to a rhythm that the questionnaire cannot have.

    :raises NoSuchCadence: for a rhythm shorter than the days it asks about or longer than a year, or one that is gone
    """
    if slug not in RECIPES:
        raise NoSuchCadence(_("This questionnaire is not here any more."))
    least = max(RECIPES[slug].least_days, 1)
    if every_days is not None and not least <= every_days <= 366:
        raise NoSuchCadence(_("Choose between %(least)s and 366 days.") % {"least": least})


def check_open(*, person: User, instrument: Instrument, reviewed: bool, now: datetime) -> None:
    """Say no where nobody could act on the result, or where it was filled in only just.

    :param reviewed: whether somebody who can act on it may see the result
    :raises NotOffered: where somebody would have to see it and nobody does
    :raises TooSoon: where the last time is fewer days ago than it asks about
    """
    recipe = RECIPES[instrument.slug]
    if recipe.needs_reviewer and not reviewed:
        raise NotOffered(
            _("This one is here only while a counselor can see your results, so that somebody can talk with you.")
        )
    last = Measure.objects.of(person).by(instrument.slug).newest_first().values_list("day", flat=True).first()
    free = free_from(last=last, least_days=recipe.least_days)
    if free and local_day(person, now) < free:
        day = date_format(free, "F j")
        raise TooSoon(_("It asks about the days since the last time, so it opens again on %(day)s.") % {"day": day})


def check_answers(*, slug: str, answers: Mapping[str, int | None]) -> None:
    """Look at answers before they are kept.

    :raises NoSuchAnswer: in words fit to show
    """
    recipe = RECIPES[slug]
    if not answers.keys() <= {item.link_id for item in recipe.items}:
        raise NoSuchAnswer(_("There is no such question."))
    try:
        scoring.check(recipe, answers)
    except scoring.NotOnTheScale as error:
        raise NoSuchAnswer(_("Question %(number)s takes another answer.") % {"number": error.link_id}) from error
    except scoring.Contradiction as error:
        words = _("That is more than the %(most)s days you said for question %(number)s. Change one of the two.")
        raise NoSuchAnswer(words % {"most": answers[error.larger], "number": error.larger}) from error


def answers_of(kept: MeasureDraft | Measure) -> dict[str, int | None]:
    """Open the answers of a draft or of what is kept."""
    answers: dict[str, int | None] = json.loads(kept.answers)
    return answers
