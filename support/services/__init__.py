"""The room's deeds."""

from support.services.consents import ConsentChanged, give_consent, narrow_consent, revoke_consent
from support.services.invitations import TooManyCodes, answer_code, drop_old_invitations, make_invitation
from support.services.log import open_maintenance, verify_chains

__all__ = [
    "ConsentChanged",
    "TooManyCodes",
    "answer_code",
    "drop_old_invitations",
    "give_consent",
    "make_invitation",
    "narrow_consent",
    "open_maintenance",
    "revoke_consent",
    "verify_chains",
]
