"""Journeys, noted use and stages over the API."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from accounts.clock import local_day
from recovery import services
from recovery.before_stopping import needs_a_clinician_first
from recovery.counts import walk_of
from recovery.forms_journeys import first_figures
from recovery.models import (
    Journey,
    Lapse,
    Stage,
    StageComponent,
    StageMove,
    StageSet,
    StageSign,
    StageStrategy,
    StageTask,
)
from recovery.models.lapse import AMOUNT_LENGTH, MOST_SUBSTANCES

# What a stage's page is made of.
PARTS = ("signs", "strategies", "components", "tasks")
WISHES = ("substance", "aim", "started_on", "show_run", "on_today")


class JourneySerializer(serializers.ModelSerializer[Journey]):
    substance = serializers.CharField(max_length=60, allow_blank=True, required=False)

    before_stopping = serializers.SerializerMethodField()

    class Meta:
        model = Journey
        fields = ["id", *WISHES, "before_stopping"]
        read_only_fields = ["id"]

    def get_before_stopping(self, journey: Journey) -> bool:
        """Whether the questions before stopping come first: it may be dangerous to stop this at once."""
        today = local_day(self.context["request"].user, timezone.now())
        return needs_a_clinician_first(journey.substance, journey.started_on, today)


class FiguresSerializer(serializers.Serializer[Any]):
    """The person's own figures; one that is null or empty shows nothing."""

    limit_amount = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0, allow_null=True)
    limit_unit = serializers.CharField(max_length=60, allow_blank=True)
    limit_per = serializers.ChoiceField(choices=Journey.Per.choices, allow_blank=True)
    spent_a_week = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0, allow_null=True)
    currency = serializers.CharField(max_length=8, allow_blank=True)
    hours_a_week = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=168, allow_null=True)


class ShareSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField()
    of = serializers.IntegerField()
    percent = serializers.IntegerField()


class MarkSerializer(serializers.Serializer[Any]):
    """So many days or so many months; the other one is 0."""

    days = serializers.IntegerField()
    months = serializers.IntegerField()


class CountsSerializer(serializers.Serializer[Any]):
    """Whole days, today included; nothing is counted before the start."""

    total = serializers.IntegerField(source="totals.total", default=None)
    run = serializers.IntegerField(source="totals.run", default=None)
    longest = serializers.IntegerField(source="totals.longest", default=None)
    last_30 = ShareSerializer(allow_null=True)
    last_90 = ShareSerializer(allow_null=True)
    milestones = MarkSerializer(many=True, source="marks")
    next_milestone = MarkSerializer(source="next_mark.mark", default=None)
    next_on = serializers.DateField(source="next_mark.on", default=None)
    money_saved = serializers.IntegerField(allow_null=True)
    hours_saved = serializers.IntegerField(allow_null=True)


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
        kept = {name: getattr(journey, name) for name in WISHES}
        wish = {**kept, **serializer.validated_data}
        serializer.instance = services.change_journey(journey=journey, now=timezone.now(), **wish)

    def perform_destroy(self, instance: Journey) -> None:
        services.remove_journey(journey=instance)

    @extend_schema(responses=CountsSerializer)
    @action(detail=True)
    def counts(self, request: Request, pk: UUID) -> Response:
        """Count the days in all, the run, the last 30 and 90 days, milestones, and what is saved by own figures."""
        lapses = Lapse.objects.of(self.person)
        walk = walk_of(self.get_object(), lapses, local_day(self.person, timezone.now()))
        return Response(CountsSerializer(walk).data)

    @extend_schema(request=FiguresSerializer, responses=FiguresSerializer)
    @action(detail=True, methods=["get", "put"])
    def figures(self, request: Request, pk: UUID) -> Response:
        """Read or replace the person's own figures."""
        journey = self.get_object()
        if request.method == "PUT":
            said = FiguresSerializer(data=request.data)
            said.is_valid(raise_exception=True)
            journey = services.set_figures(journey=journey, **said.validated_data)
        return Response(FiguresSerializer(first_figures(journey)).data)


class LapseSerializer(serializers.ModelSerializer[Lapse]):
    substances = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=MOST_SUBSTANCES, source="named", required=False
    )
    amount = serializers.CharField(max_length=AMOUNT_LENGTH, allow_blank=True, required=False)

    class Meta:
        model = Lapse
        fields = ["id", "day", "source", "over_limit", "substances", "amount"]
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
    """Days with noted use; what it was and how much, if the person likes to say.

    One that a check-in noted takes both here too; its day and limit change with that check-in, and are refused here.
    """

    serializer_class = LapseSerializer
    queryset = Lapse.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Lapse]:
        return Lapse.objects.of(self.person)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        said = {**serializer.validated_data}
        named = said.pop("named", ())
        serializer.instance = services.note_use(person=self.person, now=timezone.now(), substances=named, **said)

    @transaction.atomic
    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        lapse, said = self.get_object(), serializer.validated_data
        if said.keys() & {"day", "over_limit"}:
            wish = {name: said.get(name, getattr(lapse, name)) for name in ("day", "over_limit")}
            lapse = services.change_use(lapse=lapse, now=timezone.now(), **wish)
        if said.keys() & {"named", "amount"}:
            told = {"substances": said.get("named", lapse.named), "amount": said.get("amount", lapse.amount)}
            lapse = services.tell_use(lapse=lapse, **told)
        serializer.instance = lapse

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
    stage_set = serializers.SlugRelatedField[StageSet](slug_field="slug", read_only=True)
    signs = StageSignSerializer(many=True, read_only=True)
    strategies = StageStrategySerializer(many=True, read_only=True)
    components = StageComponentSerializer(many=True, read_only=True)
    tasks = StageTaskSerializer(many=True, read_only=True)

    class Meta:
        model = Stage
        fields = ["slug", "stage_set", "position", "title", "alias", "summary", "typical_length", *PARTS]


class StageSetSerializer(serializers.ModelSerializer[StageSet]):
    class Meta:
        model = StageSet
        fields = ["slug", "title", "summary"]


class StageMoveSerializer(serializers.ModelSerializer[StageMove]):
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", read_only=True)

    class Meta:
        model = StageMove
        fields = ["id", "stage", "moved_at"]


@extend_schema(tags=["stages"])
class StageViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """The stages, the same for everybody; where the person is, and moving.

    `?set=` asks for another set than the one that the person is on.
    """

    serializer_class = StageSerializer
    queryset = Stage.objects.none()
    pagination_class = None
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self) -> QuerySet[Stage]:
        return Stage.objects.open_to(self.person).select_related("stage_set").prefetch_related(*PARTS)

    @extend_schema(parameters=[OpenApiParameter("set", str, description="The slug of a set.")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        move = StageMove.objects.of(self.person).select_related("stage").newest_first().first()
        shown, _sets = services.set_of(self.person, move.stage if move else None, request.query_params.get("set", ""))
        return Response(StageSerializer(self.get_queryset().filter(stage_set=shown), many=True).data)

    @extend_schema(responses=StageSetSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def sets(self, request: Request) -> Response:
        """The ways to divide the road that the person can choose from."""
        return Response(StageSetSerializer(StageSet.objects.open_to(self.person), many=True).data)

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
