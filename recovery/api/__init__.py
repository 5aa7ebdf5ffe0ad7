"""The room's part of the API: the same deeds as the pages, the same words when one is refused."""

from typing import Any

from rest_framework.viewsets import GenericViewSet

from recovery.api.appointments import AppointmentViewSet
from recovery.api.care import CareEpisodeViewSet
from recovery.api.checkins import CheckInViewSet
from recovery.api.daily import DayPlanViewSet, DayThingViewSet, RoutineViewSet
from recovery.api.goals import GoalStepViewSet, GoalViewSet
from recovery.api.insights import InsightViewSet, ReflectionViewSet
from recovery.api.inventory import InventoryViewSet
from recovery.api.journeys import JourneyViewSet, LapseViewSet, StageViewSet
from recovery.api.look_backs import LookBackViewSet
from recovery.api.looking import CallViewSet, SelfCheckViewSet
from recovery.api.measures import CadenceProposalViewSet, InstrumentViewSet, MeasureViewSet
from recovery.api.medications import MedicationDayViewSet, MedicationViewSet
from recovery.api.readiness import PreparationViewSet, ReadinessViewSet
from recovery.api.rhythm import StageProposalViewSet, WeekThingViewSet
from recovery.api.signs import SignViewSet

# The address under /api/v1/ and the view set that answers there.
ROUTES: dict[str, type[GenericViewSet[Any]]] = {
    "check-ins": CheckInViewSet,
    "journeys": JourneyViewSet,
    "lapses": LapseViewSet,
    "look-backs": LookBackViewSet,
    "stages": StageViewSet,
    "medications": MedicationViewSet,
    "medication-days": MedicationDayViewSet,
    "calls": CallViewSet,
    "self-checks": SelfCheckViewSet,
    "stage-proposals": StageProposalViewSet,
    "week": WeekThingViewSet,
    "routine": RoutineViewSet,
    "day-plan": DayPlanViewSet,
    "day-things": DayThingViewSet,
    "appointments": AppointmentViewSet,
    "readiness": ReadinessViewSet,
    "preparation": PreparationViewSet,
    "care-episodes": CareEpisodeViewSet,
    "inventory": InventoryViewSet,
    "goals": GoalViewSet,
    "goal-steps": GoalStepViewSet,
    "cadence-proposals": CadenceProposalViewSet,
    "instruments": InstrumentViewSet,
    "measures": MeasureViewSet,
    "signs": SignViewSet,
    "insights": InsightViewSet,
    "reflections": ReflectionViewSet,
}
