"""The front door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is, or go on to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "config/landing.html")


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
def breathe(request: HttpRequest) -> HttpResponse:
    """Breathe along with a light; as words where there is no script."""
    return render(request, "config/breathe.html")


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away: nobody should be found by having been here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
