"""Right now: one page about being safe after use, with nothing asked before it."""

from collections.abc import Collection
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_list_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import COUNTRY_COOKIE, PersonRequest
from accounts.models import User
from plans.emergency import numbers_for
from plans.services.readers import contacts, days_lit
from recovery.forms_journeys import ToldForm, UseForm, first_told, first_use
from recovery.models import Journey, Lapse
from recovery.models.lapse import USED
from recovery.safety_texts import CARDS, FIRST, cards_for
from recovery.services import awaiting_review, note_use, tell_use

# Somebody who stays on the line while a person uses, by country: number as dialled, as shown, and whose it is.
ON_THE_LINE = {
    "US": ("18004843731", "1-800-484-3731", "Never Use Alone"),
    "CA": ("18886886677", "1-888-688-6677", "NORS"),
}


@require_safe
@login_not_required
def right_now(request: HttpRequest) -> HttpResponse:
    """Reachable by itself and by anybody: it names no one unless they are signed in."""
    context = _context(request)
    if request.user.is_authenticated:
        context["note_form"] = use_form(request.user)
    return render(request, "recovery/right_now.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def right_now_after(request: PersonRequest, day: date) -> HttpResponse:
    """The same page once a use is noted, from wherever: it is saved, and this comes first.

    What somebody then says it was decides which cards are open; they may say so here, and need not.
    """
    lapses = list(get_list_or_404(Lapse.objects.of(request.user).order_by("source"), day=day))
    own = own_words_of(request.user)
    first = first_told(lapses[0], own)
    form = ToldForm(request.POST if request.method == "POST" else None, own=own, initial=first)
    if form.is_bound and form.is_valid():
        for lapse in lapses:
            tell_use(lapse=lapse, **form.told())
        return redirect("recovery:right-now-after", day=day)
    said = [lapse.named for lapse in lapses]
    context = {
        **_context(request, [word for words in said for word in words] if all(said) else []),
        "told_form": form,
        "day": day,
        "lit": days_lit(request.user),
    }
    return render(request, "recovery/right_now.html", context, status=422 if form.errors else 200)


@require_POST
def use_note(request: PersonRequest) -> HttpResponse:
    """Note use on a day, without a check-in."""
    form = use_form(request.user, request.POST)
    if form.is_valid():
        try:
            lapse = note_use(person=request.user, now=timezone.now(), **form.said(), **form.told())
            if "again" in request.POST:  # it was just taken back, on the page that lists them
                return redirect("recovery:use-list")
            messages.success(request, _("Noted. Your lights stay. You can take it back under You, What I work toward."))
            return redirect("recovery:right-now-after", day=lapse.day)
        except Refusal as refusal:
            form.add_error("day", str(refusal))
    return render(request, "recovery/right_now.html", {**_context(request), "note_form": form}, status=422)


def use_form(person: User, data: QueryDict | None = None, lapse: Lapse | None = None) -> UseForm:
    """The form of a noted use, with the person's own words to choose from."""
    today, own = local_day(person, timezone.now()), own_words_of(person)
    first = {**first_use(lapse), **first_told(lapse, own)} if lapse else {"day": today}
    form = UseForm(data, own=own, today=today, initial=first)
    if not Journey.objects.of(person).filter(aim=Journey.Aim.CUT_DOWN).exists():
        form.leave_out_the_limit()
    return form


def own_words_of(person: User) -> list[str]:
    """What the person calls what they work on, where it is a word of their own."""
    said = [journey.substance for journey in Journey.objects.of(person).oldest_first()]
    return [word for word in dict.fromkeys(said) if word and word not in USED]


def _context(request: HttpRequest, substances: Collection[str] = ()) -> dict[str, object]:
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
    }
