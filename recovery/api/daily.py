"""The routine and the day plan over the API."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
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
from plans.forms import LINE_LENGTH
from recovery.daily import done_by_day, tens_of
from recovery.models import DayThing, RoutineItem, RoutineTick
from recovery.models.daily import MOST_TENS
from recovery.routine import WEEK, counts, last_days
from recovery.services import day_plans, routines
from reminders.models import EVERY_DAY

DAY = OpenApiParameter("day", date, "path", description="A local day, such as 2025-06-12.")
MINUTES = [tens * 10 for tens in range(MOST_TENS + 1)]


class RoutineItemSerializer(serializers.ModelSerializer[RoutineItem]):
    text = serializers.CharField(max_length=LINE_LENGTH)
    days = serializers.IntegerField(
        min_value=1, max_value=EVERY_DAY, default=EVERY_DAY, help_text="One bit a weekday, Monday the lowest."
    )
    done_today = serializers.BooleanField(read_only=True)

    class Meta:
        model = RoutineItem
        fields = ["id", "slot", "text", "days", "done_today"]


class RoutineTickChange(serializers.Serializer[Any]):
    day = serializers.DateField(required=False, help_text="Today or yesterday; today where it is left out.")
    done = serializers.BooleanField()


class RoutineDaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    done = serializers.IntegerField()
    counts = serializers.BooleanField()


@extend_schema(tags=["routine"])
class RoutineViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """What a day holds from morning to bedtime. Any three things make a day."""

    serializer_class = RoutineItemSerializer
    queryset = RoutineItem.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[RoutineItem]:
        ticked = RoutineTick.objects.of(self.person).filter(item=OuterRef("pk"), day=self._today())
        return RoutineItem.objects.of(self.person).annotate(done_today=Exists(ticked))

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        item = routines.add_item(person=self.person, now=timezone.now(), **serializer.validated_data)
        serializer.instance = self.get_queryset().get(pk=item.pk)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        item = self.get_object()
        wish = {"slot": item.slot, "text": item.text, "days": item.days, **serializer.validated_data}
        routines.change_item(item=item, **wish)
        serializer.instance = self.get_object()

    def perform_destroy(self, instance: RoutineItem) -> None:
        routines.remove_item(item=instance)

    @extend_schema(request=RoutineTickChange, responses=RoutineItemSerializer)
    @action(detail=True, methods=["put"])
    def tick(self, request: Request, pk: str) -> Response:
        """Say that a day held it, or take that back."""
        item = self.get_object()
        said = RoutineTickChange(data=request.data)
        said.is_valid(raise_exception=True)
        deed = routines.tick_item if said.validated_data["done"] else routines.untick_item
        deed(item=item, day=said.validated_data.get("day", self._today()), now=timezone.now())
        return Response(RoutineItemSerializer(self.get_object()).data)

    @extend_schema(responses=RoutineDaySerializer(many=True), parameters=[], filters=False)
    @action(detail=False, pagination_class=None)
    def week(self, request: Request) -> Response:
        """The last seven days: how much each held, and whether it counts."""
        today = self._today()
        done = done_by_day(self.person, today - timedelta(days=WEEK - 1), today)
        return Response([{"day": day, "done": held, "counts": counts(held)} for day, held in last_days(done, today)])

    def _today(self) -> date:
        return local_day(self.person, timezone.now())


class DayThingSerializer(serializers.ModelSerializer[DayThing]):
    text = serializers.CharField(max_length=LINE_LENGTH)

    class Meta:
        model = DayThing
        fields = ["id", "day", "text", "done_at"]
        read_only_fields = ["id", "done_at"]
        validators: list[Any] = []  # places are given by the service


class DayThingChangeSerializer(DayThingSerializer):
    """A change of the words: the day stays, unless it is brought to today."""

    day = serializers.DateField(read_only=True)


class DoneSerializer(serializers.Serializer[Any]):
    done = serializers.BooleanField()


@extend_schema(tags=["day-plan"])
class DayThingViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """The things of all days, newest first; three a day at most."""

    serializer_class = DayThingSerializer
    queryset = DayThing.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[DayThing]:
        return DayThing.objects.of(self.person)

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return DayThingChangeSerializer if self.action in {"update", "partial_update"} else DayThingSerializer

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        said = serializer.validated_data
        serializer.instance = day_plans.add_thing(person=self.person, now=timezone.now(), **said)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        thing = self.get_object()
        serializer.instance = day_plans.change_thing(thing=thing, **{"text": thing.text, **serializer.validated_data})

    def perform_destroy(self, instance: DayThing) -> None:
        day_plans.remove_thing(thing=instance)

    @extend_schema(request=DoneSerializer, responses=DayThingSerializer)
    @action(detail=True, methods=["put"])
    def tick(self, request: Request, pk: str) -> Response:
        """Tick it, or take the tick back."""
        thing = self.get_object()
        said = DoneSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        if said.validated_data["done"]:
            thing = day_plans.finish_thing(thing=thing, now=timezone.now())
        else:
            thing = day_plans.reopen_thing(thing=thing)
        return Response(DayThingSerializer(thing).data)

    @extend_schema(request=None, responses=DayThingSerializer)
    @action(detail=True, methods=["post"])
    def bring(self, request: Request, pk: str) -> Response:
        """Move what was left open to today."""
        thing = day_plans.bring_thing(thing=self.get_object(), now=timezone.now())
        return Response(DayThingSerializer(thing).data)


class MovementChange(serializers.Serializer[Any]):
    minutes = serializers.ChoiceField(choices=MINUTES)


class DayPlanSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    things = DayThingSerializer(many=True)
    moved_minutes = serializers.IntegerField()


@extend_schema(tags=["day-plan"])
class DayPlanViewSet(PersonViewSet):
    """One day: its things, and how long the person moved."""

    serializer_class = DayPlanSerializer
    queryset = DayThing.objects.none()
    pagination_class = None
    lookup_field = "day"
    lookup_value_converter = "str"

    @extend_schema(responses=DayPlanSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The days that can be planned: yesterday, today, tomorrow."""
        days = day_plans.reach(local_day(self.person, timezone.now()))
        return Response([self._held(day) for day in days])

    @extend_schema(parameters=[DAY])
    def retrieve(self, request: Request, day: str) -> Response:
        return Response(self._held(self._read(day)))

    @extend_schema(parameters=[DAY], request=MovementChange, responses=DayPlanSerializer)
    @action(detail=True, methods=["put"])
    def movement(self, request: Request, day: str) -> Response:
        """Say how long the person moved that day, ten minutes at a time."""
        on_day = self._read(day)
        said = MovementChange(data=request.data)
        said.is_valid(raise_exception=True)
        tens = said.validated_data["minutes"] // 10
        day_plans.set_movement(person=self.person, day=on_day, tens=tens, now=timezone.now())
        return Response(self._held(on_day))

    def _read(self, day: str) -> date:
        try:
            return date.fromisoformat(day)
        except ValueError as wrong:
            raise Http404 from wrong

    def _held(self, day: date) -> dict[str, Any]:
        things = DayThingSerializer(DayThing.objects.of(self.person).on(day), many=True).data
        return {"day": day, "things": things, "moved_minutes": tens_of(self.person, day) * 10}
