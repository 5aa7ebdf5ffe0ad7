"""Journeys, noted use and stages over the API."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from accounts.clock import local_day
from recovery import services
from recovery.before_stopping import needs_a_clinician_first
from recovery.models import (
    Journey,
    Lapse,
    Stage,
    StageComponent,
    StageMove,
    StageSign,
    StageStrategy,
    StageTask,
)

# What a stage's page is made of.
PARTS = ("signs", "strategies", "components", "tasks")


class JourneySerializer(serializers.ModelSerializer[Journey]):
    substance = serializers.CharField(max_length=60, allow_blank=True, required=False)

    before_stopping = serializers.SerializerMethodField()

    class Meta:
        model = Journey
        fields = ["id", "substance", "aim", "started_on", "before_stopping"]
        read_only_fields = ["id"]

    def get_before_stopping(self, journey: Journey) -> bool:
        """Whether the questions before stopping come first: it may be dangerous to stop this at once."""
        today = local_day(self.context["request"].user, timezone.now())
        return needs_a_clinician_first(journey.substance, journey.started_on, today)


@extend_schema(tags=["journeys"])
class JourneyViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """What the person works toward, and since when."""

    serializer_class = JourneySerializer
    queryset = Journey.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Journey]:
        return Journey.objects.of(self.person)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        wish = {"started_on": None, **serializer.validated_data}
        serializer.instance = services.start_journey(person=self.person, now=timezone.now(), **wish)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        journey = self.get_object()
        kept = {name: getattr(journey, name) for name in ("substance", "aim", "started_on")}
        wish = {**kept, **serializer.validated_data}
        serializer.instance = services.change_journey(journey=journey, now=timezone.now(), **wish)

    def perform_destroy(self, instance: Journey) -> None:
        services.remove_journey(journey=instance)


class LapseSerializer(serializers.ModelSerializer[Lapse]):
    class Meta:
        model = Lapse
        fields = ["id", "day", "source", "over_limit"]
        read_only_fields = ["id", "source"]


@extend_schema(tags=["lapses"])
class LapseViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """Days with noted use. One that a check-in noted changes with that check-in, and is refused here."""

    serializer_class = LapseSerializer
    queryset = Lapse.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Lapse]:
        return Lapse.objects.of(self.person)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = services.note_use(person=self.person, now=timezone.now(), **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        lapse = self.get_object()
        wish = {"day": lapse.day, "over_limit": lapse.over_limit, **serializer.validated_data}
        serializer.instance = services.change_use(lapse=lapse, now=timezone.now(), **wish)

    def perform_destroy(self, instance: Lapse) -> None:
        services.take_back_use(lapse=instance)


class StageTaskSerializer(serializers.ModelSerializer[StageTask]):
    class Meta:
        model = StageTask
        fields = ["slug", "text"]


class StageSignSerializer(serializers.ModelSerializer[StageSign]):
    class Meta:
        model = StageSign
        fields = ["slug", "text", "goal"]


class StageStrategySerializer(serializers.ModelSerializer[StageStrategy]):
    class Meta:
        model = StageStrategy
        fields = ["slug", "text"]


class StageComponentSerializer(serializers.ModelSerializer[StageComponent]):
    class Meta:
        model = StageComponent
        fields = ["slug", "text", "goal"]


class StageSerializer(serializers.ModelSerializer[Stage]):
    signs = StageSignSerializer(many=True, read_only=True)
    strategies = StageStrategySerializer(many=True, read_only=True)
    components = StageComponentSerializer(many=True, read_only=True)
    tasks = StageTaskSerializer(many=True, read_only=True)

    class Meta:
        model = Stage
        fields = ["slug", "position", "title", "alias", "summary", "typical_length", *PARTS]


class StageMoveSerializer(serializers.ModelSerializer[StageMove]):
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", read_only=True)

    class Meta:
        model = StageMove
        fields = ["id", "stage", "moved_at"]


@extend_schema(tags=["stages"])
class StageViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """The four stages, the same for everybody; where the person is, and moving."""

    serializer_class = StageSerializer
    queryset = Stage.objects.prefetch_related(*PARTS)
    pagination_class = None
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @extend_schema(responses=StageMoveSerializer)
    @action(detail=False, pagination_class=None)
    def current(self, request: Request) -> Response:
        """Where the person is: their newest move. 404 before the first."""
        move = StageMove.objects.of(self.person).select_related("stage").newest_first().first()
        if move is None:
            raise Http404
        return Response(StageMoveSerializer(move).data)

    @extend_schema(request=None, responses=StageMoveSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str) -> Response:
        """Move here, forward or back."""
        move = services.move_stage(person=self.person, stage=self.get_object(), now=timezone.now())
        return Response(StageMoveSerializer(move).data)
