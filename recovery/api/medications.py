"""Medications and their days over the API; a mark and the day's check-in say the same here too."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from plans import services as plans
from plans.forms import NAME_LENGTH
from plans.models import Medication, MedicationDay
from plans.models.medication import TimeOfDay
from recovery import services


class MedicationSerializer(serializers.Serializer[Medication]):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=NAME_LENGTH)
    times = serializers.ListField(child=serializers.ChoiceField(choices=TimeOfDay.choices), required=False)
    prescriber = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True)
    archived_at = serializers.DateTimeField(read_only=True)


class MedicationDaySerializer(serializers.ModelSerializer[MedicationDay]):
    class Meta:
        model = MedicationDay
        fields = ["id", "medication", "day", "state"]
        read_only_fields = fields


class MarkSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    state = serializers.ChoiceField(choices=MedicationDay.State.choices, allow_blank=True)


@extend_schema(tags=["medications"])
class MedicationViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """What the person takes, in their own words; doses and end dates are not kept."""

    serializer_class = MedicationSerializer
    queryset = Medication.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Medication]:
        return Medication.objects.of(self.person).in_order()

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = plans.add_medication(person=self.person, now=timezone.now(), **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        row = self.get_object()
        kept = {"name": row.name, "times": row.times, "prescriber": row.prescriber}
        serializer.instance = plans.change_medication(medication=row, **{**kept, **serializer.validated_data})

    def perform_destroy(self, instance: Medication) -> None:
        plans.remove_medication(medication=instance)

    @extend_schema(request=MarkSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, pk: Any = None) -> Response:
        """Say that it was taken or missed on a day; an empty state takes the mark back."""
        row = self.get_object()
        said = MarkSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        services.mark_medication(medication=row, now=timezone.now(), **said.validated_data)
        return Response(status=204)

    @extend_schema(request=None, responses=MedicationSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: Any = None) -> Response:
        row = self.get_object()
        plans.archive_medication(medication=row, now=timezone.now())
        return Response(MedicationSerializer(row).data)

    @extend_schema(request=None, responses=MedicationSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: Any = None) -> Response:
        row = self.get_object()
        plans.restore_medication(medication=row)
        return Response(MedicationSerializer(row).data)


@extend_schema(tags=["medications"])
class MedicationDayViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """The days that were marked, newest first; a day without a row is one of which nothing was said."""

    serializer_class = MedicationDaySerializer
    queryset = MedicationDay.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[MedicationDay]:
        return MedicationDay.objects.of(self.person).newest_first()
