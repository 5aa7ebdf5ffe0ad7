"""The pages for what I do when an urge comes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from plans import services
from plans.forms import StrategyForm
from plans.models import Strategy
from plans.views.asking import ask, confirm_removal, move, own, sent


@require_safe
def strategy_list(request: PersonRequest) -> HttpResponse:
    template = "_strategy_list.html" if request.htmx else "strategy_list.html"
    return render(request, f"plans/{template}", {"cards": services.strategy_cards(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def strategy_add(request: PersonRequest) -> HttpResponse:
    return ask(
        request,
        StrategyForm(sent(request)),
        lambda said: services.add_strategy(person=request.user, now=timezone.now(), **said),
        then="plans:strategy-list",
        page="strategy_form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def strategy_edit(request: PersonRequest, pk: Any) -> HttpResponse:
    strategy = own(request, Strategy, pk)
    return ask(
        request,
        StrategyForm(sent(request), initial=_initial(strategy)),
        lambda said: services.change_strategy(strategy=strategy, now=timezone.now(), **said),
        then="plans:strategy-list",
        page="strategy_form.html",
        initial_of=_initial,
        strategy=strategy,
    )


def _initial(strategy: Strategy) -> dict[str, Any]:
    return {name: getattr(strategy, name) for name in ("name", "steps", "minutes", "where", "version")}


@require_POST
def strategy_move(request: PersonRequest, pk: Any) -> HttpResponse:
    return move(request, own(request, Strategy, pk), then="plans:strategy-list")


@require_http_methods(["GET", "HEAD", "POST"])
def strategy_remove(request: PersonRequest, pk: Any) -> HttpResponse:
    strategy = own(request, Strategy, pk)
    return confirm_removal(
        request,
        strategy,
        lambda: services.remove_strategy(strategy=strategy, now=timezone.now()),
        name=strategy.name,
        then="plans:strategy-list",
        edit="plans:strategy-edit",
        also=gettext("It also leaves the answers to your triggers, with the count of how often it helped."),
    )
