"""Times in care and the way home, over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts.api import PersonViewSet
from plans.forms import LINE_LENGTH, TEXT_LENGTH
from recovery import services
from recovery.handover import FIELDS
from recovery.models import CareEpisode


def _words(longest: int) -> serializers.CharField:
    return serializers.CharField(max_length=longest, allow_blank=True, required=False)


class HandoverSerializer(serializers.ModelSerializer[CareEpisode]):
    first_visit = _words(TEXT_LENGTH)
    who_to_call = _words(TEXT_LENGTH)
    medication = _words(TEXT_LENGTH)
    naloxone = _words(TEXT_LENGTH)
    safe_place = _words(TEXT_LENGTH)
    first_hours = _words(TEXT_LENGTH)

    class Meta:
        model = CareEpisode
        fields = ["first_visit_on", *FIELDS]


class CareEpisodeSerializer(serializers.ModelSerializer[CareEpisode]):
    place = _words(LINE_LENGTH)
    handover = HandoverSerializer(source="*", read_only=True)
    ready = serializers.IntegerField(read_only=True, help_text="How many of the six parts have words.")

    class Meta:
        model = CareEpisode
        fields = ["id", "kind", "place", "started_on", "ended_on", "lowers_tolerance", "ready", "handover"]
        read_only_fields = ["id", "lowers_tolerance"]


@extend_schema(tags=["care"])
class CareEpisodeViewSet(PersonViewSet, ModelViewSet[CareEpisode]):
    """Detox, a stay, outpatient treatment, starting medication, time locked up: its days, and the plan for after."""

    serializer_class = CareEpisodeSerializer
    queryset = CareEpisode.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[CareEpisode]:
        return CareEpisode.objects.of(self.person).newest_first()

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = services.begin_care(person=self.person, now=timezone.now(), **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        care = self.get_object()
        kept = {name: getattr(care, name) for name in ("kind", "started_on", "ended_on", "place")}
        wish = {**kept, **serializer.validated_data}
        serializer.instance = services.change_care(care=care, now=timezone.now(), **wish)

    def perform_destroy(self, instance: CareEpisode) -> None:
        services.remove_care(care=instance)

    @extend_schema(request=HandoverSerializer, responses=CareEpisodeSerializer)
    @action(detail=True, methods=["put"])
    def handover(self, request: Request, pk: str) -> Response:
        """Keep the way home; a part that is not sent stays as it was."""
        care = self.get_object()
        said = HandoverSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        wish = {"first_visit_on": care.first_visit_on, **said.validated_data}
        services.plan_handover(care=care, now=timezone.now(), **wish)
        return Response(CareEpisodeSerializer(care).data)
