"""This phone: what it keeps without a network, under which name it is installed, how it is hidden and locked."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.http import A_YEAR, PersonRequest
from accounts.lock import TooManyPins, check_pin, remove_pin, set_pin
from accounts.services import choose_exit
from accounts.stepup import confirm_password
from config.forms import PasswordAgainForm
from config.forms_phone import HideForm, LookForm, PinForm
from config.kept import kept_plan
from config.looks import COOKIE, LOOKS


@require_safe
def phone(request: PersonRequest) -> HttpResponse:
    return _page(request)


@require_POST
def look_take(request: PersonRequest) -> HttpResponse:
    """Keep in this browser under which name and sign it installs the site."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return _page(request, look=form)
    messages.success(request, _("Kept for this phone. Install it now, or remove the old one first."))
    answer = redirect("phone")
    secure = request.is_secure()
    answer.set_cookie(COOKIE, form.cleaned_data["look"], max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer


@require_POST
def hide_take(request: PersonRequest) -> HttpResponse:
    form = HideForm(request.POST)
    if not form.is_valid():
        return _page(request, hide=form)
    choose_exit(person=request.user, to=form.cleaned_data["to"], signs_out=form.cleaned_data["signs_out"])
    messages.success(request, _("Kept."))
    return redirect("phone")


@require_POST
def pin_set(request: PersonRequest) -> HttpResponse:
    """Set or change the PIN, with the password."""
    form = PinForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            confirm_password(person=request.user, password=said["password"])
        except Refusal as refusal:
            form.add_error("password", str(refusal))
        else:
            try:
                set_pin(person=request.user, pin=said["pin"], minutes=said["minutes"])
                messages.success(request, _("The PIN is set. Hide this page to try it."))
                return redirect("phone")
            except Refusal as refusal:
                form.add_error("pin", str(refusal))
    return _page(request, pin=form)


@require_POST
def pin_remove(request: PersonRequest) -> HttpResponse:
    form = PasswordAgainForm(request.POST, prefix="remove")
    if form.is_valid():
        try:
            confirm_password(person=request.user, password=form.cleaned_data["password"])
            remove_pin(person=request.user)
            messages.success(request, _("The PIN is gone."))
            return redirect("phone")
        except Refusal as refusal:
            form.add_error("password", str(refusal))
    return _page(request, remove=form)


@require_POST
def pin_check(request: PersonRequest) -> HttpResponse:
    """Say whether this is the PIN, before the phone seals the plan with it: a typing slip would shut it for good."""
    try:
        check_pin(person=request.user, pin=request.POST.get("pin", ""))
    except TooManyPins as refusal:
        logout(request)
        return JsonResponse({"detail": str(refusal)}, status=409)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=422)
    return HttpResponse(status=204)


@never_cache
@require_safe
def plan_copy(request: PersonRequest) -> HttpResponse:
    """Give the whole plan as one document, for the copy that a phone keeps once its person has turned that on."""
    return JsonResponse(kept_plan(request.user, now=timezone.now()))


def _page(
    request: PersonRequest,
    *,
    look: LookForm | None = None,
    hide: HideForm | None = None,
    pin: PinForm | None = None,
    remove: PasswordAgainForm | None = None,
) -> HttpResponse:
    person = request.user
    bound = [form for form in (look, hide, pin, remove) if form]
    context = {
        "looks": LOOKS.values(),
        "look_form": look,
        "hide_form": hide or HideForm(initial={"to": person.hide_to, "signs_out": person.hide_signs_out}),
        "pin_form": pin or PinForm(initial={"minutes": person.locks_after}),
        "remove_form": remove or PasswordAgainForm(prefix="remove"),
        "wrong": bound[0] if bound else None,
    }
    return render(request, "config/phone.html", context, status=422 if bound else 200)
