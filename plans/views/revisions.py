"""The pages for earlier versions of the plan."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.models import PlanRevision, Trigger
from plans.phones import for_reading
from plans.views.asking import own


@require_safe
def revision_list(request: PersonRequest) -> HttpResponse:
    revisions = PlanRevision.objects.of(request.user).newest_first().defer("content")
    page = Paginator(revisions, 30).get_page(request.GET.get("page"))
    return render(request, "plans/revision_list.html", {"page": page})


@require_safe
def revision_detail(request: PersonRequest, pk: Any) -> HttpResponse:
    revision = own(request, PlanRevision, pk)
    parts = revision.parts
    contacts = [{**contact, "number": for_reading(contact["number"])} for contact in parts.get("contacts", [])]
    context = {
        "revision": revision,
        "parts": {**parts, "contacts": contacts},
        "kinds": dict(Trigger.Category.choices),
    }
    return render(request, "plans/revision_detail.html", context)


@require_POST
def revision_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    services.remove_revision(person=request.user, revision=own(request, PlanRevision, pk))
    messages.success(request, gettext("Removed."))
    return redirect("plans:revision-list")


@require_POST
def revision_remove_old(request: PersonRequest) -> HttpResponse:
    services.remove_old_revisions(person=request.user)
    messages.success(request, gettext("Only the latest version is kept now."))
    return redirect("plans:revision-list")
