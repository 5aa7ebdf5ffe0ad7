"""Treatment compared: every kind side by side, and one kind with a list of questions to take along."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resources.services import review_of
from resources.treatment import BY_SLUG, OPTIONS, questions_for


@require_safe
@login_not_required
def treatment_list(request: HttpRequest) -> HttpResponse:
    return render(request, "resources/treatment_list.html", {"options": OPTIONS})


@require_safe
@login_not_required
def treatment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One kind; `?print=1` is the sheet of questions alone, with room to write."""
    option = BY_SLUG.get(slug)
    if option is None:
        raise Http404
    context = {"option": option, "questions": questions_for(option), "review": review_of(option)}
    page = "resources/treatment_print.html" if request.GET.get("print") else "resources/treatment_detail.html"
    return render(request, page, context)
