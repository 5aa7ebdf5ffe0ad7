"""Today: the path so far, the check-in, one small thing, one reason, and a way to help from every state."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import local_time
from accounts.http import PersonRequest
from accounts.models import User
from accounts.prepared import Prepared
from plans.models import Reason
from plans.services.readers import contacts, lit_lately
from recovery import counts, insights, noticed, trends
from recovery.day_card import day_card
from recovery.models import CallTask, CareEpisode, CheckIn, Goal, GoalStep, Reflection, StageMove, StageTask, TaskDone
from recovery.models.checkin import STRONG_CRAVING, Mood
from recovery.signs import USE_DAYS
from recovery.trends import DayValues
from recovery.views.stages import NOT_TODAY
from recovery.views.weekly import NOT_THIS_WEEK
from recovery.weeks import to_look_back_at
from resources.tools import TOOLS
from resources.tools import Tool as CopingTool

_weeks: Prepared[date] = Prepared(
    lambda person, week: Reflection.objects.of(person).filter(ends_on=week).values_list("ends_on", flat=True)
)


def _task_left(person: UUID, column: str) -> Subquery:
    """Ask for a column of the first thing that is left to do in the stage of a move."""
    left = StageTask.objects.filter(stage=OuterRef("stage")).exclude(
        pk__in=TaskDone.objects.of(person).values("task_id")
    )
    return Subquery(left.order_by("position").values(column)[:1])


# The stage that the person is in, and the first of its tasks that is left: one statement for both.
_stages: Prepared[StageMove] = Prepared(
    lambda person: (
        StageMove.objects.of(person)
        .select_related("stage")
        .annotate(task_slug=_task_left(person, "slug"), task_text=_task_left(person, "text"))
        .newest_first()[:1]
    )
)
_goals: Prepared[Goal] = Prepared(lambda person: Goal.objects.of(person).open().nearest_first()[:1])
_steps_left: Prepared[GoalStep] = Prepared(
    lambda person, goal: GoalStep.objects.of(person).filter(goal=goal).left().order_by("position")[:1]
)

# For a week after a noted use the body handles less, so the page says so.
TOLERANCE_DAYS = 7
# From this many days away on, somebody is told that their place is kept; how many days it were is not said.
AWAY_DAYS = 3
MORNING, AFTERNOON, EVENING = 4, 12, 17


class Tool(NamedTuple):
    href: str
    icon: str
    colour: str
    name: str
    about: str


@require_safe
def today(request: PersonRequest) -> HttpResponse:
    here = local_time(request.user, timezone.now())
    day = here.date()
    values = insights.daily(request.user, day - timedelta(days=trends.PATTERN_DAYS - 1), day)
    lit, lit_days = lit_lately(request.user, values[-insights.HILL_DAYS].day, day)
    counted = counts.journeys_on_today(request.user)
    since = day - timedelta(days=USE_DAYS - 1)
    noted = counts.lapses_of(request.user, None if counted else since)
    uses = [(each.day, each.over_limit) for each in noted if since <= each.day <= day]
    used_on = _latest_use(uses, day)
    # The days after use have a card of their own.
    signs = noticed.notice(request.user, values, uses, besides="recent-use" if used_on else "")
    planned = day_card(request.user, here)
    leaving = None if used_on else _going_home(request.user, planned.near_care, day)
    context = {
        "day": day,
        "greeting": _greeting(request.user, here),
        "lit": lit,
        "art": insights.landscape_of(values, lit=lit_days),
        "moods": Mood.choices,
        "done": values[-1] if values[-1].is_kept else None,
        "done_mood": insights.mood_word(values[-1].mood) if values[-1].mood else "",
        "is_new": lit == 0,
        "is_away": lit > 0 and not any(each.is_kept for each in values[-AWAY_DAYS - 1 :]),
        "used_on": used_on,
        "people": contacts(request.user, 1) if lit == 0 or used_on else [],
        "signs": signs,
        "look_back_on": counts.to_look_back_at(noted, timezone.now()) if used_on else None,
        "walks": [counts.walk_of(journey, noted, day) for journey in counted],
        "leaving": leaving,
        "pattern": None if leaving else _pattern(values, day),
        # One thing at a time: Insights has the week too.
        "week": None if signs or used_on else _week(request, day),
        "task": _small_thing(request, day, planned.call),
        "card": planned.card,
        "proposals": planned.proposals,
        "reason": _reason(planned.reasons, day),
        "earlier": _good_things(request.user, day, values[-1]),
        "tools": _tools,  # called by the template where it keeps no copy
    }
    return render(request, "config/today.html", context)


def _greeting(person: User, here: datetime) -> str:
    if MORNING <= here.hour < AFTERNOON:
        words, alone = _("Morning, %(name)s"), _("Good morning")
    elif AFTERNOON <= here.hour < EVENING:
        words, alone = _("Afternoon, %(name)s"), _("Good afternoon")
    else:
        words, alone = _("Evening, %(name)s"), _("Good evening")
    return words % {"name": person.called} if person.called else alone


def _latest_use(uses: Sequence[tuple[date, bool | None]], day: date) -> date | None:
    """Return the last day of noted use within the days in which the body handles less."""
    first = day - timedelta(days=TOLERANCE_DAYS - 1)
    return max((used_on for used_on, _over_limit in uses if used_on >= first), default=None)


def _going_home(person: User, near: UUID | None, day: date) -> CareEpisode | None:
    """Return a time in care that is near its end or has ended lately; medication only once it has ended."""
    care = CareEpisode.objects.of(person).filter(pk=near).first() if near else None
    return care if care and (care.hands_over or (care.ended_on and care.ended_on <= day)) else None


def _week(request: PersonRequest, day: date) -> date | None:
    """Return the week to look back at, on its last day and the one after, until it is written or put off."""
    week = to_look_back_at(day)
    if week is None or request.session.get(NOT_THIS_WEEK) == week.isoformat():
        return None
    return None if _weeks(person=request.user.pk, week=week) else week


def _pattern(values: Sequence[DayValues], day: date) -> dict[str, Any] | None:
    """Say that tomorrow's or today's weekday has been hard, only where the person's own weeks say so, with counts."""
    for ahead, title in ((0, _("Today is %(weekday)s")), (1, _("Tomorrow is %(weekday)s"))):
        coming = day + timedelta(days=ahead)
        found = trends.hard_weekday(values, coming.weekday())
        if found:
            return {"title": title % {"weekday": _weekday(coming)}, "weekday": _weekday(coming), "found": found}
    return None


def _weekday(day: date) -> str:
    names = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    return names[day.weekday()]


def _small_thing(request: PersonRequest, day: date, call: CallTask | None) -> dict[str, Any] | None:
    """Return a call that is due, or the next small thing of the person's stage, or else of their nearest goal.

    One put off today makes room until tomorrow.
    """
    if call:
        return {"call": call}
    put_off = request.session.get(NOT_TODAY, [])
    if put_off and put_off[0] == day.isoformat():
        return None
    move: Any = next(iter(_stages(person=request.user.pk)), None)
    if move and move.task_slug:
        return {"stage": move.stage, "task": StageTask(slug=move.task_slug, text=move.task_text)}
    goal = next(iter(_goals(person=request.user.pk)), None)
    if goal:
        return {"goal": goal, "step": next(iter(_steps_left(person=request.user.pk, goal=goal.pk)), None)}
    return None if move else {"stage": None, "task": None}


def _reason(found: Sequence[Reason], day: date) -> str:
    """Return one of the person's reasons, another each day."""
    return found[day.toordinal() % len(found)].text if found else ""


def _tools() -> list[Tool]:
    """Return a few tools for a spare minute; the list has the others."""
    box, scan, good = TOOLS["box-breathing"], TOOLS["body-scan"], TOOLS["good-things"]
    minutes = _("%(minutes)s min")
    return [
        Tool(reverse("help-now"), "wave", "lamp", _("Ride the wave"), _("20 min, for cravings")),
        Tool(_page(box), box.icon, "pine", str(box.title), minutes % {"minutes": box.minutes[0]}),
        Tool(_page(scan), scan.icon, "moss", str(scan.title), minutes % {"minutes": scan.minutes[0]}),
        Tool(reverse(good.page), good.icon, "dusk", str(good.title), str(good.length)),
    ]


def _page(tool: CopingTool) -> str:
    return reverse("plans:tool-detail", args=[tool.slug])


def _good_things(person: User, day: date, values: DayValues) -> list[CheckIn]:
    """Return what was good on earlier days, on a hard one."""
    is_hard = values.mood == Mood.ROUGH or (values.craving or 0) >= STRONG_CRAVING
    return insights.good_things_before(person, day, 2) if is_hard else []
