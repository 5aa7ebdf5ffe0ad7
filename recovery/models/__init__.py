"""The room's records."""

from recovery.models.checkin import Answers, CheckIn, CheckInVersion
from recovery.models.goal import Goal, GoalStep
from recovery.models.journey import Journey
from recovery.models.lapse import Lapse
from recovery.models.look_back import LookBack
from recovery.models.looking import CallTask, SelfCheck
from recovery.models.measure import Cadence, Instrument, Measure, MeasureDraft
from recovery.models.readiness import PreparedThing, Readiness
from recovery.models.reflection import Reflection
from recovery.models.rhythm import StageProposal, WeekThing, WeekTick
from recovery.models.safety import SafetyEvent
from recovery.models.safety_text import SafetyText
from recovery.models.sign import SignChoice
from recovery.models.stage import (
    Stage,
    StageComponent,
    StageMove,
    StageSign,
    StageStrategy,
    StageTask,
    TaskDone,
)

__all__ = [
    "Answers",
    "Cadence",
    "CallTask",
    "CheckIn",
    "CheckInVersion",
    "Goal",
    "GoalStep",
    "Instrument",
    "Journey",
    "Lapse",
    "LookBack",
    "Measure",
    "MeasureDraft",
    "PreparedThing",
    "Readiness",
    "Reflection",
    "SafetyEvent",
    "SafetyText",
    "SelfCheck",
    "SignChoice",
    "Stage",
    "StageComponent",
    "StageMove",
    "StageProposal",
    "StageSign",
    "StageStrategy",
    "StageTask",
    "TaskDone",
    "WeekThing",
    "WeekTick",
]
