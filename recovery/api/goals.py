"""Goals and their steps over the API."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from plans.forms import LINE_LENGTH
from recovery import services
from recovery.models import Goal, GoalStep


class GoalStepSerializer(serializers.ModelSerializer[GoalStep]):
    text = serializers.CharField(max_length=LINE_LENGTH)

    class Meta:
        model = GoalStep
        fields = ["id", "text", "done_on"]
        read_only_fields = ["id", "done_on"]


class GoalSerializer(serializers.ModelSerializer[Goal]):
    text = serializers.CharField(max_length=LINE_LENGTH)
    reward = serializers.CharField(max_length=LINE_LENGTH, allow_blank=True, required=False)
    steps = GoalStepSerializer(many=True, required=False)

    class Meta:
        model = Goal
        fields = ["id", "text", "due_on", "reward", "steps", "done_on", "put_away_at"]
        read_only_fields = ["id", "done_on", "put_away_at"]


@extend_schema(tags=["goals"])
class GoalViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """Small goals, nearest first. A step that reads as before keeps its tick when the steps are sent anew."""

    serializer_class = GoalSerializer
    queryset = Goal.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Goal]:
        return Goal.objects.of(self.person).nearest_first().prefetch_related("steps")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = services.set_goal(person=self.person, now=timezone.now(), **_wish(serializer))

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        goal = self.get_object()
        kept = {name: getattr(goal, name) for name in ("text", "reward", "due_on")}
        kept["steps"] = [step.text for step in goal.steps.all()]
        services.change_goal(goal=goal, now=timezone.now(), **{**kept, **_wish(serializer)})
        serializer.instance = self.get_object()

    def perform_destroy(self, instance: Goal) -> None:
        services.remove_goal(goal=instance)

    @extend_schema(request=None, responses=GoalSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, pk: str) -> Response:
        """Say that it is reached."""
        return Response(GoalSerializer(services.finish_goal(goal=self.get_object(), now=timezone.now())).data)

    @extend_schema(request=None, responses=GoalSerializer)
    @action(detail=True, methods=["post"], url_path="put-away")
    def put_away(self, request: Request, pk: str) -> Response:
        """Let it rest; it can be taken up again."""
        return Response(GoalSerializer(services.put_away_goal(goal=self.get_object(), now=timezone.now())).data)

    @extend_schema(request=None, responses=GoalSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take it up again."""
        return Response(GoalSerializer(services.reopen_goal(goal=self.get_object())).data)


class StepTickSerializer(serializers.Serializer[Any]):
    done = serializers.BooleanField()


@extend_schema(tags=["goals"])
class GoalStepViewSet(PersonViewSet, mixins.RetrieveModelMixin):
    """One step of a goal, and its tick."""

    serializer_class = GoalStepSerializer
    queryset = GoalStep.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[GoalStep]:
        return GoalStep.objects.of(self.person)

    @extend_schema(request=StepTickSerializer, responses=GoalStepSerializer)
    @action(detail=True, methods=["put"])
    def tick(self, request: Request, pk: str) -> Response:
        """Tick it, or take the tick back."""
        said = StepTickSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        step = get_object_or_404(self.get_queryset(), pk=pk)
        if said.validated_data["done"]:
            services.finish_step(step=step, now=timezone.now())
        else:
            services.reopen_step(step=step)
        return Response(GoalStepSerializer(step).data)


def _wish(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    wish = dict(serializer.validated_data)
    if "steps" in wish:
        wish["steps"] = [step["text"] for step in wish["steps"]]
    return wish
