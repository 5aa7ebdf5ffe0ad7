"""What makes the road harder and what holds, and its suggestions for the plan, over the API."""

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
from plans.forms import TEXT_LENGTH
from recovery import services
from recovery.inventory import STATEMENTS, SUGGESTIONS, Part
from recovery.models import Inventory


class InventorySerializer(serializers.ModelSerializer[Inventory]):
    ticked = serializers.ListField(child=serializers.ChoiceField(choices=list(STATEMENTS)), source="slugs")
    note = serializers.CharField(max_length=TEXT_LENGTH, allow_blank=True, required=False)

    class Meta:
        model = Inventory
        fields = ["id", "looked_on", "ticked", "note"]
        read_only_fields = ["id", "looked_on"]


class SuggestionSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    part = serializers.ChoiceField(choices=[part.value for part in Part])
    words = serializers.CharField()
    in_plan = serializers.BooleanField()


class TakeOverSerializer(serializers.Serializer[Any]):
    suggestion = serializers.ChoiceField(choices=list(SUGGESTIONS))
    pull = serializers.IntegerField(
        min_value=1, max_value=10, required=False, help_text="How strong a trigger's pull is."
    )


class TakenOverSerializer(serializers.Serializer[Any]):
    is_new = serializers.BooleanField(help_text="False where the plan had it already.")


@extend_schema(tags=["inventory"])
class InventoryViewSet(PersonViewSet, mixins.ListModelMixin, mixins.CreateModelMixin, mixins.DestroyModelMixin):
    """What was ticked, by day; looking again on a day replaces it, and nothing is added up."""

    serializer_class = InventorySerializer
    queryset = Inventory.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Inventory]:
        return Inventory.objects.of(self.person).newest_first()

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        said = serializer.validated_data
        serializer.instance = services.keep_inventory(
            person=self.person, ticked=said["slugs"], note=said.get("note", ""), now=timezone.now()
        )

    def perform_destroy(self, instance: Inventory) -> None:
        services.remove_inventory(inventory=instance)

    @extend_schema(responses=SuggestionSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def suggestions(self, request: Request) -> Response:
        """What the newest look suggests for the plan."""
        last = self.get_queryset().first()
        found = services.suggested(self.person, last.slugs if last else [])
        rows = [
            {"slug": each.slug, "part": each.part.value, "words": str(each.words), "in_plan": in_plan}
            for one in found
            for each, in_plan in one.suggestions
        ]
        return Response(rows)

    @extend_schema(request=TakeOverSerializer, responses=TakenOverSerializer)
    @action(detail=False, methods=["post"])
    def take(self, request: Request) -> Response:
        """Write one suggestion into the plan; a trigger needs its pull."""
        said = TakeOverSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        is_new = services.take_over(person=self.person, now=timezone.now(), **said.validated_data)
        return Response({"is_new": is_new})
