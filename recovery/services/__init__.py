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
from recovery.services.lapses import FromACheckIn, FutureUse, NotedTwice, change_use, note_use, take_back_use
from recovery.services.stages import finish_task, move_stage, reopen_task

__all__ = [
    "FromACheckIn",
    "FutureDay",
    "FutureUse",
    "MoodMissing",
    "NotedTwice",
    "StartTooFar",
    "SubmissionTaken",
    "TooLongAgo",
    "change_journey",
    "change_use",
    "finish_task",
    "move_stage",
    "note_use",
    "remove_checkin",
    "remove_journey",
    "reopen_task",
    "save_checkin",
    "start_journey",
    "take_back_use",
]
