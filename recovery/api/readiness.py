"""How ready the person feels, and what they made ready, over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from recovery import services
from recovery.models import PreparedThing, Readiness
from recovery.preparation import ITEMS


class ReadinessSerializer(serializers.ModelSerializer[Readiness]):
    importance = serializers.IntegerField(min_value=0, max_value=10)
    confidence = serializers.IntegerField(min_value=0, max_value=10)
    why_not_lower = serializers.CharField(max_length=2000, allow_blank=True, required=False)

    class Meta:
        model = Readiness
        fields = ["id", "said_on", "importance", "confidence", "why_not_lower"]
        read_only_fields = ["id", "said_on"]


@extend_schema(tags=["readiness"])
class ReadinessViewSet(PersonViewSet, mixins.ListModelMixin, mixins.CreateModelMixin, mixins.DestroyModelMixin):
    """Two numbers a day that are never added; saying them again on a day replaces them."""

    serializer_class = ReadinessSerializer
    queryset = Readiness.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Readiness]:
        return Readiness.objects.of(self.person).newest_first()

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = services.say_readiness(
            person=self.person, now=timezone.now(), **serializer.validated_data
        )

    def perform_destroy(self, instance: Readiness) -> None:
        services.remove_readiness(readiness=instance)


class PreparedSerializer(serializers.Serializer[Any]):
    item = serializers.ChoiceField(choices=sorted(ITEMS))
    done = serializers.BooleanField()


@extend_schema(tags=["readiness"])
class PreparationViewSet(PersonViewSet):
    """The preparation list and its ticks."""

    serializer_class = PreparedSerializer
    queryset = PreparedThing.objects.none()
    pagination_class = None

    @extend_schema(responses=PreparedSerializer(many=True))
    def list(self, request: Request) -> Response:
        done = set(PreparedThing.objects.of(self.person).values_list("item", flat=True))
        return Response([{"item": item, "done": item in done} for item in ITEMS])

    @extend_schema(request=PreparedSerializer, responses=PreparedSerializer)
    def create(self, request: Request) -> Response:
        """Tick one thing, or take the tick back."""
        said = PreparedSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        services.set_prepared(person=self.person, now=timezone.now(), **said.validated_data)
        return Response(said.data)
