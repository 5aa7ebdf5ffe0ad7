"""What a person does here: each deed once, for the page and the API alike."""

from recovery.services.journeys import StartTooFar, change_journey, remove_journey, start_journey
from recovery.services.lapses import FutureUse, note_use
from recovery.services.stages import finish_task, move_stage, reopen_task

__all__ = [
    "FutureUse",
    "StartTooFar",
    "change_journey",
    "finish_task",
    "move_stage",
    "note_use",
    "remove_journey",
    "reopen_task",
    "start_journey",
]
