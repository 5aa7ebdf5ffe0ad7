"""The directory over the API: what is published, to read."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from accounts.pagination import Pages
from resources.api_stories import OwnStoryViewSet, StoryViewSet
from resources.forms import FindForm
from resources.models import Access, Facet, Listing, ListingQuerySet, Place, Schedule
from resources.search import find
from resources.treatment import BY_SLUG, OPTIONS

HOW = ["in_person", "online", "hybrid"]


class ListingAccessSerializer(serializers.ModelSerializer):
    class Meta:
        model = Access
        fields = ["method", "number", "number_type", "keyword", "extension", "country", "url", "note", "href"]
        read_only_fields = fields


class ScheduleSerializer(serializers.ModelSerializer):
    in_words = serializers.CharField(read_only=True)

    class Meta:
        model = Schedule
        fields = ["always_open", "by_appointment", "rrule", "starts_at", "minutes", "tz", "text", "in_words"]
        read_only_fields = fields


class ListingPlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Place
        fields = [
            *("name", "address", "city", "region", "postal_code", "country", "formatted_address"),
            *("latitude", "longitude", "precision", "notes", "transit"),
        ]
        read_only_fields = fields


class ListingSerializer(serializers.ModelSerializer):
    accesses = ListingAccessSerializer(many=True, read_only=True)
    schedules = ScheduleSerializer(many=True, read_only=True)
    program = serializers.CharField(source="program.slug", default=None, allow_null=True, read_only=True)
    place = ListingPlaceSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Listing
        fields = [
            *("id", "slug", "name", "kind", "sub_kind", "level", "country", "worldwide", "venue", "languages"),
            *("audience", "about", "facets", "cost", "medication", "program", "notes", "caution", "url", "status"),
            *("youngest", "oldest", "place"),
            *("evidence", "checked_on", "due_on", "accesses", "schedules"),
        ]
        read_only_fields = fields


class ByRank(Pages):
    ordering = "rank"


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words; an entry has all of them."),
            OpenApiParameter("kind", str, enum=Listing.Kind.values, many=True, description="One of these kinds."),
            OpenApiParameter("country", str, description="Two letters; what answers anywhere is in too."),
            OpenApiParameter("medication", bool, description="Only where medication is welcome."),
            OpenApiParameter("when", str, enum=["now", "soon"], description="Going on now, or soon: within 2 hours."),
            OpenApiParameter("day", int, enum=list(range(7)), many=True, description="One of these days; 0 is Monday."),
            OpenApiParameter("venue", str, enum=HOW, many=True, description="One of these."),
            OpenApiParameter("language", str, description="ISO 639 code."),
            OpenApiParameter("audience", str, description="Who it is for."),
            OpenApiParameter("program", str, description="Slug of a program."),
            OpenApiParameter("facet", str, enum=Facet.values, many=True, description="All of these."),
        ]
    )
)
class ListingViewSet(ListModelMixin, RetrieveModelMixin, PersonViewSet):
    """Lines, meetings and services, most urgent first. All that is asked for narrows the list."""

    serializer_class = ListingSerializer
    pagination_class = ByRank
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self) -> ListingQuerySet:
        if getattr(self, "swagger_fake_view", False):  # while the schema is written there is no request
            return Listing.objects.visible()
        wish = FindForm(self.request.GET).wish(default_country="")
        return find(wish).with_numbers().select_related("program")


class TreatmentSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    length = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField())
    cautions = serializers.ListField(child=serializers.CharField())
    evidence = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the metaclass takes it off the class
    is_advised = serializers.BooleanField()
    written_on = serializers.DateField()


class TreatmentViewSet(PersonViewSet):
    """Kinds of treatment, the same for everybody: what each is, what to ask, what to be careful about."""

    serializer_class = TreatmentSerializer
    pagination_class = None
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @extend_schema(responses=TreatmentSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response(TreatmentSerializer(OPTIONS, many=True).data)

    @extend_schema(parameters=[OpenApiParameter("slug", str, "path")])
    def retrieve(self, request: Request, slug: str) -> Response:
        if slug not in BY_SLUG:
            raise Http404
        return Response(TreatmentSerializer(BY_SLUG[slug]).data)


# The address under /api/v1/ and the view set that answers there.
ROUTES: dict[str, type[GenericViewSet[Any]]] = {
    "listings": ListingViewSet,
    "treatments": TreatmentViewSet,
    "stories": StoryViewSet,
    "own-stories": OwnStoryViewSet,
}
