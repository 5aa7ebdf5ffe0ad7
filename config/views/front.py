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
