"""The plan and the tools over the API: each person's own, by the same services as the pages."""

from typing import Any

from rest_framework.viewsets import GenericViewSet

from plans.api import parts, rides, tools, whole

# The address under /api/v1/ and the view set that answers there.
ROUTES: dict[str, type[GenericViewSet[Any]]] = {**parts.ROUTES, **whole.ROUTES, **tools.ROUTES, **rides.ROUTES}
