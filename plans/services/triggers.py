"""What sets it off: adding, rating again, putting away, and the if-then answers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Answer, PlanRevision, Strategy, Trigger, TriggerRating
from plans.services import lists
from plans.services.parts import add_strategy
from plans.services.revisions import changing_plan, take

Deed, Part = PlanRevision.Deed, PlanRevision.Part

# Answers to one trigger: more would not be found at 2 am.
MOST_ANSWERS = 20


class NothingSaid(Refusal):
    """An answer without a strategy and without words."""


class NotOwn(Refusal):
    """A strategy or trigger of somebody else, or one that is gone."""


class RatingOutOfRange(Refusal):
    """A pull outside 1–10."""


@transaction.atomic
def add_trigger(
    *,
    person: User,
    name: str,
    category: str,
    impact: int,
    now: datetime,
    note: str = "",
    avoidable: str = "",
    strategies: Sequence[Strategy | str] = (),
    words: Sequence[str] = (),
) -> Trigger:
    """Add a trigger with its first rating and, if given, its answers.

    :param strategies: those that answer it; a name adds a strategy of that name first

    :raises ListFull: when there are 300 already
    :raises RatingOutOfRange: outside 1–10
    """
    _check(impact)
    own = _on_the_list(person, strategies, now)
    with changing_plan(person, Deed.ADDED, Part.TRIGGERS, now=now):
        if Trigger.objects.of(person).count() >= lists.MOST_ROWS:
            raise lists.ListFull(gettext("This list is full. Take something out first."))
        trigger = Trigger.objects.create(
            person=person,
            name=name,
            category=category,
            impact=impact,
            note=note,
            avoidable=avoidable,
            created_at=now,
        )
        _keep_rating(trigger, now)
        _set_answers(trigger, own, words)
    return trigger


@transaction.atomic
def change_trigger(
    *,
    trigger: Trigger,
    name: str,
    category: str,
    impact: int,
    now: datetime,
    note: str = "",
    avoidable: str = "",
    strategies: Sequence[Strategy | str] | None = None,
    words: Sequence[str] | None = None,
    version: int | None = None,
) -> Trigger:
    """Change a trigger; another pull is kept as a new rating. Answers stay as they are where None is given.

    :raises RatingOutOfRange: outside 1–10
    :raises ChangedMeanwhile: when it had another change since `version`
    """
    _check(impact)
    own = _on_the_list(trigger.person, strategies or (), now)
    with changing_plan(trigger.person, Deed.CHANGED, Part.TRIGGERS, now=now):
        current = take(trigger, version)
        rated = impact != current.impact
        current.name, current.category, current.note, current.impact = name, category, note, impact
        current.avoidable = avoidable
        current.save(force_update=True)
        if rated:
            _keep_rating(current, now)
        if strategies is not None and words is not None:
            _set_answers(current, own, words)
    return current


def rate_trigger(*, trigger: Trigger, impact: int, now: datetime) -> TriggerRating:
    """Say how strong the pull is now, 1–10; saying the same again is kept too.

    :raises RatingOutOfRange: outside 1–10
    """
    _check(impact)
    with changing_plan(trigger.person, Deed.RATED, Part.TRIGGERS, now=now):
        current = take(trigger, None)
        current.impact = impact
        current.save(update_fields=["impact", "version"])
        return _keep_rating(current, now)


def archive_trigger(*, trigger: Trigger, now: datetime) -> Trigger:
    """Put a trigger away: it leaves the plan and the check-in, and its history stays."""
    with changing_plan(trigger.person, Deed.ARCHIVED, Part.TRIGGERS, now=now):
        current = take(trigger, None)
        current.archived_at = current.archived_at or now
        current.save(update_fields=["archived_at", "version"])
    return current


def restore_trigger(*, trigger: Trigger, now: datetime) -> Trigger:
    """Bring a trigger back into the plan."""
    with changing_plan(trigger.person, Deed.RESTORED, Part.TRIGGERS, now=now):
        current = take(trigger, None)
        current.archived_at = None
        current.save(update_fields=["archived_at", "version"])
    return current


def remove_trigger(*, trigger: Trigger, now: datetime, version: int | None = None) -> None:
    """Delete a trigger for good, with its ratings, its answers and the days it was met.

    :raises ChangedMeanwhile: when it had another change since `version`
    """
    with changing_plan(trigger.person, Deed.REMOVED, Part.TRIGGERS, now=now):
        take(trigger, version).delete()


def add_answer(*, trigger: Trigger, now: datetime, strategy: Strategy | None = None, words: str = "") -> Answer:
    """Add what the person will do about a trigger: a strategy, own words, or both.

    :raises NothingSaid: when there is neither
    """
    with changing_plan(trigger.person, Deed.ADDED, Part.ANSWERS, now=now):
        answer = Answer(person=trigger.person, trigger=trigger, created_at=now)
        answer.position = lists.free_place(Answer, trigger.person, trigger=trigger)
        _write(answer, strategy, words)
    return answer


def change_answer(
    *, answer: Answer, now: datetime, strategy: Strategy | None, words: str, version: int | None = None
) -> Answer:
    """Give an answer another strategy or other words.

    :raises NothingSaid: when there is neither
    :raises ChangedMeanwhile: when it had another change since `version`
    """
    with changing_plan(answer.person, Deed.CHANGED, Part.ANSWERS, now=now):
        current = take(answer, version)
        _write(current, strategy, words)
    return current


def remove_answer(*, answer: Answer, now: datetime, version: int | None = None) -> None:
    """Delete an answer for good.

    :raises ChangedMeanwhile: when it had another change since `version`
    """
    with changing_plan(answer.person, Deed.REMOVED, Part.ANSWERS, now=now):
        take(answer, version).delete()


def _on_the_list(person: User, strategies: Sequence[Strategy | str], now: datetime) -> list[Strategy]:
    """Return the strategies, adding those that are only a name yet; a name that is on the list already is that one."""
    kept = {row.name: row for row in Strategy.objects.of(person).in_use()} if strategies else {}
    found: list[Strategy] = []
    for each in strategies:
        if isinstance(each, str):
            kept[each] = kept.get(each) or add_strategy(person=person, name=each, now=now)
        found.append(kept[each] if isinstance(each, str) else each)
    return found


def _check(impact: int) -> None:
    if not 1 <= impact <= 10:
        raise RatingOutOfRange(gettext("Pick a number from 1 to 10."))


def _keep_rating(trigger: Trigger, now: datetime) -> TriggerRating:
    return TriggerRating.objects.create(
        person=trigger.person, trigger=trigger, impact=trigger.impact, rated_at=now, created_at=now
    )


def _write(answer: Answer, strategy: Strategy | None, words: str) -> None:
    if strategy and strategy.person_id != answer.person_id:
        raise NotOwn(gettext("That is not on your list any more. Pick another."))
    if not strategy and not words:
        raise NothingSaid(gettext("Pick something from your list, or say it in your own words."))
    same = Answer.objects.of(answer.person).filter(trigger=answer.trigger_id, strategy=strategy).exclude(pk=answer.pk)
    if strategy and same.exists():
        raise Refusal(gettext("That is already one of your answers to this."))
    answer.strategy, answer.words = strategy, words
    answer.save()


def _set_answers(trigger: Trigger, strategies: Sequence[Strategy], words: Sequence[str]) -> None:
    """Make the answers these: a line of own words each, and these strategies; what stands already keeps its row."""
    wanted = {strategy.pk: strategy for strategy in strategies}
    lines = list(dict.fromkeys(line for line in words if line))
    if len(wanted) + len(lines) > MOST_ANSWERS:
        raise Refusal(gettext("Keep it to 20 answers, so that you find the right one at 2 am."))
    kept: list[Answer] = []
    for answer in Answer.objects.of(trigger.person).filter(trigger=trigger).in_order():
        if answer.strategy_id in wanted:
            wanted.pop(answer.strategy_id)
            kept.append(answer)
        elif answer.strategy_id is None and answer.words in lines:
            lines.remove(answer.words)
            kept.append(answer)
        else:
            answer.delete()
    place = max((answer.position for answer in kept), default=-1) + 1
    new: list[tuple[Strategy | None, str]] = [
        *((row, "") for row in wanted.values()),
        *((None, line) for line in lines),
    ]
    for offset, (strategy, line) in enumerate(new):
        answer = Answer(person=trigger.person, trigger=trigger, position=place + offset)
        _write(answer, strategy, line)
