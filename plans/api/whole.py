"""The whole plan over the API: as it is read, looked over, and in its earlier versions."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from accounts.clock import local_day
from plans import services
from plans.api.parts import (
    ActivitySerializer,
    ContactSerializer,
    ItemSerializer,
    ReasonSerializer,
    StrategySerializer,
    TriggerSerializer,
)
from plans.compare import differences
from plans.models import PlanRevision, Trigger
from plans.services.cards import StrategyCard, TriggerCard, WholePlan
from plans.services.content import read


class PlanTriggerSerializer(TriggerSerializer):
    answers = serializers.ListField(child=serializers.CharField())
    is_gap = serializers.BooleanField()

    def to_representation(self, instance: TriggerCard) -> dict[str, Any]:
        row = TriggerSerializer(instance.trigger).data
        return {**row, "answers": [answer.text for answer in instance.answers], "is_gap": instance.is_gap}


class PlanStrategySerializer(StrategySerializer):
    eased = serializers.IntegerField()
    said = serializers.IntegerField()

    def to_representation(self, instance: StrategyCard) -> dict[str, Any]:
        return {**StrategySerializer(instance.strategy).data, "eased": instance.eased, "said": instance.said}


class PlanSerializer(serializers.Serializer[WholePlan]):
    reasons = ReasonSerializer(many=True)
    triggers = PlanTriggerSerializer(many=True)
    strategies = PlanStrategySerializer(many=True)
    activities = ActivitySerializer(many=True)
    contacts = ContactSerializer(many=True)
    professionals = ContactSerializer(many=True)
    items = serializers.DictField(child=ItemSerializer(many=True))
    confidence = serializers.IntegerField(source="plan.confidence", allow_null=True, default=None)
    review_on = serializers.DateField(allow_null=True)
    empty_parts = serializers.ListField(child=serializers.CharField(), source="fullness.empty")
    changed_at = serializers.DateTimeField(source="plan.changed_at", allow_null=True, default=None)


class PullSerializer(serializers.Serializer[Any]):
    trigger = serializers.UUIDField()
    impact = serializers.IntegerField(min_value=1, max_value=10)


class ReviewSerializer(serializers.Serializer[Any]):
    ratings = PullSerializer(many=True, required=False, default=list)
    confidence = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    review_on = serializers.DateField(required=False, allow_null=True, default=None)
    reminds = serializers.BooleanField(required=False, default=False)


class PlanViewSet(PersonViewSet):
    """The whole plan as it is read, every trigger in use included; it is changed through its parts."""

    serializer_class = PlanSerializer
    pagination_class = None

    @extend_schema(responses=PlanSerializer)
    def list(self, request: Request) -> Response:
        today = local_day(self.person, timezone.now())
        whole = services.whole_plan(self.person, today=today, most_triggers=services.MOST_ROWS)
        return Response(PlanSerializer(whole).data)

    @extend_schema(request=ReviewSerializer, responses={204: None})
    @action(detail=False, methods=["post"], pagination_class=None)
    def review(self, request: Request) -> Response:
        """Look the plan over: each pull as it is now, how sure the person is, and when to look next."""
        said = ReviewSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        given = said.validated_data
        triggers = (
            Trigger.objects.of(self.person).in_use().filter(pk__in=[each["trigger"] for each in given["ratings"]])
        )
        pulls = {str(each["trigger"]): each["impact"] for each in given["ratings"]}
        services.review_plan(
            person=self.person,
            ratings={trigger: pulls[str(trigger.pk)] for trigger in triggers},
            confidence=given["confidence"],
            review_on=given["review_on"],
            reminds=given["reminds"],
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class RevisionSerializer(serializers.Serializer[PlanRevision]):
    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)
    deed = serializers.CharField(read_only=True)
    part = serializers.CharField(read_only=True)


class WholeRevisionSerializer(RevisionSerializer):
    content = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField(child=serializers.ListField(child=serializers.DictField())))
    def get_content(self, revision: PlanRevision) -> Any:
        return read(revision)


class ChangeSerializer(serializers.Serializer[Any]):
    part = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    fields_changed = serializers.ListField(child=serializers.DictField())


class OtherSerializer(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        return {"with": serializers.UUIDField(required=False)}


class RevisionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, PersonViewSet):
    """Every version of the plan: who, when, what, and the whole content; any two compared, any brought back."""

    queryset = PlanRevision.objects.none()
    lookup_value_converter = "uuid"

    def get_serializer_class(self) -> Any:
        return WholeRevisionSerializer if self.action == "retrieve" else RevisionSerializer

    def get_queryset(self) -> Any:
        rows = PlanRevision.objects.of(self.person).newest_first()
        return rows.defer("content") if self.action == "list" else rows

    def destroy(self, request: Request, pk: Any = None) -> Response:
        services.remove_revision(person=self.person, revision=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        parameters=[OpenApiParameter("with", str, OpenApiParameter.QUERY, description="Key of the other version.")],
        responses=ChangeSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def compare(self, request: Request, pk: Any = None) -> Response:
        """What differs between this version and another; the latest where none is named."""
        this, kept = self.get_object(), self.get_queryset()
        wanted = OtherSerializer(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        named = wanted.validated_data.get("with")
        other = get_object_or_404(kept, pk=named) if named else kept.first()
        older, newer = sorted([this, other], key=lambda revision: revision.number)
        found = [
            {
                "part": part,
                "kind": change.kind,
                "name": change.name,
                "fields_changed": [{"field": name, "before": was, "after": now} for name, was, now in change.fields],
            }
            for part, changes in differences(read(older), read(newer))
            for change in changes
        ]
        return Response(ChangeSerializer(found, many=True).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: Any = None) -> Response:
        """Make the plan say again what this version says; how it was before is kept as a version."""
        services.restore_revision(person=self.person, revision=self.get_object(), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


ROUTES: dict[str, type[GenericViewSet[Any]]] = {"plan": PlanViewSet, "plan-revisions": RevisionViewSet}
