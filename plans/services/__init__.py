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

__all__ = [
    "MOST_ROWS",
    "ListFull",
    "RatingOutOfRange",
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
    "light_day",
    "move",
    "rate_trigger",
    "reasons",
    "record_day",
    "remove",
    "remove_answer",
    "remove_old_revisions",
    "remove_revision",
    "remove_strategy",
    "remove_trigger",
    "reorder",
    "restore_trigger",
    "rides_eased",
    "save_ride",
    "strategies",
    "strategy_cards",
    "tell_ride",
    "top_triggers",
    "trigger_cards",
    "what_has_worked",
    "whole_plan",
]
