"""The counselor's desk: everybody who lets them in, and one person as far as they do."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from plans.models import Activity
from plans.services import readers
from recovery.models import Stage
from support import attention, caseload, insights, services
from support.forms import CadenceForm, DeskForm, NameForm, StageForm
from support.models import Access, Invitation, Role, Scope
from support.policies import NotLetIn, Opened, open_caseload, open_record
from support.views.guards import counselors_only, under_notice

ORDERS = {
    "silent": lambda row: (-row.silent_days, row.name.lower()),
    "name": lambda row: row.name.lower(),
    "craving": lambda row: (-(row.craving if row.craving is not None else -1), row.name.lower()),
}
SHOWN = frozenset(Scope) - {Scope.CHECKED_IN, Scope.HELPS, Scope.HELP_CARD}


@require_http_methods(["GET", "HEAD", "POST"])  # a name that is looked for comes as a POST: it is no part of an address
@counselors_only
@under_notice
@transaction.atomic
def desk(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    today = local_day(request.user, now)
    first = today - timedelta(days=attention.DAYS - 1)
    opened = open_caseload(viewer=request.user, now=now, days=(first, today))
    rows = caseload.rows_of([(each.person, each.scopes) for each in opened], today)
    find = DeskForm(request.POST if request.method == "POST" else {name: request.GET.get(name, "") for name in "sg"})
    asked = find.cleaned_data if find.is_valid() else {}
    order, query, group = asked.get("s") or "silent", asked.get("q", ""), asked.get("g", "")
    groups = caseload.grouped(sorted(rows, key=ORDERS[order]))
    shown = [row for row in rows if query.lower() in row.name.lower() and group in {"", row.level.name.lower()}]
    invitation = Invitation.objects.of(request.user).usable(now).filter(role=Role.COUNSELOR).first()
    wrong = find.errors.get("q")  # then everybody is listed, and the name stays to be put right
    context = {
        "groups": caseload.grouped(sorted(shown, key=ORDERS[order])),
        "filters": [(each.level.name.lower(), each.title, len(each.rows)) for each in groups],
        "group": group,
        "total": len(rows),
        "order": order,
        "query": find["q"].value() or "",
        "wrong": wrong,
        "today": today,
        "invitation": invitation,
        "form": NameForm(),
    }
    return render(request, "support/desk.html", context, status=422 if wrong else 200)


@require_POST
@counselors_only
def desk_code(request: PersonRequest) -> HttpResponse:
    """Make a code to hand over."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return render(request, "support/desk_code.html", {"form": form}, status=422)
    name = form.cleaned_data["name"]
    services.make_invitation(maker=request.user, role=Role.COUNSELOR, name=name, now=timezone.now())
    return redirect("support:desk")


@require_safe
@counselors_only
@under_notice
def client(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _client_page(request, pk)


@transaction.atomic
def _client_page(request: PersonRequest, pk: UUID, asks_for: Scope | None = None, **wrong: Form) -> HttpResponse:
    """Show a client as far as they let this counselor see.

    :param asks_for: without it there is no such form, and no answer to one
    :param wrong: a form that has to be put right, by the name that the page knows it by
    """
    now = timezone.now()
    today = local_day(request.user, now)
    try:
        opened = open_record(
            viewer=request.user,
            person_id=pk,
            role=Role.COUNSELOR,
            page=Access.Page.CLIENT,
            wanted=SHOWN,
            now=now,
            days=lambda person, scopes: insights.days_shown(person, scopes, today),
        )
    except NotLetIn as refusal:
        raise Http404 from refusal
    if asks_for and not opened.may(asks_for):
        raise Http404
    today = local_day(opened.person, now)
    context = {"opened": opened, "name": str(opened.person.called), "today": today, **_shared(opened, today), **wrong}
    context["pressing"] = caseload.pressing(opened.person, opened.scopes, today)
    return render(request, "support/client.html", context, status=422 if wrong else 200)


@require_POST
@counselors_only
@under_notice
def client_propose(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put a stage to the client, who decides."""
    stages = {stage.slug: stage for stage in Stage.objects.all()}
    form = StageForm(request.POST, slugs=stages)
    if not form.is_valid():
        return _client_page(request, pk, Scope.STAGE, stage_form=form)
    stage = stages[form.cleaned_data["stage"]]
    try:
        services.propose_stage_to(counselor=request.user, person_id=pk, stage=stage, now=timezone.now())
    except NotLetIn as refusal:
        raise Http404 from refusal
    messages.success(request, _("Proposed. They see it on their path and decide."))
    return redirect("support:client", pk)


@require_POST
@counselors_only
@under_notice
def client_propose_cadence(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put to the client how often a questionnaire could come round."""
    form = CadenceForm(request.POST)
    if form.is_valid():
        try:
            services.propose_cadence_to(counselor=request.user, person_id=pk, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Proposed. They see it under Measures and decide."))
            return redirect("support:client", pk)
        except NotLetIn as refusal:
            raise Http404 from refusal
        except Refusal as refusal:
            form.add_error("every_days", str(refusal))
    return _client_page(request, pk, Scope.MEASURES, cadence_form=form)


def _shared(opened: Opened, today: date) -> dict[str, object]:
    """Read what the consent opens, and nothing else."""
    person, shown = opened.person, {}
    for scope, name, read in (
        (Scope.CHARTS, "trends", lambda: insights.trends(person, today)),
        (Scope.CHECKINS, "days", lambda: insights.single_days(person, today)),
        (Scope.MEDICATION, "medication_days", lambda: insights.single_days(person, today)),
        (Scope.LAPSES, "noted_use", lambda: insights.noted_use(person, today)),
        (Scope.MEASURES, "measures", lambda: insights.measures(person)),
        (Scope.MEASURES, "cadence_form", CadenceForm),
        (Scope.STAGE, "stage", lambda: insights.stage_of(person)),
        (Scope.STAGE, "stages", lambda: insights.stages_to_propose(person)),
        (Scope.STAGE, "proposed", lambda: insights.proposed_by(person, str(opened.consent.recipient_name))),
        (Scope.TRIGGERS, "triggers", lambda: readers.top_triggers(person, 50)),
        (Scope.PLAN, "reasons", lambda: readers.reasons(person)),
        (Scope.PLAN, "strategies", lambda: readers.strategies(person)),
        (Scope.PLAN, "activities", lambda: list(Activity.objects.of(person).in_order())),
    ):
        if opened.may(scope):
            shown[name] = read()
    return {**shown, "not_shared": SHOWN - opened.scopes}
