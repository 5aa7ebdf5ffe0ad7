"""What every API view set here can take for granted: a signed-in person."""

from typing import Any

from rest_framework.viewsets import GenericViewSet

from accounts.models import User


class PersonViewSet(GenericViewSet[Any]):
    @property
    def person(self) -> User:
        user = self.request.user
        assert isinstance(user, User)  # IsAuthenticated is the default permission
        return user
