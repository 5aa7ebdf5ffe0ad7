"""How the directory says no."""

from django.utils.translation import gettext_lazy as _

from accounts.exceptions import Refusal


class FloorLine(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s has to stay where people can find it. It can’t be hidden or deleted.") % {"name": name}
        )


class NotReady(Refusal):
    pass


class HasHistory(Refusal):
    pass


class AppendOnly(Refusal):
    pass


class TooMany(Refusal):
    pass
