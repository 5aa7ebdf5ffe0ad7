"""The plan's parts over the API."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from accounts.api import PersonViewSet
from accounts.models import OwnedModel, User
from plans import services
from plans.api.versions import stale, tagged, wanted_version
from plans.forms import LINE_LENGTH, NAME_LENGTH, TEXT_LENGTH
from plans.models import Activity, Answer, Contact, Item, Reason, Strategy, Trigger
from plans.services import ChangedMeanwhile


class OwnRelatedField(serializers.PrimaryKeyRelatedField):
    """Names one of the person's own rows; anybody else's does not exist."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        request = self.context.get("request")
        if request is None or not isinstance(request.user, User) or rows is None:
            return rows
        return rows.filter(person=request.user)


class RowSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class VersionedSerializer(RowSerializer):
    version = serializers.IntegerField(read_only=True)


class TriggerSerializer(VersionedSerializer):
    name = serializers.CharField(max_length=NAME_LENGTH)
    category = serializers.ChoiceField(choices=Trigger.Category.choices)
    impact = serializers.IntegerField(min_value=1, max_value=10)
    note = serializers.CharField(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    avoidable = serializers.ChoiceField(choices=Trigger.Avoidable.choices, required=False, allow_blank=True)
    archived_at = serializers.DateTimeField(read_only=True)


class RatingSerializer(serializers.Serializer[Any]):
    impact = serializers.IntegerField(min_value=1, max_value=10)
    rated_at = serializers.DateTimeField(read_only=True)


class PlacedSerializer(VersionedSerializer):
    position = serializers.IntegerField(read_only=True)


class StrategySerializer(PlacedSerializer):
    name = serializers.CharField(max_length=NAME_LENGTH)
    steps = serializers.CharField(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    minutes = serializers.IntegerField(min_value=1, max_value=240, required=False, allow_null=True)
    where = serializers.ChoiceField(choices=Strategy.Where.choices, required=False, allow_blank=True)


class ContactSerializer(PlacedSerializer):
    name = serializers.CharField(max_length=60)
    relation = serializers.CharField(max_length=60, required=False, allow_blank=True)
    number = serializers.CharField(max_length=40)
    number_type = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=Contact.Kind.choices, required=False, allow_blank=True)
    may_know = serializers.BooleanField(required=False)
    has_agreed = serializers.BooleanField(required=False)
    hours = serializers.CharField(max_length=60, required=False, allow_blank=True)
    script = serializers.CharField(max_length=LINE_LENGTH, required=False, allow_blank=True)
    tested_on = serializers.DateField(required=False, allow_null=True)
    sure = serializers.BooleanField(required=False, write_only=True)


class AnswerSerializer(PlacedSerializer):
    trigger = OwnRelatedField(queryset=Trigger.objects.all())
    strategy = OwnRelatedField(queryset=Strategy.objects.all(), required=False, allow_null=True)
    words = serializers.CharField(max_length=LINE_LENGTH, required=False, allow_blank=True)


class ActivitySerializer(PlacedSerializer):
    name = serializers.CharField(max_length=NAME_LENGTH)
    when = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True)
    company = serializers.ChoiceField(choices=Activity.Company.choices, required=False, allow_blank=True)
    cost = serializers.ChoiceField(choices=Activity.Cost.choices, required=False, allow_blank=True)


class ItemSerializer(PlacedSerializer):
    part = serializers.ChoiceField(choices=Item.Part.choices)
    kind = serializers.CharField(max_length=12)
    text = serializers.CharField(max_length=LINE_LENGTH)
    detail = serializers.CharField(max_length=LINE_LENGTH, required=False, allow_blank=True)


class ReasonSerializer(PlacedSerializer):
    text = serializers.CharField(max_length=500)


class MoveSerializer(serializers.Serializer[Any]):
    direction = serializers.ChoiceField(choices=["up", "down"])


class RowViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, PersonViewSet):
    """Read, add, change and remove one's own rows; each deed leaves a revision of the plan."""

    model: ClassVar[type[OwnedModel]]
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return self.model._default_manager.filter(person=self.person)

    def create(self, request: Request) -> Response:
        row = self.add(self.checked(request, partial=False))
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    def update(self, request: Request, pk: Any = None, partial: bool = False) -> Response:
        row = self.get_object()
        said = self.checked(request, partial=partial)
        return Response(self.get_serializer(self.change(row, {**self.as_it_stands(row), **said})).data)

    def partial_update(self, request: Request, pk: Any = None) -> Response:
        return self.update(request, pk=pk, partial=True)

    def destroy(self, request: Request, pk: Any = None) -> Response:
        self.remove(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def checked(self, request: Request, *, partial: bool) -> dict[str, Any]:
        serializer = self.get_serializer(data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def as_it_stands(self, row: Any) -> dict[str, Any]:
        """Return what a change without these fields leaves as it is."""
        serializer = self.get_serializer()
        assert isinstance(serializer, serializers.Serializer)
        fields = serializer.fields
        return {
            name: getattr(row, name) for name, field in fields.items() if not field.read_only and hasattr(row, name)
        }

    def add(self, said: dict[str, Any]) -> Any:
        raise NotImplementedError

    def change(self, row: Any, said: dict[str, Any]) -> Any:
        raise NotImplementedError

    def remove(self, row: Any) -> None:
        services.remove(row, now=timezone.now())


IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the version that was read."
)


class VersionedViewSet(RowViewSet):
    """Rows whose change names the version that it was made against: 428 without, 412 with both where it is stale."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        return tagged(row, self.get_serializer(row))

    def create(self, request: Request) -> Response:
        row = self.add(self.checked(request, partial=False))
        return tagged(row, self.get_serializer(row), status.HTTP_201_CREATED)

    @extend_schema(parameters=[IF_MATCH])
    def update(self, request: Request, pk: Any = None, partial: bool = False) -> Response:
        row = self.get_object()
        version, said = wanted_version(request), self.checked(request, partial=partial)
        if version != row.version:
            return stale(ChangedMeanwhile(row), self.get_serializer(row), request.data)
        try:
            row = self.change(row, {**self.as_it_stands(row), **said, "version": version})
        except ChangedMeanwhile as refusal:
            return stale(refusal, self.get_serializer(refusal.current), request.data)
        return tagged(row, self.get_serializer(row))

    @extend_schema(parameters=[IF_MATCH])
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        return self.update(request, pk=pk, partial=True)

    @extend_schema(parameters=[IF_MATCH], responses={204: None})
    def destroy(self, request: Request, pk: Any = None) -> Response:
        row = self.get_object()
        try:
            self.take_out(row, wanted_version(request))
        except ChangedMeanwhile as refusal:
            return stale(refusal, self.get_serializer(refusal.current), None)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def take_out(self, row: Any, version: int) -> None:
        services.remove(row, now=timezone.now(), version=version)


class PlacedViewSet(VersionedViewSet):
    """Rows with an order of the person's own."""

    @extend_schema(request=MoveSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: Any = None) -> Response:
        row = self.get_object()  # first: a stranger learns nothing, not even that the body was wrong
        said = MoveSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        services.move(row, said.validated_data["direction"], now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class TriggerViewSet(VersionedViewSet):
    model = Trigger
    queryset = Trigger.objects.none()
    serializer_class: type[BaseSerializer[Any]] = TriggerSerializer

    def add(self, said: dict[str, Any]) -> Trigger:
        return services.add_trigger(person=self.person, now=timezone.now(), **said)

    def change(self, row: Trigger, said: dict[str, Any]) -> Trigger:
        return services.change_trigger(trigger=row, now=timezone.now(), **said)

    def take_out(self, row: Trigger, version: int) -> None:
        services.remove_trigger(trigger=row, now=timezone.now(), version=version)

    @extend_schema(request=RatingSerializer, responses={201: RatingSerializer})
    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: Any = None) -> Response:
        trigger = self.get_object()
        said = RatingSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        rating = services.rate_trigger(trigger=trigger, now=timezone.now(), **said.validated_data)
        return Response(RatingSerializer(rating).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=RatingSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def ratings(self, request: Request, pk: Any = None) -> Response:
        return Response(RatingSerializer(self.get_object().ratings.oldest_first(), many=True).data)

    @extend_schema(request=None, responses=TriggerSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: Any = None) -> Response:
        trigger = self.get_object()
        return Response(TriggerSerializer(services.archive_trigger(trigger=trigger, now=timezone.now())).data)

    @extend_schema(request=None, responses=TriggerSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: Any = None) -> Response:
        trigger = self.get_object()
        return Response(TriggerSerializer(services.restore_trigger(trigger=trigger, now=timezone.now())).data)


class StrategyViewSet(PlacedViewSet):
    model = Strategy
    queryset = Strategy.objects.none()
    serializer_class: type[BaseSerializer[Any]] = StrategySerializer

    def add(self, said: dict[str, Any]) -> Strategy:
        return services.add_strategy(person=self.person, now=timezone.now(), **said)

    def change(self, row: Strategy, said: dict[str, Any]) -> Strategy:
        return services.change_strategy(strategy=row, now=timezone.now(), **said)

    def take_out(self, row: Strategy, version: int) -> None:
        services.remove_strategy(strategy=row, now=timezone.now(), version=version)


class ContactViewSet(PlacedViewSet):
    model = Contact
    queryset = Contact.objects.none()
    serializer_class: type[BaseSerializer[Any]] = ContactSerializer

    def add(self, said: dict[str, Any]) -> Contact:
        return services.add_contact(person=self.person, now=timezone.now(), **{"relation": "", **said})

    def change(self, row: Contact, said: dict[str, Any]) -> Contact:
        return services.change_contact(contact=row, now=timezone.now(), **said)


class AnswerViewSet(VersionedViewSet):
    """If-then answers: a trigger, and a strategy or own words or both."""

    model = Answer
    queryset = Answer.objects.none()
    serializer_class: type[BaseSerializer[Any]] = AnswerSerializer

    def add(self, said: dict[str, Any]) -> Answer:
        return services.add_answer(now=timezone.now(), **said)

    def change(self, row: Answer, said: dict[str, Any]) -> Answer:
        # An answer stays with its trigger.
        said = {name: said[name] for name in ("strategy", "words", "version")}
        return services.change_answer(answer=row, now=timezone.now(), **said)

    def take_out(self, row: Answer, version: int) -> None:
        services.remove_answer(answer=row, now=timezone.now(), version=version)


class ActivityViewSet(PlacedViewSet):
    model = Activity
    queryset = Activity.objects.none()
    serializer_class: type[BaseSerializer[Any]] = ActivitySerializer

    def add(self, said: dict[str, Any]) -> Activity:
        return services.add_activity(person=self.person, now=timezone.now(), **said)

    def change(self, row: Activity, said: dict[str, Any]) -> Activity:
        return services.change_activity(activity=row, now=timezone.now(), **said)


class ReasonViewSet(PlacedViewSet):
    model = Reason
    queryset = Reason.objects.none()
    serializer_class: type[BaseSerializer[Any]] = ReasonSerializer

    def add(self, said: dict[str, Any]) -> Reason:
        return services.add_reason(person=self.person, now=timezone.now(), **said)

    def change(self, row: Reason, said: dict[str, Any]) -> Reason:
        return services.change_reason(reason=row, now=timezone.now(), **said)


class ItemViewSet(PlacedViewSet):
    """The plain lists: warning signs, places and people, what is safer now, the week's support, how to help me."""

    model = Item
    queryset = Item.objects.none()
    serializer_class: type[BaseSerializer[Any]] = ItemSerializer

    def add(self, said: dict[str, Any]) -> Item:
        return services.add_item(person=self.person, now=timezone.now(), **said)

    def change(self, row: Item, said: dict[str, Any]) -> Item:
        # A line stays in its list.
        fields = {name: said[name] for name in ("kind", "text", "detail", "version")}
        return services.change_item(item=row, now=timezone.now(), **fields)


ROUTES: dict[str, type[GenericViewSet[Any]]] = {
    "triggers": TriggerViewSet,
    "strategies": StrategyViewSet,
    "contacts": ContactViewSet,
    "answers": AnswerViewSet,
    "activities": ActivityViewSet,
    "reasons": ReasonViewSet,
    "plan-items": ItemViewSet,
}
