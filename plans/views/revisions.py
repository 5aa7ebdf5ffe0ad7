"""The pages for earlier versions of the plan."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans import services
from plans.models import PlanRevision
from plans.models.plan import PlanRevisionQuerySet
from plans.views.asking import own
from plans.views.telling import told_changes, told_parts


@require_safe
def revision_list(request: PersonRequest) -> HttpResponse:
    revisions = PlanRevision.objects.of(request.user).newest_first().defer("content")
    page = Paginator(revisions, 30).get_page(request.GET.get("page"))
    latest = revisions.values_list("number", flat=True).first()
    return render(request, "plans/revision_list.html", {"page": page, "latest": latest})


@require_safe
def revision_detail(request: PersonRequest, pk: Any) -> HttpResponse:
    revision = own(request, PlanRevision, pk)
    return render(request, "plans/revision_detail.html", {"revision": revision, "parts": told_parts(revision)})


@require_safe
def revision_compare(request: PersonRequest) -> HttpResponse:
    """Two versions side by side, by their numbers in `?older=` and `?newer=`; the latest where none is named."""
    kept = PlanRevision.objects.of(request.user).newest_first()
    newer = _numbered(kept, request.GET.get("newer")) or kept.first()
    older = _numbered(kept, request.GET.get("older")) or (
        kept.filter(number__lt=newer.number).first() if newer else None
    )
    if newer is None or older is None:
        messages.info(request, gettext("There are no two versions to compare yet."))
        return redirect("plans:revision-list")
    if older.number > newer.number:
        older, newer = newer, older
    context = {"older": older, "newer": newer, "parts": told_changes(older, newer)}
    return render(request, "plans/revision_compare.html", context)


def _numbered(kept: PlanRevisionQuerySet, number: str | None) -> PlanRevision | None:
    is_number = number is not None and number.isascii() and number.isdigit() and len(number) < 9
    return get_object_or_404(kept, number=int(number)) if is_number and number else None


@require_POST
def revision_restore(request: PersonRequest, pk: Any) -> HttpResponse:
    revision = own(request, PlanRevision, pk)
    try:
        services.restore_revision(person=request.user, revision=revision, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(revision.get_absolute_url())
    messages.success(
        request, gettext("Your plan is as it was in that version. How it was before is kept as a version too.")
    )
    return redirect("plan")


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
