"""What a page read of what it was sent, so that no field and no parameter of it is left untried."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

Read = tuple[str, str]  # (“GET” for the address or “POST” for the form, name)


class Watched(QueryDict):
    """What was sent, as any view gets it; every name that is asked for is noted."""

    place: str = ""
    names: set[Read] | None = None

    def _note(self, key: Any) -> None:
        if self.names is not None and isinstance(key, str):
            self.names.add((self.place, key))

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        self._note(key)
        return super().getlist(key, default)


@contextmanager
def watching(names: set[Read]) -> Iterator[None]:
    """Note in `names` what every request reads from its address and from its form until the end."""
    address, form = WSGIRequest.__dict__["GET"], WSGIRequest.__dict__["POST"]

    def noted(sent: Any, place: str) -> Any:
        if isinstance(sent, QueryDict) and not isinstance(sent, Watched):
            sent.__class__, sent.place, sent.names = Watched, place, names
        return sent

    WSGIRequest.GET = property(
        lambda request: noted(_address(request, address), "GET"),
        fdel=lambda request: request.__dict__.pop("GET"),  # when a request turns out to be in another encoding
    )
    WSGIRequest.POST = property(lambda request: noted(form.fget(request), "POST"), form.fset)
    try:
        yield
    finally:
        WSGIRequest.GET, WSGIRequest.POST = address, form


def _address(request: WSGIRequest, kept: Any) -> Any:
    if "GET" not in request.__dict__:
        request.__dict__["GET"] = kept.func(request)
    return request.__dict__["GET"]
