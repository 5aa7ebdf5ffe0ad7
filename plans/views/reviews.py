"""The page for looking the plan over, about once a month."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.clock import local_day
from accounts.http import PersonRequest
from plans import services
from plans.forms_plan import ReviewForm
from plans.models import Plan, Trigger
from plans.services.reviews import is_reminded
from plans.views.asking import ask, sent

# One page of pulls; with more the strongest are asked for.
MOST_ASKED = 40


@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: PersonRequest) -> HttpResponse:
    person, now = request.user, timezone.now()
    triggers = list(Trigger.objects.of(person).in_use().strongest_first()[:MOST_ASKED])
    plan = Plan.objects.of(person).first()
    initial = {
        "review_on": local_day(person, now) + services.REVIEW_EVERY,
        "confidence": plan.confidence if plan else None,
        "reminds": is_reminded(person),
    }
    form = ReviewForm(sent(request), triggers=triggers, initial=initial)
    return ask(
        request,
        form,
        lambda said: services.review_plan(
            person=person,
            ratings=form.ratings,
            confidence=said["confidence"],
            review_on=said["review_on"],
            reminds=said["reminds"],
            now=now,
        ),
        then="plan",
        page="plan_review.html",
        refusal_on="review_on",
        plan=plan,
        has_triggers=bool(triggers),
    )
