"""The room's records."""

from support.models.access import Access, AccessChain, LogMaintenance
from support.models.attention import QuietRule
from support.models.consent import Consent, ConsentScope, Role, Scope
from support.models.invitation import Invitation

__all__ = [
    "Access",
    "AccessChain",
    "Consent",
    "ConsentScope",
    "Invitation",
    "LogMaintenance",
    "QuietRule",
    "Role",
    "Scope",
]
