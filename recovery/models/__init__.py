"""The room's records."""

from recovery.models.appointment import Appointment
from recovery.models.care import CareEpisode
from recovery.models.checkin import Answers, CheckIn, CheckInVersion
from recovery.models.daily import DayThing, Movement, RoutineItem, RoutineTick
from recovery.models.goal import Goal, GoalStep
from recovery.models.inventory import Inventory
from recovery.models.journey import Journey
from recovery.models.lapse import Lapse
from recovery.models.look_back import LookBack
from recovery.models.looking import CallTask, SelfCheck
from recovery.models.measure import Cadence, CadenceProposal, Instrument, Measure, MeasureDraft
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
    StageSet,
    StageSign,
    StageStrategy,
    StageTask,
    TaskDone,
)

__all__ = [
    "Answers",
    "Appointment",
    "Cadence",
    "CadenceProposal",
    "CallTask",
    "CareEpisode",
    "CheckIn",
    "CheckInVersion",
    "DayThing",
    "Goal",
    "GoalStep",
    "Instrument",
    "Inventory",
    "Journey",
    "Lapse",
    "LookBack",
    "Measure",
    "MeasureDraft",
    "Movement",
    "PreparedThing",
    "Readiness",
    "Reflection",
    "RoutineItem",
    "RoutineTick",
    "SafetyEvent",
    "SafetyText",
    "SelfCheck",
    "SignChoice",
    "Stage",
    "StageComponent",
    "StageMove",
    "StageProposal",
    "StageSet",
    "StageSign",
    "StageStrategy",
    "StageTask",
    "TaskDone",
    "WeekThing",
    "WeekTick",
]
