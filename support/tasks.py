"""What the workers run for this room: the log checked each night, old looks and old codes dropped."""

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from support import services

logger = logging.getLogger(__name__)


@shared_task(name="support.verify_access_log")
def verify_access_log(**_: Any) -> None:
    """Raise the alarm in the log, by id, for each person whose access log does not fit its chain."""
    for person_id in services.verify_chains():
        logger.critical("The access log about %s was tampered with.", person_id)


@shared_task(name="support.drop_old_invitations")
def drop_old_invitations(**_: Any) -> None:
    services.drop_old_invitations(now=timezone.now())


@shared_task(name="support.drop_old_looks")
def drop_old_looks(**_: Any) -> None:
    services.drop_old_looks(now=timezone.now())
