"""Who may sign in, and what a curator may touch in the admin."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from accounts.models import User
from accounts.prepared import Prepared

_account = Prepared(lambda account_id: User.objects.with_roles().filter(pk=account_id))
# The account that was read along with the session which names it, while Django asks for it.
_read_along: ContextVar[User | None] = ContextVar("read_along", default=None)


@contextmanager
def read_along(account: User | None) -> Iterator[None]:
    """Let `get_user` take this account where it is the one that is asked for."""
    token = _read_along.set(account)
    try:
        yield
    finally:
        _read_along.reset(token)


class PersonBackend(AuthenticationBackend):
    """Sign-in by e-mail and password; rights beyond that come from the superuser flag alone."""

    def get_user(self, user_id: Any) -> User | None:
        """Return whom a session names, with the roles that every page's menu asks for."""
        user = _read_along.get()
        if user is None or user.pk != user_id:
            user = next(iter(_account(account_id=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


class CuratorBackend(BaseBackend):
    """Curators work in the directory and nowhere else, whatever else the admin knows."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return (
            isinstance(user_obj, User) and user_obj.is_active and perm.startswith("resources.") and user_obj.is_curator
        )

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return isinstance(user_obj, User) and user_obj.is_active and app_label == "resources" and user_obj.is_curator
