"""Early signs over the API: the same rules, the same words, and never a number for all of them."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import PersonViewSet
from accounts.clock import local_day
from recovery import noticed, services, sign_words
from recovery.models import SignChoice
from recovery.signs import SLUGS, Level


class SignSerializer(serializers.Serializer[Any]):
    """One rule: what it looks at, the person's choice, and where it holds, why and on which days."""

    slug = serializers.SlugField(read_only=True)
    title = serializers.CharField(source="words.title", read_only=True)
    about = serializers.CharField(source="words.about", read_only=True)
    weight = serializers.CharField(source="words.weight", read_only=True)
    basis = serializers.CharField(source="words.basis", read_only=True)
    is_off = serializers.BooleanField()
    is_dismissed = serializers.BooleanField(read_only=True)
    is_shown = serializers.BooleanField(read_only=True)
    why = serializers.CharField(read_only=True)
    days = serializers.SerializerMethodField()

    def get_days(self, state: noticed.RuleState) -> list[str]:
        return [day.isoformat() for day in state.firing.days] if state.firing and not state.is_off else []


class SignsSerializer(serializers.Serializer[Any]):
    """What the signs say together, in a word. It is not a prediction."""

    level = serializers.ChoiceField(choices=[each.value for each in Level])
    headline = serializers.CharField()
    advice = serializers.CharField()
    signs = SignSerializer(many=True)


RULE = OpenApiParameter("slug", str, OpenApiParameter.PATH, enum=SLUGS)


@extend_schema(tags=["signs"])
class SignViewSet(PersonViewSet):
    """Early signs: a list of rules over the person's own check-ins. Not a prediction; each can be switched off."""

    queryset = SignChoice.objects.none()
    serializer_class = SignSerializer
    pagination_class = None
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @extend_schema(responses=SignsSerializer)
    def list(self, request: Request) -> Response:
        level, rules = noticed.every_rule(self.person, local_day(self.person, timezone.now()))
        headline, advice = sign_words.level_words(level)
        return Response(SignsSerializer({"level": level, "headline": headline, "advice": advice, "signs": rules}).data)

    @extend_schema(parameters=[RULE])
    def retrieve(self, request: Request, slug: str) -> Response:
        return self._answer(slug)

    @extend_schema(parameters=[RULE])
    def update(self, request: Request, slug: str) -> Response:
        """Switch a rule off or on."""
        form = SignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        self._check(slug)
        services.switch_sign(person=self.person, rule=slug, is_off=form.validated_data["is_off"])
        return self._answer(slug)

    @extend_schema(parameters=[RULE], request=None)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, slug: str) -> Response:
        """Put a sign aside until a newer day says the same."""
        self._check(slug)
        newest = noticed.newest_day(self.person, slug, local_day(self.person, timezone.now()))
        if newest:  # what does not hold any more needs no putting aside
            services.dismiss_sign(person=self.person, rule=slug, day=newest)
        return self._answer(slug)

    def _check(self, slug: str) -> None:
        if slug not in SLUGS:
            raise Http404

    def _answer(self, slug: str) -> Response:
        self._check(slug)
        _level, rules = noticed.every_rule(self.person, local_day(self.person, timezone.now()))
        return Response(SignSerializer(next(each for each in rules if each.slug == slug)).data)
