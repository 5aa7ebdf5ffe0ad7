"""What each request carries for its viewer: a key ring, a clock and a language."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from accounts import keys
from accounts.backends import read_along

Answer = Callable[[HttpRequest], HttpResponse]


class SessionMiddleware(sessions.SessionMiddleware):
    """Django's own, but only a page that somebody opens takes an old session cookie away.

    Whatever a page or its worker fetches beside it may still carry the cookie from before a sign-in, and be answered
    after it: taking that cookie away would then sign out whoever has just signed in.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        kept = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if kept is not None and not kept.value and request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            del answer.cookies[settings.SESSION_COOKIE_NAME]
        return answer


class AccountMiddleware(AuthenticationMiddleware):
    """Django's own, spared one statement: the account was read along with its session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: account_of(request))  # type: ignore[assignment]  # stands in for it


def account_of(request: HttpRequest) -> Any:
    """Return who is signed in; all that Django checks about a session and its account is checked by Django."""
    session: Any = request.session  # accounts.sessions, by SESSION_ENGINE
    session.get(auth.SESSION_KEY)  # reads the row, once a request
    with read_along(session.account):
        return auth.get_user(request)


class IdleMiddleware:
    """Keeps a session that is in use; one left alone ends by itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.user = request.user.itself()
            session: Any = request.session  # accounts.sessions, by SESSION_ENGINE
            # Asked each time: somebody who was signed in when a role was granted holds to its limit from then on.
            session.keep_alive(settings.STAFF_SESSION_IDLE if request.user.looks_after_others else None)
        return self.get_response(request)


class FormStatusMiddleware:
    """Answers 422 where a form of the sign-in pages or the admin comes back with mistakes, as our own pages do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        context = response.context_data or {}
        forms = (context.get("form"), context.get("webauthn_form"))
        mistakes = any(getattr(form, "errors", None) for form in forms) or context.get("errors")  # the admin's
        if response.status_code == HTTPStatus.OK and mistakes:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class KeyRingMiddleware:
    """Opens the viewer's own key for this request, the first time that something private of theirs is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = request.user.pk if request.user.is_authenticated else None
        with keys.ring_of(own):
            return self.get_response(request)


class PersonMiddleware:
    """Shows times in the viewer's zone and words in their language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        if user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(ZoneInfo(user.time_zone or "UTC")):
            return self.get_response(request)
