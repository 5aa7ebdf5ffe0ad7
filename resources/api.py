"""The room's part of the API."""

from typing import Any

from rest_framework.viewsets import GenericViewSet

# The address under /api/v1/ and the view set that answers there.
ROUTES: dict[str, type[GenericViewSet[Any]]] = {}
