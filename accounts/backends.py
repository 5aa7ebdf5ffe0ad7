"""Who may sign in, and what a curator may touch in the admin."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from accounts.models import User
from accounts.prepared import Prepared

_account = Prepared(lambda account_id: User.objects.with_roles().filter(pk=account_id))


class PersonBackend(AuthenticationBackend):
    """Sign-in by e-mail and password; rights beyond that come from the superuser flag alone."""

    def get_user(self, user_id: Any) -> User | None:
        """Return whom a session names, with the roles that every page's menu asks for."""
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
