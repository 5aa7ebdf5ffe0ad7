"""What the plan is made of, one noun a file."""

from plans.models.activity import Activity
from plans.models.answer import Answer
from plans.models.contact import Contact
from plans.models.day import LitDay, StrategyUse, TriggerMet
from plans.models.item import Item
from plans.models.medication import Medication, MedicationDay
from plans.models.plan import Plan, PlanRevision
from plans.models.reason import Reason
from plans.models.ride import Ride
from plans.models.shelf import Placed
from plans.models.strategy import Strategy
from plans.models.tool_use import ToolUse
from plans.models.trigger import Trigger, TriggerRating
from plans.models.writing import JournalEntry, ThoughtRecord, Weighing, Written

__all__ = [
    "Activity",
    "Answer",
    "Contact",
    "Item",
    "JournalEntry",
    "LitDay",
    "Medication",
    "MedicationDay",
    "Placed",
    "Plan",
    "PlanRevision",
    "Reason",
    "Ride",
    "Strategy",
    "StrategyUse",
    "ThoughtRecord",
    "ToolUse",
    "Trigger",
    "TriggerMet",
    "TriggerRating",
    "Weighing",
    "Written",
]
