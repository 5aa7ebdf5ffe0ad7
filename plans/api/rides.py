"""Urges ridden out, over the API: also those of a phone without a network, which arrive later than they were."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from plans import services
from plans.api.parts import OwnRelatedField
from plans.models import Ride, Strategy, Trigger

# How long one may wait on a phone without a network, as a check-in may.
LONGEST_WAIT = timedelta(days=30)


class RideSerializer(serializers.ModelSerializer[Ride]):
    """One urge: when it began and ended, and how it went. The same submission sent again is the same ride."""

    outcome = serializers.ChoiceField(choices=Ride.Outcome.choices)
    ended_at = serializers.DateTimeField(
        write_only=True, required=False, help_text="When it was told; now, if it is left out."
    )

    trigger = OwnRelatedField(queryset=Trigger.objects.all(), required=False, allow_null=True)
    strategy = OwnRelatedField(queryset=Strategy.objects.all(), required=False, allow_null=True)
    ratings = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        read_only=True,
        help_text="How strong it was, as [minute, strength]: at 0, 5, 10, 15, 20 … minutes, 0–10.",
    )

    class Meta:
        model = Ride
        fields = [
            *("id", "submission", "day", "started_at", "ended_at", "minutes", "outcome", "trigger", "strategy"),
            *("strongest", "ratings"),
        ]
        # How strong it was is told while it is ridden, in Help now.
        read_only_fields = ["id", "day", "minutes", "strongest"]
        extra_kwargs = {"submission": {"write_only": True}}

    def validate_ended_at(self, ended_at: datetime) -> datetime:
        now = timezone.now()
        if ended_at < now - LONGEST_WAIT:
            raise serializers.ValidationError(_("That was more than 30 days ago, so it can't be added any more."))
        return min(ended_at, now)


@extend_schema(tags=["rides"])
class RideViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, PersonViewSet):
    """Urges ridden out, newest first."""

    serializer_class = RideSerializer
    queryset = Ride.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return Ride.objects.of(self.person)

    def create(self, request: Request) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        is_known = Ride.objects.of(self.person).filter(submission=said["submission"]).exists()
        ride = services.save_ride(
            person=self.person,
            submission=said["submission"],
            started_at=said["started_at"],
            outcome=said["outcome"],
            now=said.get("ended_at", timezone.now()),
            trigger=said.get("trigger"),
            strategy=said.get("strategy"),
        )
        answer = self.get_serializer(ride).data
        return Response(answer, status=status.HTTP_200_OK if is_known else status.HTTP_201_CREATED)


ROUTES: dict[str, type[GenericViewSet[Any]]] = {"rides": RideViewSet}
