"""What every answer has in common, whatever page gave it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponse]


class PlainRequestMiddleware:
    """Turns away addresses with a NUL byte, which no page means and PostgreSQL cannot store."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in query or "%00" in query:
            return render(request, "400.html", status=400)
        return self.get_response(request)


class AnswerMiddleware:
    """Keeps shared caches away from private pages, and tells them that htmx gets another answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response
