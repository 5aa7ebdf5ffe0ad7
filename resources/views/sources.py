"""Sources and their runs on the curator's desk: add one, hand over a file, look at what it would do, decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import PersonRequest
from accounts.queue import enqueue
from resources import services
from resources.forms import FileForm, SourceForm
from resources.models import ImportRun, Source
from resources.views.guards import curators_only

MOST_RUNS = 30
MOST_SHOWN = 100


@curators_only
@require_safe
def source_list(request: PersonRequest) -> HttpResponse:
    missing = Count("records", filter=Q(records__missing_since__isnull=False))
    sources = Source.objects.annotate(entries=Count("records"), gone=missing).order_by("name")
    waiting = ImportRun.objects.filter(state__in=["held", "preview"]).select_related("source")
    return render(request, "resources/source_list.html", {"sources": sources, "waiting": waiting})


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: PersonRequest) -> HttpResponse:
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        source = services.add_source(**form.cleaned_data)
        return redirect("resources:source-detail", pk=source.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "resources/source_form.html", {"form": form}, status=status)


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: PersonRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    form = SourceForm(request.POST if request.method == "POST" else None, instance=source)
    if request.method == "POST" and form.is_valid():
        services.change_source(source=source, **form.cleaned_data)
        return redirect("resources:source-detail", pk=source.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "resources/source_form.html", {"form": form, "source": source}, status=status)


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def source_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One source and its runs; POST hands over a file, which is read and looked at before anything is done."""
    source = get_object_or_404(Source.objects.select_related("program"), pk=pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            payload = form.cleaned_data["file"].read()
            run = services.take_file(source=source, payload=payload, by=request.user, now=timezone.now())
            return redirect("resources:run-detail", pk=run.pk)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {"source": source, "form": form, "runs": source.runs.defer("payload", "issues")[:MOST_RUNS]}
    context["gone"] = source.records.exclude(missing_since=None).select_related("listing")[:MOST_SHOWN]
    return render(request, "resources/source_detail.html", context, status=422 if form.errors else 200)


@curators_only
@require_POST
def source_fetch(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a worker to fetch a feed now."""
    source = get_object_or_404(Source.objects.exclude(url=""), pk=pk)
    enqueue("resources.fetch", source_id=source.pk)
    messages.info(request, _("It is being fetched. Come back to this page in a minute."))
    return redirect("resources:source-detail", pk=source.pk)


@curators_only
@require_safe
def run_detail(request: PersonRequest, pk: Any) -> HttpResponse:
    """One run: what it would do, how far it is, or what it did."""
    run = get_object_or_404(ImportRun.objects.defer("payload").select_related("source", "by", "approved_by"), pk=pk)
    context = {"run": run, "issues": run.issues[:MOST_SHOWN], "more": max(0, len(run.issues) - MOST_SHOWN)}
    template = "_run_detail.html" if request.htmx else "run_detail.html"
    return render(request, f"resources/{template}", context)


@curators_only
@require_POST
def run_approve(request: PersonRequest, pk: Any) -> HttpResponse:
    return _decide(request, pk, lambda run: services.approve_run(run=run, by=request.user))


@curators_only
@require_POST
def run_drop(request: PersonRequest, pk: Any) -> HttpResponse:
    return _decide(request, pk, lambda run: services.drop_run(run=run, now=timezone.now()))


@curators_only
@require_POST
def run_undo(request: PersonRequest, pk: Any) -> HttpResponse:
    return _decide(request, pk, lambda run: services.undo_run(run=run, now=timezone.now()))


def _decide(request: PersonRequest, pk: Any, deed: Callable[[ImportRun], None]) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    try:
        deed(run)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("resources:run-detail", pk=run.pk)
