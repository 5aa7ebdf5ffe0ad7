"""Check-ins over the API: one a day, by day or id."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from accounts.models import User
from accounts.pagination import Pages
from plans.models import Strategy, StrategyUse, Trigger
from recovery import services
from recovery.models import CheckIn, CheckInVersion
from recovery.models.checkin import HALT_WORDS, NOTE_LENGTH, Connection, Medication, Mood, PartOfDay, SleepQuality, Used

HALF = Decimal("0.5")


def person_of(serializer: BaseSerializer[Any]) -> User:
    person: User = serializer.context["request"].user
    return person


class MetSerializer(serializers.Serializer[Any]):
    """A trigger that was around; intensity 0–10 where it was said."""

    trigger = serializers.UUIDField()
    intensity = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)


class TriedSerializer(serializers.Serializer[Any]):
    """A strategy that was tried, and how it went where it was said."""

    strategy = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=StrategyUse.Outcome.choices, allow_blank=True, default="")


class CheckInSerializer(serializers.Serializer[CheckIn]):
    """One day's check-in. Only a day and a mood are needed; what is left out says nothing."""

    id = serializers.UUIDField(read_only=True)
    day = serializers.DateField()
    mood = serializers.ChoiceField(choices=Mood.choices, required=False)
    craving = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    sleep_hours = serializers.DecimalField(
        max_digits=3, decimal_places=1, min_value=0, max_value=24, required=False, allow_null=True,
        coerce_to_string=False,
    )  # fmt: skip
    used = serializers.ChoiceField(choices=Used.choices, required=False, allow_blank=True)
    over_limit = serializers.BooleanField(required=False, allow_null=True)
    something_else = serializers.BooleanField(required=False, allow_null=True)
    met = MetSerializer(many=True, required=False)
    strategies = TriedSerializer(many=True, required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LENGTH, trim_whitespace=False)
    medication = serializers.ChoiceField(choices=Medication.choices, required=False, allow_blank=True)
    connection = serializers.ChoiceField(choices=Connection.choices, required=False, allow_blank=True)
    confidence = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    halt = serializers.MultipleChoiceField(choices=list(HALT_WORDS.items()), required=False)
    risky_ahead = serializers.BooleanField(required=False, allow_null=True)
    sleep_quality = serializers.ChoiceField(choices=SleepQuality.choices, required=False, allow_null=True)
    craving_when = serializers.ChoiceField(choices=PartOfDay.choices, required=False, allow_blank=True)
    good_things = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LENGTH, trim_whitespace=False)
    answered_at = serializers.DateTimeField(required=False)
    late = serializers.BooleanField(read_only=True)
    submission = serializers.UUIDField(write_only=True)

    def validate_sleep_hours(self, hours: Decimal | None) -> Decimal | None:
        if hours is not None and hours % HALF:
            raise serializers.ValidationError(_("Half hours are close enough: 6, 6.5 or 7."))
        return hours

    def validate_met(self, met: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = Trigger.objects.of(person_of(self)).filter(pk__in=[each["trigger"] for each in met])
        return self._own(met, "trigger", set(known.values_list("pk", flat=True)))

    def validate_strategies(self, tried: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = Strategy.objects.of(person_of(self)).filter(pk__in=[each["strategy"] for each in tried])
        return self._own(tried, "strategy", set(known.values_list("pk", flat=True)))

    def _own(self, items: list[dict[str, Any]], key: str, known: set[uuid.UUID]) -> list[dict[str, Any]]:
        if any(item[key] not in known for item in items):
            raise serializers.ValidationError(_("Name something that is on your own plan."))
        return items

    def to_representation(self, instance: CheckIn) -> dict[str, Any]:
        return {
            **instance.answers(),
            "id": str(instance.pk),
            "day": instance.day.isoformat(),
            "met": [{"trigger": key, "intensity": intensity} for key, intensity in instance.met],
            "strategies": [{"strategy": key, "outcome": outcome} for key, outcome in instance.strategies],
            "halt": list(instance.halt),
            "sleep_hours": instance.sleep_hours,
            "answered_at": instance.answered_at,
            "late": instance.late,
        }

    def answers(self) -> dict[str, Any]:
        """What the service takes, of what was sent."""
        given: dict[str, Any] = {
            name: value
            for name, value in self.validated_data.items()
            if name not in {"day", "submission", "answered_at"}
        }
        if "sleep_hours" in given:
            hours = given.pop("sleep_hours")
            given["sleep_half_hours"] = None if hours is None else int(hours * 2)
        if "met" in given:
            given["met"] = [(each["trigger"], each["intensity"]) for each in given["met"]]
        if "strategies" in given:
            given["strategies"] = [(each["strategy"], each["outcome"]) for each in given["strategies"]]
        if "halt" in given:
            given["halt"] = "".join(letter for letter in HALT_WORDS if letter in given["halt"])
        return given


class CheckInChangeSerializer(CheckInSerializer):
    """A change of a kept day: its day stays, and the submission may be left out."""

    day = serializers.DateField(read_only=True)
    answered_at = serializers.DateTimeField(read_only=True)
    submission = serializers.UUIDField(write_only=True, required=False)


class CheckInPages(Pages):
    ordering = ("-day",)


@extend_schema(tags=["check-ins"])
class CheckInViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """Check-ins by day (2025-06-12) or id. The same submission sent again gives back what is kept."""

    serializer_class = CheckInSerializer
    pagination_class = CheckInPages
    lookup_value_converter = "str"

    def get_queryset(self) -> QuerySet[CheckIn]:
        return CheckIn.objects.of(self.person)

    def get_object(self) -> CheckIn:
        key = self.kwargs["pk"]
        for name, read in (("day", date.fromisoformat), ("pk", uuid.UUID)):
            try:
                found = self.get_queryset().filter(**{name: read(key)}).first()
            except ValueError:
                continue
            if found:
                return found
        raise Http404

    def create(self, request: Request) -> Response:
        form = CheckInSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        now, sent = timezone.now(), form.validated_data
        is_known = CheckInVersion.objects.of(self.person).filter(submission=sent["submission"]).exists()
        kept = services.save_checkin(
            person=self.person,
            day=sent["day"],
            answers=form.answers(),
            submission=sent["submission"],
            answered_at=sent.get("answered_at", now),
            now=now,
        )
        return Response(
            form.to_representation(kept), status=status.HTTP_200_OK if is_known else status.HTTP_201_CREATED
        )

    @extend_schema(request=CheckInChangeSerializer, responses=CheckInSerializer)
    def update(self, request: Request, pk: str, partial: bool = False) -> Response:
        """Set every answer anew; what is left out is empty from then on."""
        kept, now = self.get_object(), timezone.now()
        form = CheckInChangeSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        answers = {**kept.answers(), **form.answers()} if partial else {"mood": kept.mood, **form.answers()}
        changed = services.save_checkin(
            person=self.person,
            day=kept.day,
            answers=answers,
            submission=form.validated_data.get("submission", uuid.uuid4()),
            answered_at=now,
            now=now,
            whole=True,
        )
        return Response(form.to_representation(changed))

    @extend_schema(request=CheckInChangeSerializer, responses=CheckInSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change some answers; what is left out stays."""
        return self.update(request, pk, partial=True)

    def destroy(self, request: Request, pk: str) -> Response:
        services.remove_checkin(checkin=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
