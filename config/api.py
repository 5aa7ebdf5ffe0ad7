"""The one API router, and how a refusal reads over the wire."""

from typing import Any

from rest_framework.response import Response
from rest_framework.routers import DefaultRouter
from rest_framework.views import exception_handler

import plans.api
import recovery.api
import reminders.api
import resources.api
import support.api
from accounts.exceptions import Refusal

router = DefaultRouter(use_regex_path=False)
router.include_root_view = False
router.include_format_suffixes = False  # JSON is the only format
for room in (recovery.api, plans.api, support.api, resources.api, reminders.api):
    for prefix, view_set in room.ROUTES.items():
        router.register(prefix, view_set, basename=prefix)


def explain(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal with 409 and its own words; everything else as DRF does."""
    if isinstance(exc, Refusal):
        return Response({"detail": str(exc)}, status=409)
    return exception_handler(exc, context)
