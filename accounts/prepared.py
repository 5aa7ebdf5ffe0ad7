"""Queries asked on nearly every request, whose SQL is written once.

Django takes longer to write a statement than the database to answer it. A prepared query is built by the same querysets
as any other, starts at `.of(person)` like any other, and gives the same rows. Only the values may differ between calls,
never the shape: no value may be None, and none may decide what is asked.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")


class _Made(NamedTuple):
    compiler: Any
    sql: str
    # The statement's values in order: what always stands there, and the name of what stands there instead.
    places: list[tuple[Any, str]]
    # Makes rows of what a compiler brings, as the queryset would.
    read: Callable[[Any], Iterable[Any]]


class Prepared(Generic[Row]):
    """Asks what `build` asks: `kept_days = Prepared(lambda person, day: CheckIn.objects.of(person).filter(day=day))`.

    Call it with the values by name; ids, days, moments, numbers and words may be values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._made: dict[str, _Made] = {}

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows, as a list over the queryset would; one statement."""
        alias = self._alias(values)
        made = self._made.get(alias) or self._make(alias, values)
        connection = connections[alias]
        params = tuple(_adapt(values[name], connection) if name else fixed for fixed, name in made.places)
        # A copy each time, because several threads may ask at once.
        compiler = copy.copy(made.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (made.sql, params)
        return list(made.read(compiler))

    def _alias(self, values: dict[str, Any]) -> str:
        return next(iter(self._made), "") or self._build(**values).db

    def _make(self, alias: str, values: dict[str, Any]) -> _Made:
        markers = {name: _marker(number, value) for number, (name, value) in enumerate(values.items())}
        connection = connections[alias]
        queryset = self._build(**markers)
        compiler: Any = queryset.query.get_compiler(alias)
        sql, params = compiler.as_sql()
        names = {_adapt(marker, connection): name for name, marker in markers.items()}
        places = [(param, names.get(param, "")) for param in params]
        unplaced = set(markers) - {name for _fixed, name in places}
        if unplaced:
            raise ValueError(f"{unplaced} do not stand in the statement as they are; ask it without preparing.")
        converters = compiler.get_converters([column for column, *_rest in compiler.select])
        compiler.get_converters = lambda _columns: converters
        self._made[alias] = made = _Made(compiler, sql, places, _reader(queryset))
        return made


def _reader(queryset: Any) -> Callable[[Any], Iterable[Any]]:
    """Return what turns a compiler's results into rows, by the queryset's own way of doing so.

    Django’s row makers take a queryset and ask it for a compiler. One with this call’s values stands in here, since
    copying the queryset and its query each time takes longer than the rows do.
    """
    make_rows, query = queryset._iterable_class, queryset.query
    known, fields = queryset._known_related_objects, queryset._fields
    selects = {name: getattr(query, name) for name in ("extra_select", "values_select", "annotation_select")}

    def read(compiler: Any) -> Iterable[Any]:
        asked = SimpleNamespace(**selects, get_compiler=lambda *args, **kwargs: compiler)
        stand_in = SimpleNamespace(db=compiler.using, query=asked, _known_related_objects=known, _fields=fields)
        rows: Iterable[Any] = make_rows(stand_in)
        return rows

    return read


def _marker(number: int, value: Any) -> Any:
    """Return a value of the same kind that no statement holds by itself."""
    match value:
        case UUID():
            return UUID(int=(1 << 127) + number)
        case datetime():
            return datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
        case date():
            return date(1, 1, 1) + timedelta(days=number)
        case int():
            return -1_000_000_007 - number
        case str():
            return f"marker {number} of a prepared query"
    raise TypeError(f"{type(value).__name__} cannot be a value of a prepared query.")


def _adapt(value: Any, connection: Any) -> Any:
    """Return what the database's driver is given for a value, as the fields do it."""
    match value:
        case UUID():
            return value if connection.features.has_native_uuid_field else value.hex
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
    return value
