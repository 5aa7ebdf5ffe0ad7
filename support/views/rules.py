"""What draws a counselor's attention, for the person to see and to switch off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from support import services
from support.attention import RULES
from support.forms import RuleForm
from support.models import QuietRule


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        quiet = QuietRule.objects.of(request.user).slugs()
        listed = [(slug, rule.title, slug in quiet) for slug, rule in RULES.items()]
        return render(request, "support/rules.html", {"rules": listed})
    form = RuleForm(request.POST)
    if not form.is_valid():
        raise Http404
    off = form.cleaned_data["off"]
    services.set_rule(person=request.user, rule=form.cleaned_data["rule"], off=off)
    messages.success(request, _("Off. It draws nobody’s attention from now on.") if off else _("On again."))
    return redirect("support:rules")
