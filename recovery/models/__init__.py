"""The room's records."""

from recovery.models.checkin import Answers, CheckIn, CheckInVersion
from recovery.models.journey import Journey
from recovery.models.lapse import Lapse
from recovery.models.stage import Stage, StageMove, StageTask, TaskDone

__all__ = [
    "Answers",
    "CheckIn",
    "CheckInVersion",
    "Journey",
    "Lapse",
    "Stage",
    "StageMove",
    "StageTask",
    "TaskDone",
]
