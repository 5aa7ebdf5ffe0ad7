"""The room's part of the API: my reminders, read and set."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from reminders import kinds, services
from reminders.models import EVERY_DAY, Schedule, ScheduleQuerySet


class ReminderSerializer(serializers.ModelSerializer[Schedule]):
    """One kind of reminder; `days` has one bit a weekday, Monday the lowest."""

    class Meta:
        model = Schedule
        fields = ["kind", "local_time", "days", "is_active", "resumes_on", "next_at"]
        read_only_fields = fields


class ReminderChange(serializers.Serializer[Any]):
    """What may be changed; what is left out stays as it is."""

    local_time = serializers.TimeField(required=False)
    days = serializers.IntegerField(required=False, min_value=1, max_value=EVERY_DAY)
    is_active = serializers.BooleanField(required=False)
    resumes_on = serializers.DateField(required=False, allow_null=True)


@extend_schema_view(
    retrieve=extend_schema(parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH)]),
    partial_update=extend_schema(
        parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH)],
        request=ReminderChange,
        responses=ReminderSerializer,
    ),
)
class ReminderViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, PersonViewSet):
    """My reminders. The daily one can be set before there is any; the others appear where they are set up."""

    serializer_class = ReminderSerializer
    lookup_field = "kind"
    lookup_value_converter = "slug"

    def get_queryset(self) -> ScheduleQuerySet:
        return Schedule.objects.of(self.person).order_by("kind")

    def partial_update(self, request: Request, kind: str) -> Response:
        if kind != kinds.daily().slug:
            raise Http404
        change = ReminderChange(data=request.data)
        change.is_valid(raise_exception=True)
        services.change_daily(person=self.person, now=timezone.now(), **change.validated_data)
        return Response(self.get_serializer(self.get_object()).data)


# The address under /api/v1/ and the view set that answers there.
ROUTES: dict[str, type[GenericViewSet[Any]]] = {"reminders": ReminderViewSet}
