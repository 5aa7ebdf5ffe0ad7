"""What a person does here: each deed once, for the page and the API alike."""

from recovery.services.checkins import (
    FutureDay,
    MoodMissing,
    SubmissionTaken,
    TooLongAgo,
    remove_checkin,
    save_checkin,
)
from recovery.services.journeys import StartTooFar, change_journey, remove_journey, start_journey
from recovery.services.lapses import FutureUse, note_use
from recovery.services.stages import finish_task, move_stage, reopen_task

__all__ = [
    "FutureDay",
    "FutureUse",
    "MoodMissing",
    "StartTooFar",
    "SubmissionTaken",
    "TooLongAgo",
    "change_journey",
    "finish_task",
    "move_stage",
    "note_use",
    "remove_checkin",
    "remove_journey",
    "reopen_task",
    "save_checkin",
    "start_journey",
]
