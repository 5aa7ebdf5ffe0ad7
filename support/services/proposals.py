"""What a counselor may put to a client; the client decides."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from recovery.models import CadenceProposal, Stage, StageProposal
from recovery.services import propose_cadence, propose_stage
from support.models import Access, Role, Scope
from support.policies import NotLetIn, Opened, open_record


@transaction.atomic
def propose_cadence_to(
    *, counselor: User, person_id: UUID, slug: str, every_days: int, now: datetime
) -> CadenceProposal:
    """Put to a client who shares their measures how often one could come round; they decide, and it is logged.

    :raises NotLetIn: without a consent in force that opens the measures
    :raises NoSuchCadence: for a rhythm shorter than the days it asks about, or longer than a year
    """
    opened = _open(counselor, person_id, Scope.MEASURES, now)
    name = str(opened.consent.recipient_name)
    return propose_cadence(person=opened.person, slug=slug, every_days=every_days, by_name=name, now=now)


@transaction.atomic
def propose_stage_to(*, counselor: User, person_id: UUID, stage: Stage, now: datetime) -> StageProposal:
    """Put a stage to a client who shares their place on the path, under the name that they know the counselor by.

    It leaves a row in the access log like any other look.

    :raises NotLetIn: without a consent in force that opens the place on the path, and for a stage not offered to them
    """
    opened = _open(counselor, person_id, Scope.STAGE, now)
    if not Stage.objects.open_to(opened.person).filter(pk=stage.pk).exists():
        raise NotLetIn(_("There is nothing here."))
    return propose_stage(person=opened.person, stage=stage, by_name=str(opened.consent.recipient_name), now=now)


def _open(counselor: User, person_id: UUID, scope: Scope, now: datetime) -> Opened:
    opened = open_record(
        viewer=counselor, person_id=person_id, role=Role.COUNSELOR, page=Access.Page.CLIENT, wanted={scope}, now=now
    )
    if not opened.may(scope):
        raise NotLetIn(_("There is nothing here."))
    return opened
