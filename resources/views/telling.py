"""One's own stories: offered, changed, and taken back at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from resources import telling
from resources.forms_stories import StoryForm, first_story
from resources.models import Story
from resources.story_rules import CONSENT, RULES


@require_safe
def own_story_list(request: PersonRequest) -> HttpResponse:
    stories = Story.objects.of(request.user).with_helpful().order_by("-created_at", "pk")
    return render(request, "resources/own_story_list.html", {"stories": stories})


@require_http_methods(["GET", "HEAD", "POST"])
def story_offer(request: PersonRequest) -> HttpResponse:
    """Take a story, with the rules and the consent beside it."""
    form = StoryForm(request.POST if request.method == "POST" else None, initial={"submission": uuid4()})
    return _ask(
        request,
        form,
        lambda said: telling.offer_story(
            person=request.user, submission=form.cleaned_data["submission"], now=timezone.now(), **said
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def own_story_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    story = get_object_or_404(Story.objects.of(request.user).not_withdrawn(), pk=pk)
    form = StoryForm(request.POST if request.method == "POST" else None, initial=first_story(story))
    return _ask(request, form, lambda said: telling.change_story(story=story, now=timezone.now(), **said), story=story)


@require_http_methods(["GET", "HEAD", "POST"])
def own_story_withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask once, with the words to copy, and then take it down and delete them."""
    story = get_object_or_404(Story.objects.of(request.user), pk=pk)
    if request.method == "POST":
        telling.withdraw_story(story=story, now=timezone.now())
        messages.success(request, gettext("Taken back. Its words are deleted."))
        return redirect("resources:own-story-list")
    return render(request, "resources/own_story_withdraw.html", {"story": story})


def _ask(
    request: PersonRequest, form: StoryForm, deed: Callable[[dict[str, Any]], object], **context: Any
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            deed(form.said())
            messages.success(request, gettext("Thank you. Somebody reads it before it is published."))
            return redirect("resources:own-story-list")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context |= {"form": form, "rules": RULES, "consent": CONSENT}
    return render(request, "resources/story_form.html", context, status=422 if form.is_bound else 200)
