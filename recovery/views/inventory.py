"""What makes it harder, and what holds: sentences to tick, and what they suggest for the plan."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from recovery.forms_inventory import InventoryForm
from recovery.inventory import AREAS, PULLS
from recovery.models import Inventory
from recovery.services import NoSuchSuggestion, forget_inventories, keep_inventory, suggested, take_over
from recovery.views.asking import ask, sent


@require_http_methods(["GET", "HEAD", "POST"])
def inventory(request: PersonRequest) -> HttpResponse:
    """Ask, keep what was ticked, and show what the newest look suggests."""
    last = Inventory.objects.of(request.user).newest_first().first()
    ticked = set(last.slugs) if last else set()
    first = {area.slug: [each.slug for each in area.statements if each.slug in ticked] for area in AREAS}
    form = InventoryForm(sent(request), initial={**first, "note": last.note if last else ""})
    return ask(
        request,
        form,
        lambda _said: keep_inventory(person=request.user, now=timezone.now(), **form.said()),
        then="recovery:inventory",
        template="recovery/inventory.html",
        last=last,
        suggested=suggested(request.user, ticked) if ticked else [],
        pulls=PULLS.items(),
    )


@require_POST
def inventory_take(request: PersonRequest, slug: str) -> HttpResponse:
    """Write one suggestion into the plan; a tap more often than once writes it once."""
    pull = request.POST.get("pull", "")
    try:
        take_over(
            person=request.user,
            suggestion=slug,
            now=timezone.now(),
            pull=int(pull) if pull in map(str, PULLS) else None,
        )
        messages.success(request, _("It's in your plan. You can change it there."))
    except NoSuchSuggestion as unknown:
        raise Http404 from unknown
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{reverse('recovery:inventory')}#ideas")


@require_POST
def inventory_forget(request: PersonRequest) -> HttpResponse:
    forget_inventories(person=request.user)
    return redirect("recovery:inventory")
