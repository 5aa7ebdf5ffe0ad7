"""The room's part of the API: my reminders, read and set."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from reminders import kinds, services
from reminders.models import EVERY_DAY, TIMES_A_DAY, Channel, Schedule, ScheduleQuerySet


class ReminderSerializer(serializers.ModelSerializer[Schedule]):
    """One kind of reminder; `days` has one bit a weekday, Monday the lowest."""

    class Meta:
        model = Schedule
        fields = [
            *("kind", "local_time", "more_times", "days", "is_active", "resumes_on", "next_at"),
            *("channel", "says_more", "asks_again"),
        ]
        read_only_fields = fields


class ReminderChange(serializers.Serializer[Any]):
    """What may be changed; what is left out stays as it is."""

    local_time = serializers.TimeField(required=False)
    more_times = serializers.ListField(child=serializers.TimeField(), required=False, max_length=TIMES_A_DAY - 1)
    channel = serializers.ChoiceField(choices=Channel.choices, required=False)
    says_more = serializers.BooleanField(required=False)
    asks_again = serializers.BooleanField(required=False)
    days = serializers.IntegerField(required=False, min_value=1, max_value=EVERY_DAY)
    is_active = serializers.BooleanField(required=False)
    resumes_on = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "more_times" in attrs and "local_time" not in attrs:
            raise serializers.ValidationError({"more_times": _("Send local_time too: it is the first of the day.")})
        return attrs


@extend_schema_view(
    retrieve=extend_schema(parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH)]),
    partial_update=extend_schema(
        parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH)],
        request=ReminderChange,
        responses=ReminderSerializer,
    ),
)
class ReminderViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, PersonViewSet):
    """My reminders. Each can be set before there is any; one that belongs to a record is set there.

    A time replaces all times of the day; the others of that day come in `more_times`.
    """

    serializer_class = ReminderSerializer
    lookup_field = "kind"
    lookup_value_converter = "slug"

    def get_queryset(self) -> ScheduleQuerySet:
        return Schedule.objects.of(self.person).order_by("kind")

    def partial_update(self, request: Request, kind: str) -> Response:
        if kind not in {kinds.daily().slug, *(each.slug for each in kinds.offered_to(self.person))}:
            raise Http404
        change = ReminderChange(data=request.data)
        change.is_valid(raise_exception=True)
        said = dict(change.validated_data)
        first, more = said.pop("local_time", None), said.pop("more_times", [])
        times = [first, *more] if first else None
        services.change_reminder(person=self.person, kind=kind, times=times, now=timezone.now(), **said)
        return Response(self.get_serializer(self.get_object()).data)


# The address under /api/v1/ and the view set that answers there.
ROUTES: dict[str, type[GenericViewSet[Any]]] = {"reminders": ReminderViewSet}
