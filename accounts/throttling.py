"""How often one person may ask the API, as long as there is something to count with."""

from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which reads the settings that name this class


class PersonThrottle(UserRateThrottle):
    """Lets requests through while the cache is away: it is there against haste, and nobody's record hangs on it.

    Where a password is tried it is the other way round: without a count there is no try (accounts/tries.py).
    """

    def allow_request(self, request: Request, view: "APIView") -> bool:
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            return True
