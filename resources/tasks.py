"""What the worker does for the directory: once a day it marks what nobody has checked for too long."""

from celery import shared_task
from django.utils import timezone

from resources import services


@shared_task(name="resources.mark_stale")
def mark_stale() -> None:
    services.mark_stale(day=timezone.now().date())
