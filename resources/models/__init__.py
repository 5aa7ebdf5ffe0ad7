"""The room’s records: public facts about the world outside, and stories that people offer to be read."""

from resources.models.access import Access, Schedule, Slot, first_access, numbers_in_words
from resources.models.listing import FLOOR, Listing, ListingQuerySet
from resources.models.lookups import HasWords
from resources.models.place import Group, Organization, Place, Program
from resources.models.review import ToolReview, TreatmentReview
from resources.models.run import ImportRun, RunChange
from resources.models.source import ChangeProposal, Source, SourceRecord
from resources.models.story import HelpfulMark, Story, StoryReport
from resources.models.verification import Report, Verification
from resources.models.words import COUNTRIES, About, Audience, Facet

__all__ = [
    "COUNTRIES",
    "FLOOR",
    "About",
    "Access",
    "Audience",
    "ChangeProposal",
    "Facet",
    "Group",
    "HasWords",
    "HelpfulMark",
    "ImportRun",
    "Listing",
    "ListingQuerySet",
    "Organization",
    "Place",
    "Program",
    "Report",
    "RunChange",
    "Schedule",
    "Slot",
    "Source",
    "SourceRecord",
    "Story",
    "StoryReport",
    "ToolReview",
    "TreatmentReview",
    "Verification",
    "first_access",
    "numbers_in_words",
]
