"""The hallway: settings, addresses, and the pages that need several rooms."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
