"""Look-backs over the API."""

from typing import Any
from uuid import UUID

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
from plans.models import Trigger
from recovery import services
from recovery.look_back import FIELDS
from recovery.models import LookBack
from recovery.models.look_back import ANSWER_LENGTH

ANSWERS = (*FIELDS, "craving")


class LookBackSerializer(serializers.ModelSerializer[LookBack]):
    finished = serializers.BooleanField(required=False, source="finished_at", help_text="Whether it is complete.")

    class Meta:
        model = LookBack
        fields = ["id", "day", *ANSWERS, "finished", "planned_at", "put_away_at"]
        read_only_fields = ["id", "planned_at", "put_away_at"]
        extra_kwargs = {
            **{name: {"max_length": ANSWER_LENGTH} for name in FIELDS},
            "craving": {"min_value": 0, "max_value": 10},
        }

    def to_representation(self, instance: LookBack) -> dict[str, Any]:
        return {**super().to_representation(instance), "finished": instance.finished_at is not None}


class IntoPlanSerializer(serializers.Serializer[Any]):
    trigger = serializers.UUIDField(required=False, allow_null=True, help_text="Empty: as something to do.")


@extend_schema(tags=["look-backs"])
class LookBackViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """Days with use, thought over; one a day. The day stays once it is begun."""

    serializer_class = LookBackSerializer
    queryset = LookBack.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[LookBack]:
        return LookBack.objects.of(self.person)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        begun = services.begin_look_back(person=self.person, day=serializer.validated_data["day"])
        serializer.instance = self._keep(begun, serializer)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = self._keep(self.get_object(), serializer)

    def perform_destroy(self, instance: LookBack) -> None:
        services.remove_look_back(look_back=instance)

    @extend_schema(request=IntoPlanSerializer, responses=LookBackSerializer)
    @action(detail=True, methods=["post"], url_path="into-plan")
    def into_plan(self, request: Request, pk: UUID) -> Response:
        """Write the change into the plan, once."""
        said = IntoPlanSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        key = said.validated_data.get("trigger")
        trigger = Trigger.objects.of(self.person).filter(pk=key).first() if key else None
        if key and trigger is None:
            raise Http404
        kept = services.plan_change(look_back=self.get_object(), trigger=trigger, now=timezone.now())
        return Response(LookBackSerializer(kept).data)

    def _keep(self, look_back: LookBack, serializer: BaseSerializer[Any]) -> LookBack:
        said = serializer.validated_data
        finished = said.get("finished_at", look_back.finished_at is not None)
        answers = {name: said[name] for name in ANSWERS if name in said}
        return services.change_look_back(look_back=look_back, answers=answers, finished=finished, now=timezone.now())
