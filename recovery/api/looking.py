"""Signs seen in oneself, and calls to make, over the API."""

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
from plans.forms import LINE_LENGTH
from recovery import services
from recovery.models import CallTask, SelfCheck, Stage


class SelfCheckSerializer(serializers.ModelSerializer[SelfCheck]):
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", queryset=Stage.objects.all())
    signs = serializers.ListField(child=serializers.SlugField(max_length=40), source="slugs")

    class Meta:
        model = SelfCheck
        fields = ["id", "stage", "looked_on", "signs"]
        read_only_fields = ["id", "looked_on"]
        validators: list[Any] = []  # a second look on a day replaces the first

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        known = {sign.slug: sign for sign in attrs["stage"].signs.all()}
        if unknown := [slug for slug in attrs["slugs"] if slug not in known]:
            raise serializers.ValidationError({"signs": [f"Not a sign of this stage: {unknown[0]}"]})
        return {"stage": attrs["stage"], "signs": [known[slug] for slug in attrs["slugs"]]}


@extend_schema(tags=["stages"])
class SelfCheckViewSet(PersonViewSet, mixins.ListModelMixin, mixins.CreateModelMixin):
    """Which signs the person saw in themselves, by day; nothing is added up."""

    serializer_class = SelfCheckSerializer
    queryset = SelfCheck.objects.none()

    def get_queryset(self) -> QuerySet[SelfCheck]:
        return SelfCheck.objects.of(self.person).select_related("stage").newest_first()

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        said = serializer.validated_data
        serializer.instance = services.look_at_signs(person=self.person, now=timezone.now(), **said)


class CallSerializer(serializers.ModelSerializer[CallTask]):
    what = serializers.CharField(max_length=LINE_LENGTH)

    class Meta:
        model = CallTask
        fields = ["id", "what", "by_on", "reminds", "done_on"]
        read_only_fields = ["id", "done_on"]


@extend_schema(tags=["calls"])
class CallViewSet(
    PersonViewSet,
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
):
    """Calls to make by a day, nearest first."""

    serializer_class = CallSerializer
    queryset = CallTask.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[CallTask]:
        return CallTask.objects.of(self.person).nearest_first()

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        wish = {"reminds": False, **serializer.validated_data}
        serializer.instance = services.plan_call(person=self.person, now=timezone.now(), **wish)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        call = self.get_object()
        wish = {"what": call.what, "by_on": call.by_on, "reminds": call.reminds, **serializer.validated_data}
        serializer.instance = services.change_call(call=call, now=timezone.now(), **wish)

    def perform_destroy(self, instance: CallTask) -> None:
        services.remove_call(call=instance, now=timezone.now())

    @extend_schema(request=None, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Say that it was not made after all."""
        return Response(CallSerializer(services.reopen_call(call=self.get_object(), now=timezone.now())).data)

    @extend_schema(request=None, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, pk: str) -> Response:
        """Say that it was made, whatever came of it."""
        return Response(CallSerializer(services.finish_call(call=self.get_object(), now=timezone.now())).data)
