"""Exercises done, told once each; at least half of one lights its day."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Avg, Count, Q
from django.utils.translation import gettext

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import ToolUse
from plans.services.days import forget, light_day
from resources.tools import TOOLS

# How long a form may wait on a phone without a network.
LONGEST_WAIT = timedelta(days=30)
COMPARED = Q(before__isnull=False, after__isnull=False)


class SubmissionTaken(Refusal):
    """This submission is kept already, and said something else."""


class NoSuchTool(Refusal):
    """A tool or way that is not there."""


@dataclass(frozen=True)
class Record:
    """How often somebody did a tool, and what their own numbers say."""

    times: int
    compared: int
    before: float | None
    after: float | None


@transaction.atomic
def save_tool_use(
    *,
    person: User,
    tool: str,
    submission: uuid.UUID,
    now: datetime,
    way: str = "",
    before: int | None = None,
    after: int | None = None,
    finished: bool = True,
    done_at: datetime | None = None,
) -> ToolUse:
    """Keep an exercise and light its day if it was finished; the same submission sent again is the same use.

    :param before: 0–10, how strong it was; `after` likewise
    :param done_at: when it was done, for a form that waited; ahead of `now` or over 30 days back counts as now
    :raises NoSuchTool: when there is no tool or no way of that name
    :raises SubmissionTaken: when the submission is kept with other answers
    """
    if tool not in TOOLS or (way and way not in {each.slug for each in TOOLS[tool].ways}):
        raise NoSuchTool(gettext("We don't know that exercise. Go back to the list and start it again."))
    at = done_at if done_at and now - LONGEST_WAIT <= done_at <= now else now
    said = {"tool": tool, "way": way, "before": before, "after": after, "finished": finished}
    use, made = ToolUse.objects.get_or_create(
        person=person, submission=submission, defaults={**said, "done_at": at, "day": local_day(person, at)}
    )
    if not made and any(getattr(use, name) != value for name, value in said.items()):
        raise SubmissionTaken(gettext("This was saved already, with other answers. Start the exercise again."))
    if use.finished:
        light_day(person=person, day=use.day, source=use.pk)
    return use


@transaction.atomic
def remove_tool_use(*, use: ToolUse) -> None:
    """Delete an exercise for good; its day stays lit if something else lit it."""
    forget(source=use.pk)
    use.delete()


def tool_records(person: User) -> dict[str, Record]:
    """Return for each tool how often it was done, and the means before and after where both were said; one query."""
    rows = (
        ToolUse.objects.of(person)
        .values("tool")
        .annotate(
            times=Count("pk"),
            compared=Count("pk", filter=COMPARED),
            was=Avg("before", filter=COMPARED),
            then=Avg("after", filter=COMPARED),
        )
        .order_by()
    )
    return {row["tool"]: Record(row["times"], row["compared"], row["was"], row["then"]) for row in rows}
