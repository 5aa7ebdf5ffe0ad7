"""Coping tools over the API: their texts, what was done, and the private pages."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from plans import services
from plans.api.parts import RowViewSet
from plans.forms import LINE_LENGTH, PAGE_LENGTH, TEXT_LENGTH
from plans.models import JournalEntry, ThoughtRecord, ToolUse, Weighing
from resources.tools import TOOLS


class PhaseSerializer(serializers.Serializer[Any]):
    word = serializers.CharField()
    seconds = serializers.IntegerField()
    move = serializers.CharField()


class StepSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    phases = PhaseSerializer(many=True)
    rounds = serializers.IntegerField()
    asks = serializers.BooleanField()


class WaySerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    seconds = serializers.IntegerField()
    steps = StepSerializer(many=True)


class ToolSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    group = serializers.CharField()
    cautions = serializers.ListField(child=serializers.CharField())
    evidence = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the metaclass takes it off the class
    written_on = serializers.DateField()
    ways = WaySerializer(many=True)


class ToolUseSerializer(serializers.Serializer[ToolUse]):
    id = serializers.UUIDField(read_only=True)
    submission = serializers.UUIDField(write_only=True)
    day = serializers.DateField(read_only=True)
    done_at = serializers.DateTimeField(required=False)
    tool = serializers.ChoiceField(choices=[(slug, slug) for slug in TOOLS])
    way = serializers.CharField(max_length=20, required=False, allow_blank=True)
    before = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    after = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    finished = serializers.BooleanField(required=False, default=True)


class PageSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    day = serializers.DateField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    submission = serializers.UUIDField(help_text="Made by the client; sent twice, a page is kept once.")

    def get_fields(self) -> dict[str, Any]:
        """A page keeps the submission that made it: a change may leave it out."""
        fields: dict[str, Any] = super().get_fields()
        fields["submission"].required = self.instance is None
        return fields


def words(longest: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=longest, **(options or {"required": False, "allow_blank": True}))


def strength() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)


class EntrySerializer(PageSerializer):
    prompt = words(LINE_LENGTH)
    text = words(PAGE_LENGTH, required=True)
    mood = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True)


class ThoughtSerializer(PageSerializer):
    situation = words(TEXT_LENGTH)
    thought = words(TEXT_LENGTH, required=True)
    feeling = words(LINE_LENGTH)
    before = strength()
    speaks_for = words(TEXT_LENGTH)
    speaks_against = words(TEXT_LENGTH)
    instead = words(TEXT_LENGTH)
    after = strength()


class WeighingSerializer(PageSerializer):
    use_gives = words(TEXT_LENGTH)
    use_costs = words(TEXT_LENGTH)
    change_gives = words(TEXT_LENGTH)
    change_costs = words(TEXT_LENGTH)


class ToolViewSet(PersonViewSet):
    """The exercises themselves, the same for everybody: steps, seconds, cautions and where they come from."""

    serializer_class = ToolSerializer
    pagination_class = None
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @extend_schema(responses=ToolSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response(ToolSerializer(list(TOOLS.values()), many=True).data)

    @extend_schema(parameters=[OpenApiParameter("slug", str, "path")])
    def retrieve(self, request: Request, slug: str) -> Response:
        if slug not in TOOLS:
            raise Http404
        return Response(ToolSerializer(TOOLS[slug]).data)


class ToolUseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, PersonViewSet):
    """What was done, newest first; the same submission sent again is the same use."""

    serializer_class = ToolUseSerializer
    queryset = ToolUse.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return ToolUse.objects.of(self.person)

    def create(self, request: Request) -> Response:
        said = self.get_serializer(data=request.data)
        said.is_valid(raise_exception=True)
        use = services.save_tool_use(person=self.person, now=timezone.now(), **said.validated_data)
        return Response(self.get_serializer(use).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, pk: Any = None) -> Response:
        services.remove_tool_use(use=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PageViewSet(RowViewSet):
    """Private pages: read, written, changed and removed by their owner alone."""

    model: ClassVar[Any]

    def add(self, said: dict[str, Any]) -> Any:
        return services.write(self.model, person=self.person, now=timezone.now(), **said)

    def change(self, row: Any, said: dict[str, Any]) -> Any:
        return services.rewrite(row, **{**said, "submission": row.submission})

    def remove(self, row: Any) -> None:
        services.remove_page(row)


class SearchSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=200)


class FoundSerializer(serializers.Serializer[Any]):
    results = EntrySerializer(many=True)


class JournalViewSet(PageViewSet):
    model = JournalEntry
    queryset = JournalEntry.objects.none()
    serializer_class: type[BaseSerializer[Any]] = EntrySerializer

    @extend_schema(request=SearchSerializer, responses=FoundSerializer, filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def search(self, request: Request) -> Response:
        """Find words; by POST, because what is searched for is private and an address is not."""
        wanted = SearchSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        found = services.search_journal(self.person, wanted.validated_data["q"])
        return Response(FoundSerializer({"results": found}).data)


class ThoughtViewSet(PageViewSet):
    model = ThoughtRecord
    queryset = ThoughtRecord.objects.none()
    serializer_class: type[BaseSerializer[Any]] = ThoughtSerializer


class WeighingViewSet(PageViewSet):
    model = Weighing
    queryset = Weighing.objects.none()
    serializer_class: type[BaseSerializer[Any]] = WeighingSerializer


ROUTES: dict[str, type[GenericViewSet[Any]]] = {
    "tools": ToolViewSet,
    "tool-uses": ToolUseViewSet,
    "journal": JournalViewSet,
    "thought-records": ThoughtViewSet,
    "weighings": WeighingViewSet,
}
