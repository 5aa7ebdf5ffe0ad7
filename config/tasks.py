"""What the workers run for the hallway: copies of a person's data, and tidying."""

import logging
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts import services
from accounts.models import Export
from config import exporting

logger = logging.getLogger(__name__)


@shared_task(name="config.build_export")
def build_export(*, export_id: str, **_: Any) -> None:
    exporting.build_export(export_id=UUID(export_id), now=timezone.now())


@shared_task(name="config.tidy")
def tidy(**_: Any) -> None:
    """Build what a lost message left behind, and delete what nobody fetched."""
    now = timezone.now()
    services.drop_old_exports(now=now)
    for export_id in Export.objects.filter(ready_at=None).values_list("pk", flat=True):
        try:
            exporting.build_export(export_id=export_id, now=now)
        except Exception as error:
            # One that cannot be built must not hold up everybody else's. Its kind only: words may stand in the rest.
            logger.error("The copy %s could not be built: %s", export_id, type(error).__name__)


@shared_task(name="config.sweep_keys")
def sweep_keys(**_: Any) -> None:
    services.sweep_keys(now=timezone.now())
