"""What a watching program asks: is the process alive, and is all there that it needs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.readiness import readiness
from reminders.services import last_tick_at


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else, so a database that is down does not restart the web server."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 503 while a part is missing; the reasons are in the log of that part, not here."""
    parts = readiness(timezone.now(), last_tick_at)
    words = {name: "ok" if well else "down" for name, well in parts.items()}
    well = all(parts.values())
    return JsonResponse({"status": "ok" if well else "down", **words}, status=200 if well else 503)
