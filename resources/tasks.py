"""What the worker does for the directory: marks what nobody has checked for too long, and reads feeds."""

from celery import shared_task
from django.utils import timezone

from resources import services
from resources.models import Source


@shared_task(name="resources.mark_stale")
def mark_stale() -> None:
    services.mark_stale(day=timezone.now().date())


@shared_task(name="resources.fetch_due")
def fetch_due() -> None:
    services.fetch_due(now=timezone.now())


@shared_task(name="resources.fetch")
def fetch(source_id: int) -> None:
    source = Source.objects.select_related("program").filter(pk=source_id).first()
    if source is not None and source.url:
        services.fetch_source(source=source, now=timezone.now())


@shared_task(name="resources.carry_out")
def carry_out(run_id: str) -> None:
    services.carry_out_run(run_id=run_id, now=timezone.now())
