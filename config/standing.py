"""Keeps Help standing when what is behind it is broken: a database, a session, a key."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.http import COUNTRY_COOKIE
from config.looks import look_of
from config.views.help_now import lines, timer

Answer = Callable[[HttpRequest], HttpResponse]


class HelpStandsMiddleware:
    """Shows the lines, the timer and the steps to whoever asked for Help and would have got an error page.

    It stands outside of sessions and accounts, and its page is drawn without a request, so nothing of theirs is asked.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Help's own address and no other: a page that hides its error would hide it from whoever keeps the site too.
        if response.status_code < 500 or request.path != "/help/":
            return response
        context = lines(request.COOKIES.get(COUNTRY_COOKIE, "")) | timer(request.GET)
        own = {"own_is_missing": True, "app_name": "Help", "look": look_of(request)}  # the look is read from a cookie
        page = render_to_string("config/help_now.html", context | own)
        return HttpResponse(page, headers={"Cache-Control": "no-store"})
