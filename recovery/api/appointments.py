"""Appointments over the API."""

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
from accounts.pagination import Pages
from plans.forms import LINE_LENGTH
from recovery.models import Appointment
from recovery.services import appointments

LONGEST_SLUG = 64


class AppointmentSerializer(serializers.ModelSerializer[Appointment]):
    words = serializers.CharField(max_length=LINE_LENGTH, allow_blank=True, required=False)
    listing = serializers.SlugField(max_length=LONGEST_SLUG, allow_blank=True, required=False)

    class Meta:
        model = Appointment
        fields = ["id", "kind", "day", "at", "words", "listing", "reminds", "went", "helped"]
        read_only_fields = ["id", "went", "helped"]


class AppointmentAnswerSerializer(serializers.Serializer[Any]):
    went = serializers.BooleanField(allow_null=True, help_text="Null takes the answer back.")
    helped = serializers.ChoiceField(choices=Appointment.Helped.choices, allow_blank=True, required=False)


class ByDay(Pages):
    ordering = ("-day", "-at", "-id")


@extend_schema(tags=["appointments"])
class AppointmentViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """Appointments and meetings, latest first; day and time as the clock on the wall shows them there."""

    serializer_class = AppointmentSerializer
    pagination_class = ByDay
    queryset = Appointment.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Appointment]:
        return Appointment.objects.of(self.person)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        said = serializer.validated_data
        serializer.instance = appointments.plan_appointment(person=self.person, now=timezone.now(), **said)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        kept = self.get_object()
        names = ("kind", "day", "at", "words", "listing", "reminds")
        wish = {**{name: getattr(kept, name) for name in names}, **serializer.validated_data}
        serializer.instance = appointments.change_appointment(appointment=kept, now=timezone.now(), **wish)

    def perform_destroy(self, instance: Appointment) -> None:
        appointments.remove_appointment(appointment=instance, now=timezone.now())

    @extend_schema(request=AppointmentAnswerSerializer, responses=AppointmentSerializer)
    @action(detail=True, methods=["put"])
    def answer(self, request: Request, pk: str) -> Response:
        """Say whether you went and whether it helped, or take that back."""
        kept = self.get_object()
        said = AppointmentAnswerSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        kept = appointments.answer_appointment(appointment=kept, now=timezone.now(), **said.validated_data)
        return Response(AppointmentSerializer(kept).data)
