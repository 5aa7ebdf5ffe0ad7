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
from recovery.services.measures import (
    AlreadyKept,
    NoSuchAnswer,
    NoSuchCadence,
    NotOffered,
    TooSoon,
    VersionTaken,
    begin_measure,
    drop_draft,
    finish_measure,
    keep_answer,
    load_instrument,
    set_cadence,
    take_measure,
)
from recovery.services.medications import mark_medication
from recovery.services.safety import acknowledge_safety, answer_safety, note_safety_tap, open_safety
from recovery.services.safety_texts import FutureReview, awaiting_review, sign_safety_text
from recovery.services.signs import NoSuchSign, dismiss_sign, switch_sign
from recovery.services.stages import finish_task, move_stage, reopen_task

__all__ = [
    "AlreadyKept",
    "FromACheckIn",
    "FutureDay",
    "FutureReview",
    "FutureUse",
    "MoodMissing",
    "NoSuchAnswer",
    "NoSuchCadence",
    "NoSuchSign",
    "NotOffered",
    "NotedTwice",
    "StartTooFar",
    "SubmissionTaken",
    "TooLongAgo",
    "TooSoon",
    "VersionTaken",
    "acknowledge_safety",
    "answer_safety",
    "awaiting_review",
    "begin_measure",
    "change_journey",
    "change_use",
    "dismiss_sign",
    "drop_draft",
    "finish_measure",
    "finish_task",
    "keep_answer",
    "load_instrument",
    "mark_medication",
    "move_stage",
    "note_safety_tap",
    "note_use",
    "open_safety",
    "remove_checkin",
    "remove_journey",
    "reopen_task",
    "save_checkin",
    "set_cadence",
    "sign_safety_text",
    "start_journey",
    "switch_sign",
    "take_back_use",
    "take_measure",
]
