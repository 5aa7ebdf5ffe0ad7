"""Numbers for whoever watches over the site, in the format of Prometheus; about the engine, never about anybody."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from reminders.clock import database_now
from reminders.watching import Standing, standing

LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer whoever has METRICS_TOKEN or asks from this machine itself; for anybody else there is nothing here."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Numbers(standing(database_now())))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(said.encode(), settings.METRICS_TOKEN.encode())
    # A proxy on this machine asks from here too, on behalf of anybody: it says so.
    is_forwarded = any(request.META.get(name) for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not is_forwarded


class _Numbers(Collector):
    def __init__(self, found: Standing) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        found = self._found
        yield from _single("tick_age_seconds", "Since the engine last looked", found.tick_age)
        yield from _single("oldest_waiting_seconds", "Since the longest waiting one was to be tried", found.oldest)
        yield from _single("unplanned", "Schedules whose moment has come and is not planned", found.unplanned)
        yield _many("due", "Due now", ["channel"], {(key,): value for key, value in found.waiting.items()})
        yield _many("held", "In a worker's hands", ["channel"], {(key,): value for key, value in found.held.items()})
        yield _many("hour", "Meant for the last hour, by how it ended", ["channel", "state", "reason"], found.ended)
        yield _many("refusals_hour", "Tries refused, meant for the last hour", ["channel", "cause"], found.tries)
        yield _many("paused_seconds", "Left alone for so long", ["channel"], {(k,): v for k, v in found.paused.items()})
        late = {(name[1:],): value for name, value in found.late.items() if value is not None}
        yield _many("late_seconds", "How late those of the last hour were", ["percentile"], late)


def _single(name: str, words: str, value: float | None) -> Iterator[Metric]:
    if value is not None:
        yield GaugeMetricFamily(f"waylight_reminders_{name}", words, value=value)


def _many(name: str, words: str, labels: list[str], values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(f"waylight_reminders_{name}", words, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(list(key), value)
    return family
