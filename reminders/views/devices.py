"""Notifications on my devices, the message behind one, and the calendar feed."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.devices import family
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from reminders import feed, kinds, ways
from reminders.forms import DeviceForm
from reminders.models import CalendarFeed, Delivery, PushDevice


@require_http_methods(["GET", "HEAD", "POST"])
def device_list(request: PersonRequest) -> HttpResponse:
    """Show the browsers that take notifications, and keep this one when its keys are sent."""
    if not settings.VAPID_KEY:
        raise Http404
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ways.add_device(
                person=request.user, label=family(request.headers.get("User-Agent", "")), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This device takes them now. Pick “as a notification” for a reminder."))
            return redirect("reminders:device-list")
    devices = PushDevice.objects.of(request.user).order_by("created_at")
    context = {"form": form, "devices": devices, "key": ways.public_push_key()}
    return render(request, "reminders/devices.html", context, status=422 if form.errors else 200)


@require_POST
def device_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    ways.remove_device(device=get_object_or_404(PushDevice.objects.of(request.user), pk=pk))
    messages.success(request, _("Nothing comes there any more."))
    return redirect("reminders:device-list")


@require_safe
def message(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lead on from a notification, which knows no more than this id."""
    row = get_object_or_404(Delivery.objects.of(request.user).select_related("schedule"), pk=pk)
    about = kinds.get(row.schedule.kind)
    return redirect(about.leads_to if about else "reminders:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: PersonRequest) -> HttpResponse:
    """Turn the feed on, with an address that is shown this once, or off."""
    address = ""
    if request.method == "POST" and request.POST.get("deed") == "close":
        ways.close_feed(person=request.user)
        messages.success(request, _("The address leads nowhere any more."))
        return redirect("reminders:calendar")
    if request.method == "POST":
        address = ways.feed_url(ways.open_feed(person=request.user))
    is_open = bool(address) or CalendarFeed.objects.of(request.user).exists()
    return render(request, "reminders/calendar.html", {"address": address, "is_open": is_open})


@require_safe
@login_not_required
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself: the address is the permission, and there is nothing in it but times."""
    person = ways.person_of_feed(token)
    if person is None:
        raise Http404
    with override(person.language or settings.LANGUAGE_CODE):
        text = feed.calendar_of(person, timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
