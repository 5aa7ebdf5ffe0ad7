"""Who gets in where: the plan and its parts."""

from accounts.models import OwnedModel
from plans import services
from plans.models import (
    Activity,
    Answer,
    Contact,
    Item,
    JournalEntry,
    Medication,
    PlanRevision,
    Reason,
    Ride,
    Strategy,
    ThoughtRecord,
    ToolUse,
    Trigger,
    Weighing,
)
from tests.matrix import MEMBERS, OWNER, PUBLIC, Row, row
from tests.matrix.stage import Stage

FORM = "GET HEAD POST"


def own(model: type[OwnedModel], methods: str = FORM) -> Row:
    return row(OWNER, methods, args=lambda stage: [stage.one(model).pk])


ROWS: dict[str, Row] = {
    "plan": row(MEMBERS),
    "plan-print": row(MEMBERS),
    "plan-pdf": row(MEMBERS, get={200, 302}),  # on to the page to print, where no PDF can be made
    "plans:plan-review": row(MEMBERS, FORM),
    "plans:pick": row(MEMBERS, FORM, args=lambda stage: ["signs"]),
    "plans:item-list": row(MEMBERS, args=lambda stage: ["signs"]),
    "plans:item-add": row(MEMBERS, FORM, args=lambda stage: ["safer"]),
    "plans:item-edit": own(Item),
    "plans:item-move": own(Item, "POST"),
    "plans:item-remove": own(Item),
    "plans:trigger-map": row(MEMBERS),
    "plans:trigger-list": row(MEMBERS),
    "plans:trigger-add": row(MEMBERS, FORM),
    "plans:trigger-edit": own(Trigger),
    "plans:trigger-archive": own(Trigger, "POST"),
    "plans:trigger-restore": own(Trigger, "POST"),
    "plans:trigger-remove": own(Trigger),
    "plans:revision-list": row(MEMBERS),
    "plans:revision-remove-old": row(MEMBERS, "POST"),
    "plans:revision-detail": own(PlanRevision, "GET HEAD"),
    "plans:revision-compare": row(MEMBERS, get={200, 302}),  # back to the list, where there are no two
    "plans:revision-restore": own(PlanRevision, "POST"),
    "plans:revision-remove": own(PlanRevision, "POST"),
    "plans:tool-list": row(MEMBERS),
    "plans:tool-detail": row(MEMBERS, args=lambda stage: ["body-scan"]),
    "plans:open-tool": row(PUBLIC, url=lambda stage: "/tools/grounding/"),
    "plans:tool-finish": row(MEMBERS, "POST", args=lambda stage: ["grounding"]),
    "plans:medication-list": row(MEMBERS),
    "plans:medication-add": row(MEMBERS, FORM),
    "plans:medication-edit": own(Medication),
    "plans:medication-archive": own(Medication, "POST"),
    "plans:medication-restore": own(Medication, "POST"),
    "plans:medication-remove": own(Medication),
    "plans:use-list": row(MEMBERS),
    "plans:use-remove": own(ToolUse, "POST"),
    "plans:entry-search": row(MEMBERS, "POST", deed={200}, body={"q": "yodel"}),
    "api:tools-list": row(MEMBERS),
    "api:tools-detail": row(MEMBERS, args=lambda stage: ["body-scan"]),
    "api:tool-uses-list": row(MEMBERS, "GET HEAD POST"),
    "api:tool-uses-detail": own(ToolUse, "GET HEAD DELETE"),
    "api:rides-list": row(MEMBERS, "GET HEAD POST"),
    "api:rides-detail": own(Ride, "GET HEAD"),
    "api:journal-search": row(MEMBERS, "POST"),
}
PAGES: dict[str, type[OwnedModel]] = {"entry": JournalEntry, "thought": ThoughtRecord, "weighing": Weighing}
for noun, model in PAGES.items():
    ROWS |= {
        f"plans:{noun}-list": row(MEMBERS),
        f"plans:{noun}-add": row(MEMBERS, FORM),
        f"plans:{noun}-edit": own(model),
        f"plans:{noun}-remove": own(model),
    }
LISTS: dict[str, type[OwnedModel]] = {
    "strategy": Strategy,
    "contact": Contact,
    "activity": Activity,
    "reason": Reason,
}
for noun, model in LISTS.items():
    ROWS |= {
        f"plans:{noun}-list": row(MEMBERS),
        f"plans:{noun}-add": row(MEMBERS, FORM),
        f"plans:{noun}-edit": own(model),
        f"plans:{noun}-move": own(model, "POST"),
        f"plans:{noun}-remove": own(model),
    }
API: dict[str, type[OwnedModel]] = {
    "triggers": Trigger,
    "strategies": Strategy,
    "contacts": Contact,
    "answers": Answer,
    "activities": Activity,
    "reasons": Reason,
    "plan-items": Item,
    "journal": JournalEntry,
    "thought-records": ThoughtRecord,
    "weighings": Weighing,
}
WITHOUT_ORDER = {"triggers", "answers", "journal", "thought-records", "weighings"}
for prefix, model in API.items():
    ROWS |= {
        f"api:{prefix}-list": row(MEMBERS, "GET HEAD POST"),
        f"api:{prefix}-detail": own(model, "GET HEAD PUT PATCH DELETE"),
    }
    if prefix not in WITHOUT_ORDER:
        ROWS[f"api:{prefix}-move"] = own(model, "POST")
ROWS |= {
    "api:plan-list": row(MEMBERS),
    "api:plan-review": row(MEMBERS, "POST"),
    "api:plan-revisions-list": row(MEMBERS),
    "api:plan-revisions-detail": own(PlanRevision, "GET HEAD DELETE"),
    "api:plan-revisions-compare": own(PlanRevision, "GET HEAD"),
    "api:plan-revisions-restore": own(PlanRevision, "POST"),
    "api:triggers-rate": own(Trigger, "POST"),
    "api:triggers-ratings": own(Trigger, "GET HEAD"),
    "api:triggers-archive": own(Trigger, "POST"),
    "api:triggers-restore": own(Trigger, "POST"),
}


def plant(stage: Stage) -> None:
    services.add_reason(person=stage.alice, text="x", now=stage.now)  # and with it a plan and its first revision
    contact = Contact.objects.create(person=stage.alice, name="x", number="+13125550142", number_type="e164")
    stage.keep(contact, "number")
    Item.objects.create(person=stage.alice, part="help_me", kind="do", text="x", detail="x")
