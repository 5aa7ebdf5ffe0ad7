"""The admin behind our own sign-in: for administrators and curators, and not there for anybody else."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import second_step
from accounts.models import User

# Libraries bring these along. Who could set a verified address, or take a second step away, could take an account over
# and read it.
LEFT_OUT = frozenset({"account.emailaddress", "account.emailconfirmation", "auth.group", "mfa.authenticator"})


class HouseAdminSite(AdminSite):
    site_header = site_title = _("Waylight")
    index_title = _("Administration")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        super().register([m for m in models if m._meta.label_lower not in LEFT_OUT], admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and user.is_active and (user.is_superuser or user.is_curator)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            if request.user.is_authenticated and request.user.owes_second_step:
                return second_step.lead_to_set_up()
            _check_rows(view, request)
            return guarded(request, *args, **kwargs)

        return inner

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next") or "/admin/")


def _check_rows(view: Any, request: HttpRequest) -> None:
    """Turn away rows that cannot be: the stock list asks the database for whatever it was sent."""
    model_admin = getattr(view, "__self__", None)
    if not isinstance(model_admin, ModelAdmin):
        return
    for key in request.POST.getlist("_selected_action"):
        try:
            model_admin.opts.pk.clean(key, None)
        except ValidationError as wrong:
            raise BadRequest("no such row") from wrong
