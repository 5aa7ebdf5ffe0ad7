"""Switching off what draws attention."""

from accounts.models import User
from support.models import QuietRule


def set_rule(*, person: User, rule: str, off: bool) -> None:
    """Switch a rule off, or on again, for everybody whom this person lets in; it holds from the next look."""
    if off:
        QuietRule.objects.get_or_create(person=person, rule=rule)
    else:
        QuietRule.objects.of(person).filter(rule=rule).delete()
