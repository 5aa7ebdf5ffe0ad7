"""The second step at sign-in: who must have one before they see anything of others, and how it is taken off."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from accounts.services import end_sessions

View = Callable[..., HttpResponse]


def first(view: View) -> View:
    """Lead whoever looks after others without a second step to set one up; everybody else goes through."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.owes_second_step:
            return lead_to_set_up()
        return view(request, *args, **kwargs)

    return guarded


def lead_to_set_up() -> HttpResponse:
    """Send on to the page that says why, to whoever owes a second step, and offers both kinds."""
    return HttpResponseRedirect(reverse("mfa_index"))


@transaction.atomic
def take_off(*, person: User) -> int:
    """Remove every second step of an account, for somebody who lost theirs, and return how many there were.

    Their sessions end, so that nobody who holds the lost phone goes on in one.
    """
    steps = Authenticator.objects.filter(user=person)
    found = steps.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    steps.delete()
    end_sessions(person=person)
    return found
