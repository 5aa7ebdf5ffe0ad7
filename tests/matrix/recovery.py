"""Who gets in where: check-ins, journeys, stages and what is read from them."""

from datetime import date
from typing import Any

from recovery.models import CheckIn, Journey, Lapse, StageTask
from recovery.models import Stage as RecoveryStage
from tests.matrix import ADMIN_SUPERUSERS, MEMBERS, OWNER, PUBLIC, Row, row, stock


def plant(stage: Any) -> None:
    """Noted by itself: what a check-in says is changed there."""
    Lapse.objects.create(person=stage.alice, day=stage.now.date(), source=Lapse.Source.NOTED)


def day(stage: Any) -> list[date]:
    return [stage.one(CheckIn).day]


def journey(stage: Any) -> list[Any]:
    return [stage.one(Journey).pk]


def lapse(stage: Any) -> list[Any]:
    return [stage.one(Lapse).pk]


def slug(model: type[RecoveryStage] | type[StageTask]) -> Any:
    return lambda stage: [stage.one(model).slug]


ROWS: dict[str, Row] = {
    "admin:recovery_stage_*": stock(ADMIN_SUPERUSERS),
    "today": row(MEMBERS),
    "recovery:checkin": row(MEMBERS, "GET HEAD POST", body={"mood": "3", "note": "typed"}),
    "recovery:checkin-list": row(MEMBERS),
    "recovery:checkin-day": row(OWNER, args=day),
    "recovery:checkin-saved": row(OWNER, args=day),
    "recovery:checkin-edit": row(OWNER, "GET HEAD POST", args=day),
    "recovery:checkin-remove-ask": row(OWNER, args=day),
    "recovery:checkin-remove": row(OWNER, "POST", args=day),
    "recovery:right-now": row(PUBLIC),
    "recovery:right-now-after": row(OWNER, args=day),
    "recovery:use-note": row(MEMBERS, "POST"),
    "recovery:use-list": row(MEMBERS),
    "recovery:use-edit": row(OWNER, "GET HEAD POST", args=lapse),
    "recovery:use-remove": row(OWNER, "POST", args=lapse),
    "recovery:insights": row(MEMBERS),
    "recovery:path": row(MEMBERS),
    "recovery:stage-move": row(MEMBERS, "POST", args=slug(RecoveryStage)),
    "recovery:task-done": row(MEMBERS, "POST", args=slug(StageTask)),
    "recovery:task-undo": row(MEMBERS, "POST", args=slug(StageTask)),
    "recovery:task-not-today": row(MEMBERS, "POST", args=slug(StageTask)),
    "recovery:journey-list": row(MEMBERS),
    "recovery:journey-add": row(MEMBERS, "GET HEAD POST"),
    "recovery:journey-edit": row(OWNER, "GET HEAD POST", args=journey),
    "recovery:journey-remove": row(OWNER, "GET HEAD POST", args=journey),
    "api:check-ins-list": row(MEMBERS, "GET HEAD POST"),
    "api:check-ins-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=day),
    "api:journeys-list": row(MEMBERS, "GET HEAD POST"),
    "api:journeys-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=journey),
    "api:lapses-list": row(MEMBERS, "GET HEAD POST"),
    "api:lapses-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=lapse),
    "api:stages-list": row(MEMBERS),
    "api:stages-detail": row(MEMBERS, args=slug(RecoveryStage)),
    "api:stages-current": row(MEMBERS, get={200, 404}),
    "api:stages-move": row(MEMBERS, "POST", args=slug(RecoveryStage)),
}
