"""My plan: everything on one page, in order or by how hard it is right now."""

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans import emergency, services
from plans.models import PlanRevision


class Light(NamedTuple):
    """Some parts of the plan together; without a name it is the whole of it."""

    color: str
    name: Any
    about: Any
    parts: list[str]


SIGNS, TRIGGERS, STRATEGIES = "config/plan/signs.html", "config/plan/triggers.html", "config/plan/strategies.html"
ACTIVITIES, CONTACTS = "config/plan/activities.html", "config/plan/contacts.html"
PROFESSIONALS, SAFER = "config/plan/professionals.html", "config/plan/safer.html"
REASONS, SUPPORT, HELP_ME = "config/plan/reasons.html", "config/plan/support.html", "config/plan/help_me.html"
# The order of clinical.md §2.1, with the reasons, the week and the card for others after it.
IN_ORDER = [
    Light(
        "",
        "",
        "",
        [SIGNS, TRIGGERS, STRATEGIES, ACTIVITIES, CONTACTS, PROFESSIONALS, SAFER, REASONS, SUPPORT, HELP_ME],
    )
]
BY_LIGHT = [
    Light("green", _("Green"), _("Days that go well: what keeps me steady."), [REASONS, SUPPORT, ACTIVITIES]),
    Light(
        "yellow", _("Yellow"), _("It is starting: what I notice, and what I do then."), [SIGNS, TRIGGERS, STRATEGIES]
    ),
    Light(
        "red",
        _("Red"),
        _("It is strong right now: who I call, and what keeps me safe."),
        [CONTACTS, PROFESSIONALS, SAFER, HELP_ME],
    ),
]
# “professionals” is a part of the page and not of the versions.
TITLES = {**dict(PlanRevision.Part.choices), "professionals": _("Professionals and lines")}


@require_safe
def plan(request: PersonRequest) -> HttpResponse:
    today = local_day(request.user, timezone.now())
    whole = services.whole_plan(request.user, today=today)
    by_light = request.GET.get("by") == "light"
    fullness = whole.fullness
    context = {
        "whole": whole,
        "fullness": fullness,
        "empty_parts": [(part, TITLES[part]) for part in fullness.empty],
        "numbers": emergency.numbers_for(request.user.country),
        "today": today,
        "by_light": by_light,
        "lights": BY_LIGHT if by_light else IN_ORDER,
    }
    return render(request, "config/plan.html", context)
