"""Right now: one page about being safe after use, with nothing asked before it."""

from collections.abc import Collection
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import COUNTRY_COOKIE, PersonRequest
from plans.emergency import numbers_for
from plans.services.readers import contacts, days_lit
from recovery.forms import UseForm
from recovery.models import CheckIn
from recovery.safety_texts import CARDS, FIRST, cards_for
from recovery.services import awaiting_review, note_use

# Somebody who stays on the line while a person uses, by country: number as dialled, as shown, and whose it is.
ON_THE_LINE = {
    "US": ("18004843731", "1-800-484-3731", "Never Use Alone"),
    "CA": ("18886886677", "1-888-688-6677", "NORS"),
}


@require_safe
@login_not_required
def right_now(request: HttpRequest) -> HttpResponse:
    """Reachable by itself and by anybody: it names no one unless they are signed in."""
    return render(request, "recovery/right_now.html", _context(request, UseForm()))


@require_safe
def right_now_after(request: PersonRequest, day: date) -> HttpResponse:
    """The same page after a check-in that said yes: it is saved, and this comes first."""
    kept = get_object_or_404(CheckIn.objects.of(request.user), day=day)
    context = {**_context(request, None), "checkin": kept, "lit": days_lit(request.user)}
    return render(request, "recovery/right_now.html", context)


@require_POST
def use_note(request: PersonRequest) -> HttpResponse:
    """Note use on a day, without a check-in."""
    form = UseForm(request.POST)
    if form.is_valid():
        try:
            note_use(person=request.user, now=timezone.now(), **form.said())
            if "again" in request.POST:  # it was just taken back, on the page that lists them
                return redirect("recovery:use-list")
            messages.success(request, _("Noted. Your lights stay. You can take it back under You, What I work toward."))
            return redirect("today")
        except Refusal as refusal:
            form.add_error("day", str(refusal))
    return render(request, "recovery/right_now.html", _context(request, form), status=422)


def _context(request: HttpRequest, form: UseForm | None, substances: Collection[str] = ()) -> dict[str, object]:
    """Everything the page shows; what somebody said it was decides which cards are open, and nothing is asked first."""
    person = request.user
    safety = {"first": FIRST, "cards": cards_for(substances), "awaiting": awaiting_review((FIRST, *CARDS))}
    if not person.is_authenticated:
        return {**safety, "numbers": numbers_for(request.COOKIES.get(COUNTRY_COOKIE, ""))}
    return {
        **safety,
        "numbers": numbers_for(person.country),
        "alone": ON_THE_LINE.get(person.country),
        "contacts": contacts(person, 2),
        "note_form": form,
        "today": local_day(person, timezone.now()),
    }
