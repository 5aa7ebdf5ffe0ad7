"""The room's deeds."""

from support.services.attention import set_rule
from support.services.consents import ConsentChanged, give_consent, narrow_consent, revoke_consent
from support.services.invitations import TooManyCodes, answer_code, drop_old_invitations, make_invitation
from support.services.log import drop_old_looks, open_maintenance, verify_chains
from support.services.proposals import propose_cadence_to, propose_stage_to

__all__ = [
    "ConsentChanged",
    "TooManyCodes",
    "answer_code",
    "drop_old_invitations",
    "drop_old_looks",
    "give_consent",
    "make_invitation",
    "narrow_consent",
    "open_maintenance",
    "propose_cadence_to",
    "propose_stage_to",
    "revoke_consent",
    "set_rule",
    "verify_chains",
]
