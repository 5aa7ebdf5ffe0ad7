"""Who has looked: the person reads it, narrows it to one viewer, and takes it along."""

import csv
import io
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.clock import local_day
from accounts.http import PersonRequest
from support.insights import looks_at, names_by_recipient
from support.models import Access, Scope

# A spreadsheet runs a cell that starts with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "|", "\t", "\r")


@require_safe
def access_log(request: PersonRequest) -> HttpResponse:
    who = _uuid(request.GET.get("who", ""))
    names = names_by_recipient(request.user)
    looks = looks_at(request.user, viewer_id=who)
    page = Paginator(looks, per_page=30).get_page(request.GET.get("page"))
    context = {"page": page, "names": names, "who": who}
    return render(request, "support/access_log.html", context)


@require_safe
def access_log_file(request: PersonRequest) -> HttpResponse:
    """Hand the whole log over as a spreadsheet."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["when (UTC)", "who", "as", "page", "what", "first day", "last day", "consent"])
    for look in looks_at(request.user).iterator(chunk_size=1000):
        writer.writerow([harmless(cell) for cell in _cells(look)])
    day = local_day(request.user, timezone.now())
    return HttpResponse(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="who-looked-{day:%Y-%m-%d}.csv"'},
    )


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA_STARTS) or cell.startswith(FORMULA_STARTS) else cell


def _cells(look: Access) -> list[str]:
    kinds = ", ".join(str(Scope(kind).label) for kind in look.kinds.split())
    days = [str(day or "") for day in (look.first_day, look.last_day)]
    when = look.at.strftime("%Y-%m-%d %H:%M:%S")
    role, page = look.get_viewer_role_display(), look.get_page_display()
    return [when, str(look.viewer_name), str(role), str(page), kinds, *days, str(look.consent_id)]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
