"""The mails of the embedded default, for whoever sits at this machine and for nobody else."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.mailbox import find, mails

# A request that carries one of these came through another machine or program, whatever its address says.
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


@require_safe
@login_not_required
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the mails, the newest first."""
    return render(request, "config/mailbox.html", {"mails": mails(_folder_for(request))})


@require_safe
@login_not_required
@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as text."""
    found = find(_folder_for(request), name)
    if found is None:
        raise Http404
    return render(request, "config/mail.html", {"mail": found})


def _folder_for(request: HttpRequest) -> Path:
    """Return the folder of mails.

    :raises Http404: to anyone but a browser on this very machine: codes that open accounts lie there
    """
    if settings.MAILBOX is None or not _is_local(request):
        raise Http404
    return Path(settings.MAILBOX)


def _is_local(request: HttpRequest) -> bool:
    if any(name in request.META for name in FORWARDED):
        return False
    # A page elsewhere whose name was made to point here still sends its own name.
    host = urlsplit(f"//{request.get_host()}").hostname
    return host in settings.LOOPBACK and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
