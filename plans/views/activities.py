"""The pages for what takes my mind off it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.forms import ActivityForm
from plans.models import Activity
from plans.views.asking import ask, confirm_removal, move, own, sent


@require_safe
def activity_list(request: PersonRequest) -> HttpResponse:
    template = "_activity_list.html" if request.htmx else "activity_list.html"
    return render(request, f"plans/{template}", {"rows": Activity.objects.of(request.user).in_order()})


@require_http_methods(["GET", "HEAD", "POST"])
def activity_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        ActivityForm(sent(request)),
        lambda said: services.add_activity(person=request.user, now=timezone.now(), **said),
        then="plans:activity-list",
        page="activity_form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    activity = own(request, Activity, pk)
    return ask(
        request,
        ActivityForm(sent(request), initial=_initial(activity)),
        lambda said: services.change_activity(activity=activity, now=timezone.now(), **said),
        then="plans:activity-list",
        page="activity_form.html",
        initial_of=_initial,
        activity=activity,
    )


def _initial(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in ("name", "when", "company", "cost", "version")}


@require_POST
def activity_move(request: PersonRequest, pk: Any) -> HttpResponse:
    return move(request, own(request, Activity, pk), then="plans:activity-list")


@require_http_methods(["GET", "HEAD", "POST"])
def activity_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    activity = own(request, Activity, pk)
    return confirm_removal(
        request,
        activity,
        lambda: services.remove(activity, now=timezone.now()),
        name=activity.name,
        then="plans:activity-list",
        edit="plans:activity-edit",
    )
