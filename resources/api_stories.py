"""Stories over the API: to read, and one's own. Who told one stands in no answer."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api import PersonViewSet
from accounts.pagination import Pages
from resources import stretches, telling
from resources.forms_stories import LONGEST, NAME, SHORTEST, TITLE
from resources.models import HelpfulMark, Story, StoryReport
from resources.models.story import ContentNote, Pathway

PATHWAYS = serializers.MultipleChoiceField(choices=Pathway.choices, required=False)


class StorySerializer(serializers.ModelSerializer[Story]):
    """A published story, as everybody reads it."""

    pathways = serializers.ListField(child=serializers.CharField(), read_only=True)
    notes = serializers.ListField(child=serializers.CharField(), read_only=True)
    published_at = serializers.DateTimeField(source="decided_at", read_only=True)
    helpful_count = serializers.IntegerField(read_only=True)
    marked_helpful = serializers.BooleanField(read_only=True)

    class Meta:
        model = Story
        fields = [
            *("id", "pseudonym", "title", "body", "stage", "pathways", "notes"),
            *("published_at", "helpful_count", "marked_helpful"),
        ]
        read_only_fields = fields


class HelpfulChange(serializers.Serializer[Any]):
    helpful = serializers.BooleanField()


class StoryReportSerializer(serializers.ModelSerializer[StoryReport]):
    class Meta:
        model = StoryReport
        fields = ["what", "text"]


class NewestStories(Pages):
    ordering = ("-decided_at", "-id")


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("stage", str, description="The slug of a stage."),
            OpenApiParameter("pathway", str, enum=Pathway.values),
        ]
    )
)
@extend_schema(tags=["stories"])
class StoryViewSet(PersonViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """Published stories, newest first."""

    serializer_class = StorySerializer
    pagination_class = NewestStories
    queryset = Story.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Story]:
        marks = HelpfulMark.objects.of(self.person).filter(story=OuterRef("pk"))
        found = Story.objects.published().with_helpful().annotate(marked_helpful=Exists(marks))
        stage, pathway = (self.request.GET.get(name, "") for name in ("stage", "pathway"))
        return found.tagged(stage=stage, pathway=pathway if pathway in Pathway.values else "")

    @extend_schema(request=HelpfulChange, responses=StorySerializer)
    @action(detail=True, methods=["put"])
    def helpful(self, request: Request, pk: str) -> Response:
        """Say that it helped, or take that back."""
        story = self.get_object()
        said = HelpfulChange(data=request.data)
        said.is_valid(raise_exception=True)
        telling.mark_helpful(story=story, person=self.person, **said.validated_data)
        return Response(StorySerializer(self.get_object()).data)

    @extend_schema(request=StoryReportSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        """Ask the curators to look again; who asks is not kept."""
        story = self.get_object()
        said = StoryReportSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        telling.report_story(story=story, now=timezone.now(), **{"text": "", **said.validated_data})
        return Response(status=204)


class OwnStorySerializer(serializers.ModelSerializer[Story]):
    pseudonym = serializers.CharField(max_length=NAME)
    title = serializers.CharField(max_length=TITLE)
    body = serializers.CharField(min_length=SHORTEST, max_length=LONGEST)
    stage = serializers.SlugField(max_length=40, required=False, allow_blank=True)
    pathways = serializers.ListField(child=serializers.ChoiceField(choices=Pathway.choices), required=False)
    notes = serializers.ListField(child=serializers.ChoiceField(choices=ContentNote.choices), required=False)
    agreed = serializers.BooleanField(write_only=True, help_text="To the consent, which GET returns with each story.")
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Story
        fields = [
            *("id", "pseudonym", "title", "body", "stage", "pathways", "notes", "agreed", "state", "reasons"),
            *("consent_version", "consent_text", "consented_at", "withdrawn_at"),
        ]
        read_only_fields = ["id", "state", "consent_version", "consent_text", "consented_at", "withdrawn_at"]

    def validate_agreed(self, agreed: bool) -> bool:
        if not agreed:
            raise serializers.ValidationError("Without the agreement no story is taken.")
        return agreed

    def validate_stage(self, stage: str) -> str:
        if stage and stage not in stretches.titles():
            raise serializers.ValidationError("No stage has this slug.")
        return stage

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.validated_data.items() if name != "agreed"}


@extend_schema(tags=["stories"])
class OwnStoryViewSet(
    PersonViewSet, mixins.ListModelMixin, mixins.CreateModelMixin, mixins.RetrieveModelMixin, mixins.UpdateModelMixin
):
    """The person's own stories in every state. A change waits to be read again."""

    serializer_class = OwnStorySerializer
    queryset = Story.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ["get", "head", "post", "put", "options"]

    def get_queryset(self) -> QuerySet[Story]:
        return Story.objects.of(self.person)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer, OwnStorySerializer)
        serializer.instance = telling.offer_story(person=self.person, now=timezone.now(), **serializer.said())

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer, OwnStorySerializer)
        wish = {"stage": "", "pathways": [], "notes": [], **serializer.said()}
        serializer.instance = telling.change_story(story=self.get_object(), now=timezone.now(), **wish)

    @extend_schema(request=None, responses=OwnStorySerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it back: nobody sees it from this moment, and its words are deleted."""
        story = telling.withdraw_story(story=self.get_object(), now=timezone.now())
        return Response(OwnStorySerializer(story).data)
