"""Who gets in where: the plan and its parts."""

from plans.models import Contact
from tests.matrix import Row
from tests.matrix.stage import Stage

ROWS: dict[str, Row] = {}


def plant(stage: Stage) -> None:
    contact = Contact.objects.create(person=stage.alice, name="x", number="+13125550142", number_type="e164")
    stage.keep(contact, "number")
