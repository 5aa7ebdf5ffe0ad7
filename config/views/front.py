"""The front door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from plans.services.readers import has_begun
from recovery.models import Journey
from support.models import Consent


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is, or go on to where somebody's day begins."""
    if isinstance(request.user, User):
        return redirect(first_page(request.user))
    return render(request, "config/landing.html")


def first_page(user: User) -> str:
    """Return the name of the page that a sign-in leads to: Today, or for who only looks after others, theirs.

    There is no role “person”: everybody may keep a record, so what somebody keeps says it. A supporter lands on the
    list and not with the one person on it, because each look at a person's page is written down for them.
    """
    if has_begun(user) or Journey.objects.of(user).exists():
        return "today"
    if user.is_counselor:
        return "support:desk"
    return "support:supporting" if Consent.objects.in_force(timezone.now()).to(user).exists() else "today"


@require_safe
@login_not_required
def account_gone(request: HttpRequest) -> HttpResponse:
    """Say that it is done, after an account was deleted."""
    return render(request, "config/account_gone.html")


@require_safe
@login_not_required
def terms(request: HttpRequest) -> HttpResponse:
    """Say what the site is and is not."""
    return render(request, "config/terms.html")


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who sees what, in sentences that are true of the code."""
    return render(request, "config/privacy.html")


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away: nobody should be found by having been here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
