"""What a counselor may put to a client; the client decides."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from recovery.models import Stage, StageProposal
from recovery.services import propose_stage
from support.models import Access, Role, Scope
from support.policies import NotLetIn, open_record


@transaction.atomic
def propose_stage_to(*, counselor: User, person_id: UUID, stage: Stage, now: datetime) -> StageProposal:
    """Put a stage to a client who shares their place on the path, under the name that they know the counselor by.

    It leaves a row in the access log like any other look.

    :raises NotLetIn: without a consent in force that opens the place on the path, and for a stage not offered to them
    """
    opened = open_record(
        viewer=counselor,
        person_id=person_id,
        role=Role.COUNSELOR,
        page=Access.Page.CLIENT,
        wanted={Scope.STAGE},
        now=now,
    )
    if not opened.may(Scope.STAGE) or not Stage.objects.open_to(opened.person).filter(pk=stage.pk).exists():
        raise NotLetIn(_("There is nothing here."))
    return propose_stage(person=opened.person, stage=stage, by_name=str(opened.consent.recipient_name), now=now)
