"""Check-in pages: the form, what follows it, the history, one day."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day, local_time
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import OwnedQuerySet, User
from plans.models import Answer, Strategy, Trigger
from plans.services import medication_answer
from plans.services.readers import days_lit, strategies, top_triggers
from recovery import insights
from recovery.forms import CheckInForm, first_answers
from recovery.models import CheckIn, Journey
from recovery.models.checkin import Mood, Used
from recovery.services import FutureDay, remove_checkin, save_checkin
from recovery.services.checkins import DAYS_BACK, NIGHT_ENDS

PER_PAGE = 14
ON_THE_LIST = ("day", "mood", "craving", "sleep_half_hours", "used", "late", "note")
# From this hour a check-in is tonight's.
EVENING = 17
M = TypeVar("M", Trigger, Strategy)


@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: PersonRequest) -> HttpResponse:
    """Ask how the day was, and keep the answer."""
    now = timezone.now()
    asked = request.POST.get("day", "") if request.method == "POST" else request.GET.get("day", "")
    days = _open_days(request.user, now)
    try:
        day = _read_day(asked, days, needed=local_time(request.user, now).hour < NIGHT_ENDS)
    except Refusal as refusal:
        return _checkin_page(request, _form(request, None), days, None, status=422, refusal=str(refusal))
    form = _form(request, day)
    if request.method != "POST":
        return _checkin_page(request, form, days, day)
    if day is None:
        form.add_error(None, _("Choose which day this is for."))
    if form.is_valid() and day is not None:
        try:
            kept = save_checkin(
                person=request.user,
                day=day,
                answers=form.answers(),
                submission=form.cleaned_data["submission"],
                answered_at=now,
                now=now,
            )
            return _after(kept)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _checkin_page(request, form, days, day, status=422)


@require_safe
def checkin_saved(request: PersonRequest, day: date) -> HttpResponse:
    """Say that it is kept, set it beside the last 7 days, and offer company after a strong one."""
    kept = get_object_or_404(CheckIn.objects.of(request.user), day=day)
    here = local_time(request.user, timezone.now())
    recent = insights.daily(request.user, day - timedelta(days=41), day)
    context = {
        "checkin": kept,
        "is_today": day == here.date(),
        "evening": here.hour >= EVENING,
        "lit": days_lit(request.user),
        "art": insights.landscape_of(recent, new=True),
        "comparison": insights.next_to_usual(recent),
        "met": _own_answers(request.user, kept),
        "earlier": insights.good_things_before(request.user, day) if kept.is_hard else [],
    }
    return render(request, "recovery/checkin_saved.html", context)


@require_safe
def checkin_list(request: PersonRequest) -> HttpResponse:
    """List the days, newest first; a page starts before a day, so the last page costs what the first does."""
    checkins = CheckIn.objects.of(request.user).newest_first().only(*ON_THE_LIST)
    before = _parse_day(request.GET.get("before", ""))
    if before:
        checkins = checkins.before(before)
    found = list(checkins[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    context = {
        "checkins": page,
        # Made once: a row's own `get_mood_display` goes through every choice anew.
        "moods": {mood.value: str(mood.label) for mood in Mood},
        "today": local_day(request.user, timezone.now()),
        "next_before": page[-1].day if len(found) > PER_PAGE else None,
        "before": before,
    }
    if request.htmx:
        return render(request, "recovery/_checkin_list.jinja", context, using="jinja2")
    return render(request, "recovery/checkin_list.html", context)


@require_safe
def checkin_day(request: PersonRequest, day: date) -> HttpResponse:
    kept = get_object_or_404(CheckIn.objects.of(request.user), day=day)
    met = [row.name for row, _detail in _rows(Trigger.objects.of(request.user), kept.met)]
    tried = [(row.name, outcome) for row, outcome in _rows(Strategy.objects.of(request.user), kept.strategies)]
    context = {
        "checkin": kept,
        "lines": insights.said(kept, met, tried),
        "times": kept.versions.of(request.user).in_order().values_list("answered_at", flat=True),
    }
    return render(request, "recovery/checkin_day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def checkin_edit(request: PersonRequest, day: date) -> HttpResponse:
    """Change a kept day; here, what is left empty is meant to be empty."""
    kept = get_object_or_404(CheckIn.objects.of(request.user), day=day)
    now = timezone.now()
    form = _form(request, day, kept)
    if request.method == "POST" and form.is_valid():
        try:
            save_checkin(
                person=request.user,
                day=day,
                answers=form.answers(dict(kept.met)),
                submission=form.cleaned_data["submission"],
                answered_at=now,
                now=now,
                whole=True,
            )
            return redirect(kept)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    context = {"form": form, "day": day, "editing": kept, **_form_context(request.user)}
    return render(request, "recovery/checkin.html", context, status=status)


@require_POST
def checkin_remove(request: PersonRequest, day: date) -> HttpResponse:
    remove_checkin(checkin=get_object_or_404(CheckIn.objects.of(request.user), day=day))
    return redirect("recovery:checkin-list")


@require_safe
def checkin_remove_ask(request: PersonRequest, day: date) -> HttpResponse:
    kept = get_object_or_404(CheckIn.objects.of(request.user), day=day)
    return render(request, "recovery/checkin_remove_ask.html", {"checkin": kept})


def _after(kept: CheckIn) -> HttpResponse:
    """Use comes first: one page about being safe, before any number."""
    if kept.used == Used.YES:
        return redirect("recovery:right-now-after", day=kept.day)
    return redirect("recovery:checkin-saved", day=kept.day)


def _form(request: PersonRequest, day: date | None, kept: CheckIn | None = None) -> CheckInForm:
    """Return the form of a new submission, or of an edit of what is kept."""
    person = request.user

    # What the day names stays on the lists, also when the plan has moved on since.
    def triggers() -> list[Trigger]:
        rows, met = top_triggers(person), kept.met if kept else []
        return rows + [row for row, _said in _rows(Trigger.objects.of(person), met) if row not in rows]

    def tools() -> list[Strategy]:
        rows, tried = strategies(person, 6), kept.strategies if kept else []
        return rows + [row for row, _said in _rows(Strategy.objects.of(person), tried) if row not in rows]

    def mood_needed() -> bool:
        return kept is not None or day is None or not CheckIn.objects.of(person).filter(day=day).exists()

    data: QueryDict | None = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = first_answers(kept) if kept else {"mood": request.GET.get("mood", "")}
    initial["submission"] = uuid.uuid4()
    if data is None and kept is None and day is not None:
        initial["medication"] = medication_answer(person, day)  # marked already, so it is not asked twice
    past = day is not None and day < local_day(person, timezone.now())
    return CheckInForm(data, initial=initial, triggers=triggers, strategies=tools, mood_needed=mood_needed, past=past)


def _checkin_page(
    request: PersonRequest,
    form: CheckInForm,
    days: list[date],
    day: date | None,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    if refusal and request.method == "POST":
        form.add_error(None, refusal)
        refusal = ""
    here = local_time(request.user, timezone.now())
    context = {
        "form": form,
        "days": days,
        "day": day,
        "today": days[0],
        "evening": here.hour >= EVENING,
        "refusal": refusal,
        "kept": None if form.mood_needed or day is None else CheckIn.objects.of(request.user).get(day=day),
        **_form_context(request.user),
    }
    return render(request, "recovery/checkin.html", context, status=status)


def _form_context(person: User) -> dict[str, Any]:
    cutting_down = Journey.objects.of(person).filter(aim=Journey.Aim.CUT_DOWN).exists()
    return {"cutting_down": cutting_down}


def _open_days(person: User, now: datetime) -> list[date]:
    today = local_day(person, now)
    return [today - timedelta(days=back) for back in range(DAYS_BACK + 1)]


def _read_day(asked: str, days: list[date], needed: bool) -> date | None:
    """Return the day that a check-in is about; None while the night leaves it open.

    :raises FutureDay: for a day to come, and in other words for one too far back
    """
    if not asked:
        return None if needed else days[0]
    day = _parse_day(asked)
    if day is None or day < days[-1]:
        raise FutureDay(_("That day can't be filled in here. Today, yesterday and the day before are open."))
    if day > days[0]:
        raise FutureDay(_("That day hasn't come yet. A check-in is for today, yesterday or the day before."))
    return day


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _rows(rows: OwnedQuerySet[M], said: list[Any]) -> list[tuple[M, Any]]:
    """Put the rows of the plan to the keys that a check-in holds; what was deleted since has none."""
    details = dict(said)
    return [(row, details[str(row.pk)]) for row in rows.filter(pk__in=details)] if details else []


def _own_answers(person: User, kept: CheckIn) -> list[tuple[Trigger, list[str]]]:
    """Return the strongest trigger that was around, with what the person wrote they would do."""
    met = _rows(Trigger.objects.of(person).strongest_first(), kept.met)[:1]
    return [
        (trigger, [answer.text for answer in Answer.objects.of(person).in_order().filter(trigger=trigger)[:2]])
        for trigger, _detail in met
    ]
