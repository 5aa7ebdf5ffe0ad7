"""Stories to read: for everybody with an account, and nobody learns who told one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from resources import stretches, telling
from resources.forms_stories import FindStoriesForm, StoryReportForm
from resources.models import HelpfulMark, Story
from resources.models.story import Pathway

PER_PAGE = 20


@require_safe
def story_list(request: PersonRequest) -> HttpResponse:
    """Show the stories, newest first, narrowed to a stage and a pathway if wanted."""
    form = FindStoriesForm(request.GET)
    wish = form.wish()
    found = Story.objects.published().tagged(**wish).with_helpful().newest_first()
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "wish": wish,
        "stages": form.titles,
        "pathways": Pathway.choices,
        "has_own": Story.objects.of(request.user).exists(),
    }
    return render(request, "resources/story_list.html", context)


@require_safe
def story_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    story = get_object_or_404(Story.objects.published().with_helpful(), pk=pk)
    context = {
        "story": story,
        "stage": stretches.titles().get(story.stage, ""),
        "is_own": story.person_id == request.user.pk,
        "marked": HelpfulMark.objects.of(request.user).filter(story=story).exists(),
    }
    return render(request, "resources/story_detail.html", context)


@require_POST
def story_helpful(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep that it helped, or take that back."""
    story = _published(pk)
    try:
        telling.mark_helpful(story=story, person=request.user, helpful=request.POST.get("helpful") != "no")
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(story)


@require_http_methods(["GET", "HEAD", "POST"])
def story_report(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask the curators to look again. Who asks is not written down."""
    story = _published(pk)
    form = StoryReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = {"what": form.cleaned_data["what"], "text": form.cleaned_data["text"]}
        try:
            telling.report_story(story=story, now=timezone.now(), **said)
            messages.success(request, gettext("Thank you. Somebody will look at it."))
            return redirect(story)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound else 200
    return render(request, "resources/story_report.html", {"story": story, "form": form}, status=status)


def _published(pk: UUID) -> Story:
    return get_object_or_404(Story.objects.published(), pk=pk)
