"""How often a questionnaire could come round: put to the person by a counselor, answered by the person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from recovery.models import CadenceProposal
from recovery.services.measures import check_cadence, set_cadence
from recovery.services.rhythm import AlreadyAnswered


@transaction.atomic
def propose_cadence(*, person: User, slug: str, every_days: int, by_name: str, now: datetime) -> CadenceProposal:
    """Put a rhythm to the person; it takes the place of an unanswered one for the same questionnaire, and sets nothing.

    Whether somebody may propose is for the caller to know: consent is read above this room.

    :raises NoSuchCadence: for a rhythm shorter than the days it asks about, or longer than a year
    """
    check_cadence(slug, every_days)
    CadenceProposal.objects.of(person).open().filter(slug=slug).delete()
    return CadenceProposal.objects.create(
        person=person, slug=slug, every_days=every_days, by_name=by_name, proposed_at=now
    )


@transaction.atomic
def accept_cadence(*, proposal: CadenceProposal, now: datetime) -> CadenceProposal:
    """Take the rhythm that was proposed.

    :raises AlreadyAnswered: when it has had its answer
    """
    answered = _answer(proposal, now, accepted=True)
    set_cadence(person=answered.person, slug=answered.slug, every_days=answered.every_days, now=now)
    return answered


@transaction.atomic
def decline_cadence(*, proposal: CadenceProposal, now: datetime) -> CadenceProposal:
    """Leave it as it is. Nobody is told why, for nobody is asked.

    :raises AlreadyAnswered: when it has had its answer
    """
    return _answer(proposal, now, accepted=False)


def _answer(proposal: CadenceProposal, now: datetime, *, accepted: bool) -> CadenceProposal:
    kept = CadenceProposal.objects.of(proposal.person_id).select_for_update().filter(pk=proposal.pk).open().first()
    if kept is None:
        raise AlreadyAnswered(_("You have answered this already. You can choose how often yourself, any time."))
    kept.answered_at, kept.accepted = now, accepted
    kept.save(update_fields=["answered_at", "accepted"])
    return kept
