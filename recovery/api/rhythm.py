"""The week's few things and proposed stages over the API."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import PersonViewSet
from accounts.clock import local_day
from plans.forms import LINE_LENGTH
from recovery import services
from recovery.models import Stage, StageProposal, WeekThing, WeekTick
from recovery.services.rhythm import week_of


class WeekThingSerializer(serializers.ModelSerializer[WeekThing]):
    done_this_week = serializers.BooleanField(read_only=True)

    class Meta:
        model = WeekThing
        fields = ["id", "text", "done_this_week"]


class WeekWish(serializers.Serializer[Any]):
    things = serializers.ListField(child=serializers.CharField(max_length=LINE_LENGTH))


class WeekTickChange(serializers.Serializer[Any]):
    done = serializers.BooleanField()


@extend_schema(tags=["week"])
class WeekThingViewSet(PersonViewSet, mixins.ListModelMixin):
    """The few things that a week should hold, and this week's ticks."""

    serializer_class = WeekThingSerializer
    queryset = WeekThing.objects.none()
    pagination_class = None
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[WeekThing]:
        monday = week_of(local_day(self.person, timezone.now()))
        held = WeekTick.objects.of(self.person).filter(thing=OuterRef("pk"), week_on=monday)
        return WeekThing.objects.of(self.person).current().annotate(done_this_week=Exists(held))

    @extend_schema(request=WeekWish, responses=WeekThingSerializer(many=True))
    def create(self, request: Request) -> Response:
        """Choose them anew: three at most. What reads as before keeps its weeks."""
        said = WeekWish(data=request.data)
        said.is_valid(raise_exception=True)
        services.set_week(person=self.person, now=timezone.now(), **said.validated_data)
        return Response(WeekThingSerializer(self.get_queryset(), many=True).data)

    @extend_schema(request=WeekTickChange, responses=WeekThingSerializer)
    @action(detail=True, methods=["put"])
    def tick(self, request: Request, pk: str) -> Response:
        """Say that this week held it, or take that back."""
        thing = self.get_object()
        said = WeekTickChange(data=request.data)
        said.is_valid(raise_exception=True)
        deed = services.tick_week if said.validated_data["done"] else services.untick_week
        deed(thing=thing, now=timezone.now())
        return Response(WeekThingSerializer(self.get_object()).data)


class StageProposalSerializer(serializers.ModelSerializer[StageProposal]):
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", read_only=True)

    class Meta:
        model = StageProposal
        fields = ["id", "stage", "by_name", "proposed_at", "answered_at", "accepted"]


@extend_schema(tags=["stages"])
class StageProposalViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """Stages that were proposed; nothing moves before the person accepts."""

    serializer_class = StageProposalSerializer
    queryset = StageProposal.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[StageProposal]:
        return StageProposal.objects.of(self.person).select_related("stage").newest_first()

    @extend_schema(request=None, responses=StageProposalSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Move there."""
        kept = services.accept_stage(proposal=self.get_object(), now=timezone.now())
        return Response(StageProposalSerializer(kept).data)

    @extend_schema(request=None, responses=StageProposalSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Stay."""
        kept = services.decline_stage(proposal=self.get_object(), now=timezone.now())
        return Response(StageProposalSerializer(kept).data)
