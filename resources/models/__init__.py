"""The room’s records: all of them public facts about the world outside, none about a person who looks."""

from resources.models.access import Access, Schedule, first_access, numbers_in_words
from resources.models.listing import FLOOR, Listing, ListingQuerySet
from resources.models.place import Organization, Place, Program
from resources.models.review import ToolReview, TreatmentReview
from resources.models.source import ChangeProposal, Source, SourceRecord
from resources.models.verification import Report, Verification
from resources.models.words import COUNTRIES, About, Audience

__all__ = [
    "COUNTRIES",
    "FLOOR",
    "About",
    "Access",
    "Audience",
    "ChangeProposal",
    "Listing",
    "ListingQuerySet",
    "Organization",
    "Place",
    "Program",
    "Report",
    "Schedule",
    "Source",
    "SourceRecord",
    "ToolReview",
    "TreatmentReview",
    "Verification",
    "first_access",
    "numbers_in_words",
]
