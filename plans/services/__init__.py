"""The deeds of the plan; pages, the API and other rooms call these."""

from plans.services.contacts import add_contact, change_contact
from plans.services.days import forget, light_day, record_day, save_ride
from plans.services.readers import contacts, days_lit, helped, reasons, rides_eased, strategies, top_triggers
from plans.services.revisions import remove_old_revisions, remove_revision

__all__ = [
    "add_contact",
    "change_contact",
    "contacts",
    "days_lit",
    "forget",
    "helped",
    "light_day",
    "reasons",
    "record_day",
    "remove_old_revisions",
    "remove_revision",
    "rides_eased",
    "save_ride",
    "strategies",
    "top_triggers",
]
