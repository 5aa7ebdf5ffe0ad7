"""The person's own consents and who looked, over the API: to read, and to stop."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from accounts.pagination import Pages
from recovery.instruments.recipes import RECIPES
from recovery.models import Stage
from support import services
from support.models import Access, Consent
from support.policies import NotLetIn
from support.wording import NOTICE


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    scopes = serializers.SerializerMethodField()
    recipient_name = serializers.CharField(read_only=True)
    signed_text = serializers.CharField(read_only=True)

    class Meta:
        model = Consent
        fields = [
            "id", "recipient_name", "role", "purpose", "scopes", "starts_at", "expires_at", "revoked_at", "signed_at",
            "signed_text", "text_hash",
        ]  # fmt: skip
        read_only_fields = fields

    def get_scopes(self, consent: Consent) -> list[str]:
        return sorted(consent.scopes)


class AccessSerializer(serializers.ModelSerializer[Access]):
    viewer_name = serializers.CharField(read_only=True)
    kinds = serializers.SerializerMethodField()

    class Meta:
        model = Access
        fields = ["id", "at", "viewer_name", "viewer_role", "page", "kinds", "first_day", "last_day", "consent_id"]
        read_only_fields = fields

    def get_kinds(self, look: Access) -> list[str]:
        return look.kinds.split()


class NewestLooks(Pages):
    ordering = ("-position",)


class ConsentViewSet(ListModelMixin, RetrieveModelMixin, PersonViewSet):
    """What I have signed. Giving a consent takes a page and a password; taking it back takes one call."""

    serializer_class = ConsentSerializer
    queryset = Consent.objects.none()

    def get_queryset(self) -> QuerySet[Consent]:
        return Consent.objects.of(self.person).prefetch_related("scope_rows")

    @extend_schema(request=None, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: UUID | None = None) -> Response:
        consent = self.get_object()
        services.revoke_consent(consent=consent, now=timezone.now())
        consent.refresh_from_db()
        return Response(self.get_serializer(consent).data)


class ProposeSerializer(serializers.Serializer[Any]):
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", queryset=Stage.objects.all())


class ProposeCadenceSerializer(serializers.Serializer[Any]):
    slug = serializers.ChoiceField(choices=sorted(RECIPES))
    every_days = serializers.IntegerField(min_value=1, max_value=366)


class ProposedCadenceSerializer(ProposeCadenceSerializer):
    proposed_at = serializers.DateTimeField()


class ProposedSerializer(serializers.Serializer[Any]):
    stage = serializers.SlugField(source="stage.slug")
    proposed_at = serializers.DateTimeField()


@extend_schema(tags=["clients"])
class ClientViewSet(PersonViewSet):
    """What a counselor may put to somebody who lets them in; 404 without a consent that opens it."""

    serializer_class = ProposedSerializer
    queryset = Consent.objects.none()
    lookup_value_converter = "uuid"

    @extend_schema(
        request=ProposeSerializer,
        responses={201: ProposedSerializer},
        parameters=[OpenApiParameter("id", UUID, "path")],
    )
    @action(detail=True, methods=["post"], url_path="propose-stage")
    def propose_stage(self, request: Request, pk: UUID) -> Response:
        """Put a stage to the client, by the client's id; they see it on their path and decide."""
        said = ProposeSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        try:
            made = services.propose_stage_to(
                counselor=self.person, person_id=pk, now=timezone.now(), **said.validated_data
            )
        except NotLetIn as refusal:
            raise Http404 from refusal
        return Response(ProposedSerializer(made).data, status=201, headers={"X-Part2-Notice": NOTICE})

    @extend_schema(
        request=ProposeCadenceSerializer,
        responses={201: ProposedCadenceSerializer},
        parameters=[OpenApiParameter("id", UUID, "path")],
    )
    @action(detail=True, methods=["post"], url_path="propose-cadence")
    def propose_cadence(self, request: Request, pk: UUID) -> Response:
        """Put to the client how often a questionnaire could come round; they see it under Measures and decide."""
        said = ProposeCadenceSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        wish = said.validated_data
        try:
            made = services.propose_cadence_to(counselor=self.person, person_id=pk, now=timezone.now(), **wish)
        except NotLetIn as refusal:
            raise Http404 from refusal
        return Response(ProposedCadenceSerializer(made).data, status=201, headers={"X-Part2-Notice": NOTICE})


class AccessViewSet(ListModelMixin, PersonViewSet):
    """Who has looked at what is mine, newest first."""

    serializer_class = AccessSerializer
    pagination_class = NewestLooks
    queryset = Access.objects.none()

    def get_queryset(self) -> QuerySet[Access]:
        return Access.objects.about(self.person)


# The address under /api/v1/ and the view set that answers there.
ROUTES = cast(
    dict[str, type[GenericViewSet[Any]]],
    {"consents": ConsentViewSet, "accesses": AccessViewSet, "clients": ClientViewSet},
)
