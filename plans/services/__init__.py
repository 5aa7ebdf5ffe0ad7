"""The deeds of the plan; pages, the API and other rooms call these."""

from plans.services.cards import strategy_cards, trigger_cards, what_has_worked, whole_plan
from plans.services.days import forget, light_day, record_day, save_ride, tell_ride
from plans.services.lists import MOST_ROWS, ListFull, move, remove, reorder
from plans.services.parts import (
    add_activity,
    add_reason,
    add_strategy,
    change_activity,
    change_reason,
    change_strategy,
    remove_strategy,
)
from plans.services.phonebook import add_contact, change_contact
from plans.services.readers import contacts, days_lit, helped, reasons, rides_eased, strategies, top_triggers
from plans.services.revisions import remove_old_revisions, remove_revision
from plans.services.tools import SubmissionTaken, remove_tool_use, save_tool_use, tool_records
from plans.services.triggers import (
    RatingOutOfRange,
    add_answer,
    add_trigger,
    archive_trigger,
    change_answer,
    change_trigger,
    rate_trigger,
    remove_answer,
    remove_trigger,
    restore_trigger,
)
from plans.services.writing import latest_weighing, remove_page, rewrite, search_journal, write

__all__ = [
    "MOST_ROWS",
    "ListFull",
    "RatingOutOfRange",
    "SubmissionTaken",
    "add_activity",
    "add_answer",
    "add_contact",
    "add_reason",
    "add_strategy",
    "add_trigger",
    "archive_trigger",
    "change_activity",
    "change_answer",
    "change_contact",
    "change_reason",
    "change_strategy",
    "change_trigger",
    "contacts",
    "days_lit",
    "forget",
    "helped",
    "latest_weighing",
    "light_day",
    "move",
    "rate_trigger",
    "reasons",
    "record_day",
    "remove",
    "remove_answer",
    "remove_old_revisions",
    "remove_page",
    "remove_revision",
    "remove_strategy",
    "remove_tool_use",
    "remove_trigger",
    "reorder",
    "restore_trigger",
    "rewrite",
    "rides_eased",
    "save_ride",
    "save_tool_use",
    "search_journal",
    "strategies",
    "strategy_cards",
    "tell_ride",
    "tool_records",
    "top_triggers",
    "trigger_cards",
    "what_has_worked",
    "whole_plan",
    "write",
]
