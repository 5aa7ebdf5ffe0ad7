"""Three good things: kept with the day's check-in, and shown again on a hard day."""

import uuid
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.clock import local_time
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.models import User
from recovery import insights
from recovery.forms import GoodThingsForm, first_good_things
from recovery.models import CheckIn
from recovery.services import save_checkin
from recovery.services.checkins import NIGHT_ENDS
from resources.services import review_of
from resources.tools import TOOLS

TOOL = TOOLS["good-things"]


@require_http_methods(["GET", "HEAD", "POST"])
def good_things(request: PersonRequest) -> HttpResponse:
    """Ask for three good things of the day, show those of earlier days, and keep them in the check-in."""
    now = timezone.now()
    day = _day(request.user, now)
    kept = CheckIn.objects.of(request.user).filter(day=day).first()
    initial = {"submission": uuid.uuid4(), **first_good_things(kept.good_things if kept else "")}
    data = request.POST if request.method == "POST" else None
    form = GoodThingsForm(data, initial=initial, mood_needed=kept is None)
    if form.is_valid():
        try:
            save_checkin(
                person=request.user,
                day=day,
                answers=form.answers(),
                submission=form.cleaned_data["submission"],
                answered_at=now,
                now=now,
            )
            messages.success(request, _("Kept with your check-in. The light is on."))
            return redirect("recovery:good-things")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "day": day, "kept": kept, "earlier": insights.good_things_before(request.user, day)}
    context |= {"tool": TOOL, "review": review_of(TOOL)}
    return render(request, "recovery/good_things.html", context, status=422 if form.errors else 200)


def _day(person: User, now: datetime) -> date:
    """Return the day whose evening it is: until four in the morning the one before."""
    here = local_time(person, now)
    return here.date() - timedelta(days=1 if here.hour < NIGHT_ENDS else 0)
