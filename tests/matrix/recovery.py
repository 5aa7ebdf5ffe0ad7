"""Who gets in where: check-ins, journeys, stages and what is read from them."""

import uuid
from datetime import date
from typing import Any

from accounts.clock import local_day
from plans.models import Medication, MedicationDay
from recovery import services
from recovery.models import (
    Appointment,
    CadenceProposal,
    CallTask,
    CareEpisode,
    CheckIn,
    DayThing,
    Goal,
    GoalStep,
    Instrument,
    Inventory,
    Journey,
    Lapse,
    LookBack,
    Measure,
    MeasureDraft,
    Readiness,
    Reflection,
    RoutineItem,
    SafetyEvent,
    StageProposal,
    StageTask,
    WeekThing,
)
from recovery.models import Stage as RecoveryStage
from tests.matrix import ADMIN_SUPERUSERS, MEMBERS, OWNER, PUBLIC, Row, row, stock
from tests.recovery.questionnaires import loaded


def day(stage: Any) -> list[date]:
    return [stage.one(CheckIn).day]


def journey(stage: Any) -> list[Any]:
    return [stage.one(Journey).pk]


def lapse(stage: Any) -> list[Any]:
    return [stage.one(Lapse).pk]


def slug(model: type[RecoveryStage] | type[StageTask]) -> Any:
    return lambda stage: [stage.one(model).slug]


def pk(model: type[Any]) -> Any:
    return lambda stage: [stage.one(model).pk]


def screen(stage: Any) -> list[Any]:
    return [stage.one(SafetyEvent).screen]


def plant(stage: Any) -> None:
    """Noted by itself: what a check-in says is changed there. What the database lets nobody change holds its canary."""
    now, alice = stage.now, stage.alice
    Lapse.objects.create(person=alice, day=local_day(alice, now), source=Lapse.Source.NOTED)
    instrument = loaded("bam-r")
    draft = services.begin_measure(
        person=alice, instrument=loaded("gad-7"), reviewed=False, now=now, already={"1": 3, "2": 1, "3": 2}
    )
    answers = {"1": 4, "2": 27, "3": 13, "4": 29, "5": 28, "6": 0}
    kept = services.take_measure(
        person=alice, instrument=instrument, answers=answers, submission=uuid.uuid4(), reviewed=False, now=now
    )
    shown = SafetyEvent.objects.create(
        person=alice, screen=uuid.uuid4(), kind="shown", source="button", answer="canary-safety-answer-yodel", at=now
    )
    for record, name in ((draft, "answers"), (kept, "answers"), (shown, "answer")):
        stage.keep(record, name)


ROWS: dict[str, Row] = {
    **{f"admin:recovery_safetytext_{page}": stock(ADMIN_SUPERUSERS, get={403}) for page in ("add", "delete")},
    "admin:recovery_safetytext_*": stock(ADMIN_SUPERUSERS),
    "admin:recovery_stage_*": stock(ADMIN_SUPERUSERS),
    "admin:recovery_stageset_*": stock(ADMIN_SUPERUSERS),
    "today": row(MEMBERS),
    "recovery:checkin": row(MEMBERS, "GET HEAD POST", body={"mood": "3", "note": "typed"}),
    "recovery:good-things": row(MEMBERS, "GET HEAD POST"),
    "recovery:checkin-list": row(MEMBERS),
    "recovery:checkin-day": row(OWNER, args=day),
    "recovery:checkin-saved": row(OWNER, args=day),
    "recovery:checkin-edit": row(OWNER, "GET HEAD POST", args=day),
    "recovery:checkin-remove-ask": row(OWNER, args=day),
    "recovery:checkin-remove": row(OWNER, "POST", args=day),
    "recovery:before-you-stop": row(PUBLIC, "GET HEAD POST"),
    "recovery:right-now": row(PUBLIC),
    "recovery:right-now-after": row(OWNER, "GET HEAD POST", args=day),
    "recovery:after-next": row(OWNER, args=day),
    "recovery:look-back-begin": row(OWNER, "POST", args=day),
    "recovery:look-back-put-away": row(OWNER, "POST", args=day),
    "recovery:look-back": row(OWNER, "GET HEAD POST", args=pk(LookBack)),
    "recovery:look-back-step": row(OWNER, "GET HEAD POST", args=lambda stage: [stage.one(LookBack).pk, 1]),
    "recovery:look-back-remove": row(OWNER, "POST", args=pk(LookBack)),
    "api:look-backs-list": row(MEMBERS, "GET HEAD POST"),
    "api:look-backs-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(LookBack)),
    "api:look-backs-into-plan": row(OWNER, "POST", args=pk(LookBack)),
    "recovery:use-note": row(MEMBERS, "POST"),
    "recovery:use-list": row(MEMBERS),
    "recovery:use-edit": row(OWNER, "GET HEAD POST", args=lapse),
    "recovery:use-remove": row(OWNER, "POST", args=lapse),
    "recovery:insights": row(MEMBERS),
    "recovery:sign-list": row(MEMBERS),
    "recovery:sign-switch": row(MEMBERS, "POST", args=lambda stage: ["mood-low"]),
    "recovery:sign-dismiss": row(MEMBERS, "POST", args=lambda stage: ["mood-low"]),
    "recovery:light-list": row(MEMBERS),
    "recovery:since": row(MEMBERS),
    "recovery:reflection-list": row(MEMBERS),
    "recovery:reflection-not-now": row(MEMBERS, "POST"),
    "recovery:reflection-edit": row(MEMBERS, "GET HEAD POST", args=lambda stage: [date(2025, 6, 12)]),
    "recovery:reflection-remove": row(OWNER, "POST", args=lambda stage: [stage.one(Reflection).ends_on]),
    "recovery:path": row(MEMBERS),
    "recovery:stage-detail": row(MEMBERS, args=slug(RecoveryStage)),
    "recovery:stage-move": row(MEMBERS, "POST", args=slug(RecoveryStage)),
    "recovery:task-done": row(MEMBERS, "POST", args=slug(StageTask)),
    "recovery:task-undo": row(MEMBERS, "POST", args=slug(StageTask)),
    "recovery:task-not-today": row(MEMBERS, "POST", args=slug(StageTask)),
    "recovery:self-check": row(MEMBERS, "GET HEAD POST", args=slug(RecoveryStage)),
    "recovery:self-check-forget": row(MEMBERS, "POST", args=slug(RecoveryStage)),
    "recovery:help-kind": row(MEMBERS, "GET HEAD POST", body={"want": "listen"}),
    "recovery:call-add": row(MEMBERS, "GET HEAD POST", body={"what": "The clinic", "by_on": "2030-01-01"}),
    "recovery:call-edit": row(OWNER, "GET HEAD POST", args=pk(CallTask)),
    "recovery:call-done": row(OWNER, "POST", args=pk(CallTask)),
    "recovery:call-undo": row(OWNER, "POST", args=pk(CallTask)),
    "recovery:call-remove": row(OWNER, "GET HEAD POST", args=pk(CallTask)),
    "api:self-checks-list": row(MEMBERS, "GET HEAD POST"),
    "api:calls-list": row(MEMBERS, "GET HEAD POST"),
    "api:calls-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(CallTask)),
    "api:calls-done": row(OWNER, "POST", args=pk(CallTask)),
    "api:calls-reopen": row(OWNER, "POST", args=pk(CallTask)),
    "recovery:proposal": row(OWNER, args=pk(StageProposal)),
    "recovery:proposal-accept": row(OWNER, "POST", args=pk(StageProposal)),
    "recovery:proposal-decline": row(OWNER, "POST", args=pk(StageProposal)),
    "recovery:day-plan": row(MEMBERS, "GET HEAD POST"),
    "recovery:movement-set": row(MEMBERS, "POST", body={"tens": "2"}),
    "recovery:thing-edit": row(OWNER, "GET HEAD POST", args=pk(DayThing)),
    "recovery:thing-remove": row(OWNER, "POST", args=pk(DayThing)),
    "recovery:thing-done": row(OWNER, "POST", args=pk(DayThing)),
    "recovery:thing-undo": row(OWNER, "POST", args=pk(DayThing)),
    "recovery:thing-bring": row(OWNER, "POST", args=pk(DayThing)),
    "recovery:routine": row(MEMBERS),
    "recovery:routine-start": row(MEMBERS, "GET HEAD POST", body={"lines": ["0", "3"]}),
    "recovery:routine-add": row(MEMBERS, "GET HEAD POST", body={"slot": "morning", "days": ["0"]}),
    "recovery:routine-edit": row(OWNER, "GET HEAD POST", args=pk(RoutineItem)),
    "recovery:routine-remove": row(OWNER, "GET HEAD POST", args=pk(RoutineItem)),
    "recovery:routine-done": row(OWNER, "POST", args=pk(RoutineItem)),
    "recovery:routine-undo": row(OWNER, "POST", args=pk(RoutineItem)),
    "recovery:appointment-list": row(MEMBERS),
    "recovery:appointment-add": row(
        MEMBERS, "GET HEAD POST", body={"kind": "other", "day": "2030-01-01", "at": "9:30"}
    ),
    "recovery:appointment-edit": row(OWNER, "GET HEAD POST", args=pk(Appointment)),
    "recovery:appointment-remove": row(OWNER, "GET HEAD POST", args=pk(Appointment)),
    "recovery:appointment-answer": row(OWNER, "POST", args=pk(Appointment), body={"answer": "some"}),
    "api:routine-list": row(MEMBERS, "GET HEAD POST"),
    "api:routine-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(RoutineItem)),
    "api:routine-tick": row(OWNER, "PUT", args=pk(RoutineItem), body={"done": True}),
    "api:routine-week": row(MEMBERS),
    "api:day-plan-list": row(MEMBERS),
    "api:day-plan-detail": row(MEMBERS, args=lambda stage: [local_day(stage.alice, stage.now)]),
    "api:day-plan-movement": row(
        MEMBERS, "PUT", args=lambda stage: [local_day(stage.alice, stage.now)], body={"minutes": 20}
    ),
    "api:day-things-list": row(MEMBERS, "GET HEAD POST"),
    "api:day-things-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(DayThing)),
    "api:day-things-tick": row(OWNER, "PUT", args=pk(DayThing), body={"done": True}),
    "api:day-things-bring": row(OWNER, "POST", args=pk(DayThing)),
    "api:appointments-list": row(MEMBERS, "GET HEAD POST"),
    "api:appointments-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(Appointment)),
    "api:appointments-answer": row(OWNER, "PUT", args=pk(Appointment), body={"went": True, "helped": "some"}),
    "recovery:week": row(MEMBERS),
    "recovery:week-edit": row(MEMBERS, "GET HEAD POST", body={"things": "Swim"}),
    "recovery:week-done": row(OWNER, "POST", args=pk(WeekThing)),
    "recovery:week-undo": row(OWNER, "POST", args=pk(WeekThing)),
    "api:week-list": row(MEMBERS, "GET HEAD POST"),
    "api:week-tick": row(OWNER, "PUT", args=pk(WeekThing), body={"done": True}),
    "api:stage-proposals-list": row(MEMBERS),
    "api:stage-proposals-detail": row(OWNER, args=pk(StageProposal)),
    "api:stage-proposals-accept": row(OWNER, "POST", args=pk(StageProposal)),
    "api:stage-proposals-decline": row(OWNER, "POST", args=pk(StageProposal)),
    "recovery:readiness": row(MEMBERS, "GET HEAD POST", body={"importance": "7", "confidence": "3"}),
    "recovery:readiness-remove": row(OWNER, "POST", args=pk(Readiness)),
    "recovery:prepared": row(MEMBERS, "POST", args=lambda stage: ["naloxone"], body={"done": "1"}),
    "api:readiness-list": row(MEMBERS, "GET HEAD POST"),
    "api:readiness-detail": row(OWNER, "DELETE", args=pk(Readiness)),
    "api:preparation-list": row(MEMBERS, "GET HEAD POST", body={"item": "naloxone", "done": True}),
    "recovery:goal-list": row(MEMBERS),
    "recovery:goal-add": row(MEMBERS, "GET HEAD POST", body={"text": "Swim once"}),
    "recovery:goal-edit": row(OWNER, "GET HEAD POST", args=pk(Goal), body={"text": "Swim twice"}),
    "recovery:goal-remove": row(OWNER, "GET HEAD POST", args=pk(Goal)),
    "recovery:goal-done": row(OWNER, "POST", args=pk(Goal)),
    "recovery:goal-put-away": row(OWNER, "POST", args=pk(Goal)),
    "recovery:goal-reopen": row(OWNER, "POST", args=pk(Goal)),
    "recovery:step-done": row(OWNER, "POST", args=pk(GoalStep)),
    "recovery:step-undo": row(OWNER, "POST", args=pk(GoalStep)),
    "api:goals-list": row(MEMBERS, "GET HEAD POST"),
    "api:goals-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(Goal)),
    "api:goals-done": row(OWNER, "POST", args=pk(Goal)),
    "api:goals-put-away": row(OWNER, "POST", args=pk(Goal)),
    "api:goals-reopen": row(OWNER, "POST", args=pk(Goal)),
    "api:goal-steps-detail": row(OWNER, args=pk(GoalStep)),
    "api:goal-steps-tick": row(OWNER, "PUT", args=pk(GoalStep), body={"done": True}),
    "recovery:journey-list": row(MEMBERS),
    "recovery:journey-add": row(MEMBERS, "GET HEAD POST"),
    "recovery:journey-edit": row(OWNER, "GET HEAD POST", args=journey),
    "recovery:journey-figures": row(OWNER, "GET HEAD POST", args=journey),
    "recovery:journey-remove": row(OWNER, "GET HEAD POST", args=journey),
    "api:check-ins-list": row(MEMBERS, "GET HEAD POST"),
    "api:check-ins-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=day),
    "api:journeys-list": row(MEMBERS, "GET HEAD POST"),
    "api:journeys-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=journey),
    "api:journeys-counts": row(OWNER, args=journey),
    "api:journeys-figures": row(OWNER, "GET HEAD PUT", args=journey),
    "api:lapses-list": row(MEMBERS, "GET HEAD POST"),
    "api:lapses-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=lapse),
    "api:stages-list": row(MEMBERS),
    "api:stages-detail": row(MEMBERS, args=slug(RecoveryStage)),
    "api:stages-current": row(MEMBERS, get={200, 404}),
    "api:stages-move": row(MEMBERS, "POST", args=slug(RecoveryStage)),
    "recovery:medication-mark": row(OWNER, "POST", args=pk(Medication)),
    "api:medications-list": row(MEMBERS, "GET HEAD POST"),
    "api:medications-detail": row(OWNER, "GET HEAD PUT PATCH DELETE", args=pk(Medication)),
    "api:medications-mark": row(OWNER, "POST", args=pk(Medication)),
    "api:medications-archive": row(OWNER, "POST", args=pk(Medication)),
    "api:medications-restore": row(OWNER, "POST", args=pk(Medication)),
    "api:medication-days-list": row(MEMBERS),
    "api:medication-days-detail": row(OWNER, args=pk(MedicationDay)),
    "recovery:measure-list": row(MEMBERS),
    "recovery:measure-about": row(MEMBERS, args=pk(Instrument)),
    "recovery:measure-start": row(MEMBERS, "POST", args=pk(Instrument)),
    "recovery:cadence-set": row(MEMBERS, "POST", args=pk(Instrument), body={"every_days": "30"}),
    "recovery:measure-question": row(
        OWNER, "GET HEAD POST", args=lambda stage: [stage.one(MeasureDraft).pk, 1], body={"answer": "2"}
    ),
    "recovery:measure-drop": row(OWNER, "POST", args=pk(MeasureDraft)),
    "recovery:measure-result": row(OWNER, args=pk(Measure)),
    "recovery:measure-print": row(OWNER, args=pk(Measure)),
    "recovery:safety": row(OWNER, args=screen),
    "recovery:safety-open": row(MEMBERS, "POST"),
    "recovery:safety-shown": row(OWNER, "POST", args=screen),
    "recovery:safety-tap": row(OWNER, "POST", args=screen, body={"tapped": "call-988"}),
    "recovery:safety-answer": row(OWNER, "POST", args=screen, body={"answer": "no"}),
    "recovery:safety-leave": row(OWNER, "POST", args=screen),
    "api:instruments-list": row(MEMBERS),
    "api:instruments-detail": row(MEMBERS, args=pk(Instrument)),
    "api:instruments-cadence": row(MEMBERS, "PUT", args=pk(Instrument), body={"every_days": 30}),
    "api:insights-list": row(MEMBERS),
    "api:insights-since": row(MEMBERS, get={200, 400}),
    "api:reflections-list": row(MEMBERS, "GET HEAD POST", body={"ends_on": "2025-06-14", "worked": "typed"}),
    "api:reflections-detail": row(OWNER, "GET HEAD DELETE", args=pk(Reflection)),
    "recovery:cadence-answer": row(OWNER, "POST", args=pk(CadenceProposal), body={"answer": "no"}),
    "api:cadence-proposals-list": row(MEMBERS),
    "api:cadence-proposals-detail": row(OWNER, args=pk(CadenceProposal)),
    "api:cadence-proposals-accept": row(OWNER, "POST", args=pk(CadenceProposal)),
    "api:cadence-proposals-decline": row(OWNER, "POST", args=pk(CadenceProposal)),
    "recovery:care-list": row(MEMBERS),
    "recovery:care-add": row(
        MEMBERS, "GET HEAD POST", body={"kind": "detox", "place": "typed", "started_on": "2025-05-02"}
    ),
    "recovery:care-detail": row(OWNER, args=pk(CareEpisode)),
    "recovery:care-edit": row(
        OWNER, "GET HEAD POST", args=pk(CareEpisode), body={"kind": "inpatient", "started_on": "2025-05-02"}
    ),
    "recovery:care-handover": row(OWNER, "GET HEAD POST", args=pk(CareEpisode), body={"first_visit": "typed"}),
    "recovery:care-print": row(OWNER, args=pk(CareEpisode)),
    "recovery:care-remove": row(OWNER, "GET HEAD POST", args=pk(CareEpisode)),
    "api:care-episodes-list": row(MEMBERS, "GET HEAD POST", body={"kind": "detox", "started_on": "2025-05-02"}),
    "api:care-episodes-detail": row(
        OWNER, "GET HEAD PUT PATCH DELETE", args=pk(CareEpisode), body={"kind": "detox", "started_on": "2025-05-02"}
    ),
    "api:care-episodes-handover": row(OWNER, "PUT", args=pk(CareEpisode), body={"first_visit": "typed"}),
    "recovery:inventory": row(MEMBERS, "GET HEAD POST", body={"health": "pain", "note": "typed"}),
    "recovery:inventory-take": row(MEMBERS, "POST", args=lambda stage: ["pain-strategy"]),
    "recovery:inventory-forget": row(MEMBERS, "POST"),
    "api:inventory-list": row(MEMBERS, "GET HEAD POST", body={"ticked": ["pain"]}),
    "api:inventory-detail": row(OWNER, "DELETE", args=pk(Inventory)),
    "api:inventory-suggestions": row(MEMBERS),
    "api:inventory-take": row(MEMBERS, "POST", body={"suggestion": "pain-trigger", "pull": 6}),
    "api:stages-sets": row(MEMBERS),
    "api:signs-list": row(MEMBERS),
    "api:signs-detail": row(MEMBERS, "GET HEAD PUT", args=lambda stage: ["mood-low"], body={"is_off": True}),
    "api:signs-dismiss": row(MEMBERS, "POST", args=lambda stage: ["mood-low"]),
    "api:measures-list": row(MEMBERS, "GET HEAD POST"),
    "api:measures-detail": row(OWNER, args=pk(Measure)),
}
