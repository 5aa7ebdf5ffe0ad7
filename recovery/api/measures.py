"""Questionnaires and what somebody answered, over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import PersonViewSet
from accounts.exceptions import Refusal
from accounts.pagination import Pages
from plans.emergency import numbers_for
from recovery import measured, services
from recovery.instruments import scoring, words
from recovery.instruments.recipes import RECIPES
from recovery.models import CadenceProposal, Instrument, Measure, SafetyEvent
from recovery.reviewing import someone_reviews
from recovery.services.measures import answers_of
from recovery.sheets import Sheet


class OptionSerializer(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    words = serializers.CharField()


class QuestionSerializer(serializers.Serializer[Any]):
    """One question: a choice among options, or, without any, a number of days from 0 to 30."""

    link_id = serializers.CharField()
    lead = serializers.CharField()
    words = serializers.CharField()
    options = OptionSerializer(many=True)


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    title = serializers.SerializerMethodField()
    about = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()

    class Meta:
        model = Instrument
        fields = ["id", "slug", "version", "title", "about", "copyright", "questions"]

    def get_title(self, instrument: Instrument) -> str:
        return Sheet(instrument).title

    def get_about(self, instrument: Instrument) -> str:
        return words.about(instrument.slug)

    @extend_schema_field(QuestionSerializer(many=True))
    def get_questions(self, instrument: Instrument) -> Any:
        return QuestionSerializer(Sheet(instrument).in_words(), many=True).data


class CadenceSerializer(serializers.Serializer[Any]):
    """How often; null for only when the person feels like it."""

    every_days = serializers.IntegerField(min_value=1, max_value=366, allow_null=True)
    since = serializers.DateField(read_only=True)


class CadenceProposalSerializer(serializers.ModelSerializer[CadenceProposal]):
    class Meta:
        model = CadenceProposal
        fields = ["id", "slug", "every_days", "by_name", "proposed_at", "answered_at", "accepted"]
        read_only_fields = fields


@extend_schema(tags=["measures"])
class CadenceProposalViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """Rhythms that were proposed; nothing is set before the person accepts."""

    serializer_class = CadenceProposalSerializer
    queryset = CadenceProposal.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[CadenceProposal]:
        return CadenceProposal.objects.of(self.person).newest_first()

    @extend_schema(request=None, responses=CadenceProposalSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Take it."""
        kept = services.accept_cadence(proposal=self.get_object(), now=timezone.now())
        return Response(CadenceProposalSerializer(kept).data)

    @extend_schema(request=None, responses=CadenceProposalSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Leave it as it is."""
        kept = services.decline_cadence(proposal=self.get_object(), now=timezone.now())
        return Response(CadenceProposalSerializer(kept).data)


@extend_schema(tags=["measures"])
class InstrumentViewSet(PersonViewSet, mixins.RetrieveModelMixin):
    """The questionnaires: the newest version of each that may be offered to this person now; any version by its id."""

    serializer_class = InstrumentSerializer
    queryset = Instrument.objects.all()
    pagination_class = None
    lookup_value_converter = "uuid"

    @extend_schema(responses=InstrumentSerializer(many=True))
    def list(self, request: Request) -> Response:
        offered = measured.offered_instruments(reviewed=someone_reviews(self.person, timezone.now()))
        return Response(InstrumentSerializer(offered, many=True).data)

    @extend_schema(request=CadenceSerializer, responses=CadenceSerializer)
    @action(detail=True, methods=["put"])
    def cadence(self, request: Request, pk: str) -> Response:
        """Say how often this person wants it."""
        form = CadenceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        every_days = form.validated_data["every_days"]
        kept = services.set_cadence(
            person=self.person, slug=self.get_object().slug, every_days=every_days, now=timezone.now()
        )
        return Response(CadenceSerializer(kept).data)


class LineSerializer(serializers.Serializer[Any]):
    """Somebody who answers at any hour, where the person is."""

    name = serializers.CharField()
    number = serializers.CharField()


class MeasureSerializer(serializers.ModelSerializer[Measure]):
    """One questionnaire as it was filled in; it never changes. `help_first`: show the numbers before anything else."""

    instrument = serializers.PrimaryKeyRelatedField(queryset=Instrument.objects.all())
    slug = serializers.CharField(source="instrument.slug", read_only=True)
    answers = serializers.DictField(child=serializers.IntegerField(allow_null=True), write_only=True)
    meaning = serializers.SerializerMethodField()
    help_first = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()
    ambulance = serializers.SerializerMethodField()

    class Meta:
        model = Measure
        fields = [
            "id", "instrument", "slug", "submission", "day", "taken_at", "answers", "scores", "band", "meaning",
            "help_first", "lines", "ambulance",
        ]  # fmt: skip
        read_only_fields = ["id", "day", "taken_at", "scores", "band"]

    def to_representation(self, instance: Measure) -> dict[str, Any]:
        return {**super().to_representation(instance), "answers": answers_of(instance)}

    def get_meaning(self, measure: Measure) -> list[str]:
        recipe = RECIPES[measure.instrument.slug]
        result = scoring.score(recipe, answers_of(measure))
        return words.meaning(recipe, result)

    def get_help_first(self, measure: Measure) -> bool:
        recipe = RECIPES[measure.instrument.slug]
        return any(scoring.opens_safety(recipe, key, answer) for key, answer in answers_of(measure).items())

    @extend_schema_field(LineSerializer(many=True))
    def get_lines(self, measure: Measure) -> Any:
        return LineSerializer(numbers_for(self.context["request"].user.country).lines, many=True).data

    def get_ambulance(self, measure: Measure) -> list[str]:
        return list(numbers_for(self.context["request"].user.country).ambulance)


class TurnedAwaySerializer(serializers.Serializer[Any]):
    """Why nothing was kept. The rest only where an answer puts help first: show the numbers before the words."""

    detail = serializers.CharField()
    help_first = serializers.BooleanField(required=False)
    lines = LineSerializer(many=True, required=False)
    ambulance = serializers.ListField(child=serializers.CharField(), required=False)


class MeasurePages(Pages):
    ordering = ("-taken_at", "-id")


@extend_schema(tags=["measures"])
class MeasureViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """What was filled in, newest first. The same submission sent again gives back what is kept; nothing changes it."""

    serializer_class = MeasureSerializer
    queryset = Measure.objects.none()
    pagination_class = MeasurePages
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Measure]:
        found = Measure.objects.of(self.person).select_related("instrument")
        return found.defer("instrument__questionnaire")  # a row needs the recipe's words, and none of the file's

    @extend_schema(
        responses={200: MeasureSerializer, 201: MeasureSerializer, 409: TurnedAwaySerializer},
    )
    def create(self, request: Request) -> Response:
        """Score a whole questionnaire and keep it. null says “rather not”; then nothing is totalled that needs it."""
        form = MeasureSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        sent, now = form.validated_data, timezone.now()
        heavy = self._open_safety(sent)
        known = self.get_queryset().filter(submission=sent["submission"]).exists()
        try:
            kept = services.take_measure(
                person=self.person,
                instrument=sent["instrument"],
                answers=sent["answers"],
                submission=sent["submission"],
                reviewed=someone_reviews(self.person, now),
                now=now,
            )
        except Refusal as refusal:
            if not heavy:
                raise
            numbers = numbers_for(self.person.country)
            told = {"detail": str(refusal), "help_first": True, **numbers._asdict()}
            return Response(TurnedAwaySerializer(told).data, status=status.HTTP_409_CONFLICT)
        return Response(form.to_representation(kept), status=status.HTTP_200_OK if known else status.HTTP_201_CREATED)

    def _open_safety(self, sent: dict[str, Any]) -> bool:
        """Note it before anything is scored, or turned away; return whether help comes first."""
        recipe = RECIPES[sent["instrument"].slug]
        heavy = any(scoring.opens_safety(recipe, key, answer) for key, answer in sent["answers"].items())
        if heavy:
            services.open_safety(
                person=self.person,
                screen=sent["submission"],
                source=SafetyEvent.Source.MEASURE,
                now=timezone.now(),
            )
        return heavy
