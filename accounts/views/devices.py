"""Where I am signed in, and signing out from afar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.http import PersonRequest
from accounts.models import Session
from accounts.sessions import digest


@require_safe
def device_list(request: PersonRequest) -> HttpResponse:
    here = digest(request.session.session_key or "")
    devices = Session.objects.filter(person=request.user).order_by("-seen_on", "device").defer("session_data")
    context = {
        "devices": [d for d in devices if d.pk != here],
        "here": next((d for d in devices if d.pk == here), None),
    }
    return render(request, "accounts/device_list.html", context)


@require_POST
def device_end(request: PersonRequest) -> HttpResponse:
    """The device is named in the form and not in the address, since addresses stay in histories and logs."""
    device = request.POST.get("device", "")
    if not device.isalnum() or not services.end_session(person=request.user, session_hash=device):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("accounts:device-list")


@require_POST
def device_end_others(request: PersonRequest) -> HttpResponse:
    ended = services.end_sessions(person=request.user, but=digest(request.session.session_key or ""))
    said = ngettext("Signed out on %(number)s other device.", "Signed out on %(number)s other devices.", ended)
    messages.success(request, said % {"number": ended})
    return redirect("accounts:device-list")
