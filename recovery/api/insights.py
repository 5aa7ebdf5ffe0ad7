"""Insights over the API: one period, what changed between two days, and the week in one's own words."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import PersonViewSet
from accounts.clock import local_day
from accounts.pagination import Pages
from recovery import services
from recovery.changes import what_changed
from recovery.models import Reflection
from recovery.models.reflection import REFLECTION_LENGTH
from recovery.overview import PERIODS, overview


class StretchSerializer(serializers.Serializer[Any]):
    """Some days in a row with the median of what was answered; null where nothing was."""

    first = serializers.DateField()
    last = serializers.DateField()
    kept = serializers.IntegerField()
    mood = serializers.FloatField(allow_null=True)
    craving = serializers.FloatField(allow_null=True)
    sleep = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)


class MiddleSerializer(serializers.Serializer[Any]):
    value = serializers.FloatField()
    times = serializers.IntegerField()


class SplitSerializer(serializers.Serializer[Any]):
    """The usual craving after 7 hours or more, and after less than 6."""

    long_nights = MiddleSerializer()
    short_nights = MiddleSerializer()


class TriggerLineSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    met = serializers.IntegerField()
    usual = serializers.CharField()
    elsewhere = serializers.CharField()
    is_early = serializers.BooleanField()


class TriggersSerializer(serializers.Serializer[Any]):
    sentence = serializers.CharField()
    lines = TriggerLineSerializer(many=True)


class HoursSerializer(serializers.Serializer[Any]):
    """When craving was strongest; rows by part of day, each with Monday to Sunday, in words."""

    sentence = serializers.CharField()
    times = serializers.IntegerField()
    rows = serializers.SerializerMethodField()

    def get_rows(self, hours: Any) -> dict[str, list[str]]:
        return {part: [cell.label for cell in cells] for part, cells in hours.rows}


class HelpedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    eased = serializers.IntegerField()
    said = serializers.IntegerField()
    is_early = serializers.BooleanField()


class OverviewSerializer(serializers.Serializer[Any]):
    """One period: the sentence first, then what it rests on. What is null says too little yet."""

    period = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField(source="today")
    days = serializers.IntegerField()
    kept = serializers.IntegerField()
    headline = serializers.CharField(source="story.headline")
    details = serializers.CharField(source="story.details")
    step = serializers.CharField()
    points = StretchSerializer(many=True)
    sleep = SplitSerializer(source="split", allow_null=True)
    hours = HoursSerializer(allow_null=True)
    triggers = TriggersSerializer(allow_null=True)
    helped = HelpedSerializer(many=True)


class MovedSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    times_before = serializers.IntegerField()
    times_after = serializers.IntegerField()
    word = serializers.CharField()


class PullSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    then = serializers.IntegerField()
    now = serializers.IntegerField()


class TriedBetweenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    eased = serializers.IntegerField()
    said = serializers.IntegerField()


class ChangesSerializer(serializers.Serializer[Any]):
    """The days asked for beside as many right before them."""

    first = serializers.DateField()
    last = serializers.DateField()
    days = serializers.IntegerField()
    kept = serializers.IntegerField()
    kept_before = serializers.IntegerField()
    moved = MovedSerializer(many=True)
    ratings = PullSerializer(many=True)
    tried = TriedBetweenSerializer(many=True)
    used_on = serializers.ListField(child=serializers.DateField())
    stages = serializers.SerializerMethodField()

    def get_stages(self, changes: Any) -> list[str]:
        return [f"{day.isoformat()} {alias}" for day, alias in changes.stages]


class StretchAskedSerializer(serializers.Serializer[Any]):
    since = serializers.DateField()
    until = serializers.DateField()


@extend_schema(tags=["insights"])
class InsightViewSet(PersonViewSet):
    """What a stretch of days says. Medians and counts; days without a check-in are left out, never zero."""

    queryset = Reflection.objects.none()
    serializer_class = OverviewSerializer
    pagination_class = None

    @extend_schema(parameters=[OpenApiParameter("days", str, enum=list(PERIODS))], responses=OverviewSerializer)
    def list(self, request: Request) -> Response:
        """One period up to today, 30 days where none is named."""
        asked = request.query_params.get("days", "")
        found = overview(self.person, asked if asked in PERIODS else "30", local_day(self.person, timezone.now()))
        return Response(OverviewSerializer(found).data)

    @extend_schema(parameters=[StretchAskedSerializer], responses=ChangesSerializer)
    @action(detail=False, pagination_class=None)
    def since(self, request: Request) -> Response:
        """What changed between two days, a year apart at most."""
        form = StretchAskedSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        today = local_day(self.person, timezone.now())
        asked = form.validated_data
        found = what_changed(person=self.person, first=asked["since"], last=asked["until"], today=today)
        return Response(ChangesSerializer(found).data)


class ReflectionSerializer(serializers.ModelSerializer[Reflection]):
    """A week's words. `ends_on` may be any day of the week; what comes back is its Saturday."""

    worked = serializers.CharField(max_length=REFLECTION_LENGTH, allow_blank=True, required=False)
    hard = serializers.CharField(max_length=REFLECTION_LENGTH, allow_blank=True, required=False)
    ahead = serializers.CharField(max_length=REFLECTION_LENGTH, allow_blank=True, required=False)

    class Meta:
        model = Reflection
        fields = ["id", "ends_on", "worked", "hard", "ahead"]
        read_only_fields = ["id"]


class ReflectionPages(Pages):
    ordering = ("-ends_on", "-id")


@extend_schema(tags=["reflections"])
class ReflectionViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin):
    """What worked, what was hard and what is next, week by week. Only the person's own; never shared."""

    serializer_class = ReflectionSerializer
    queryset = Reflection.objects.none()
    pagination_class = ReflectionPages
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Reflection]:
        return Reflection.objects.of(self.person)

    def create(self, request: Request) -> Response:
        """Keep a week's words; for a week that is kept already they replace what was there."""
        form = ReflectionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = {"worked": "", "hard": "", "ahead": "", **form.validated_data}
        kept = services.keep_reflection(person=self.person, day=said.pop("ends_on"), now=timezone.now(), **said)
        return Response(ReflectionSerializer(kept).data, status=status.HTTP_201_CREATED)

    def perform_destroy(self, instance: Reflection) -> None:
        services.remove_reflection(reflection=instance)
