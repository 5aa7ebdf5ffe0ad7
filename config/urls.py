"""Where each room's door is."""

from django.contrib import admin
from django.urls import include, path

from config import cover
from config.api import router
from config.views import api_pages, front, health, help_now, mailbox, my_data, onboarding, plan_page, rides, today, you

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.mail, name="mail"),
    path("terms/", front.terms, name="terms"),
    path("privacy/", front.privacy, name="privacy"),
    path("robots.txt", front.robots, name="robots"),
    path("today/", today.today, name="today"),
    path("cover/", cover.cover, name="cover"),
    path("cover/off/", cover.uncover, name="uncover"),
    path("help/", help_now.help_now, name="help-now"),
    path("help/start/", help_now.help_start, name="help-start"),
    path("help/country/", help_now.help_country, name="help-country"),
    path("help/ride/", rides.ride_save, name="help-ride"),
    path("help/ride/<uuid:pk>/", rides.ride_ended, name="help-ride-ended"),
    path("plan/", plan_page.plan, name="plan"),
    path("plan/print/", plan_page.plan_print, name="plan-print"),
    path("", include("accounts.urls")),
    path("", include("reminders.urls")),
    path("", include("resources.urls")),
    path("", include("recovery.urls")),  # before plans: one tool, /tools/good-things/, is kept in the check-in
    path("", include("plans.urls")),
    path("", include("support.urls")),
    path("welcome/", onboarding.onboarding, name="onboarding"),
    path("welcome/<int:step>/", onboarding.onboarding_step, name="onboarding-step"),
    path("you/", you.you, name="you"),
    path("you/profile/", you.profile, name="profile"),
    path("you/zone/take/", you.zone_take, name="zone-take"),
    path("you/zone/later/", you.zone_later, name="zone-later"),
    path("you/data/", my_data.my_data, name="my-data"),
    path("you/data/copies/", my_data.export_ask, name="export-ask"),
    path("you/data/copies/<uuid:pk>/take/", my_data.export_take, name="export-take"),
    path("you/data/copies/<uuid:pk>/drop/", my_data.export_drop, name="export-drop"),
    path("you/data/delete/", my_data.account_delete, name="account-delete"),
    path("goodbye/", front.account_gone, name="account-gone"),
    path("accounts/", include("allauth.urls")),
    path("api/", api_pages.browse, name="api-pages"),
    path("api/schema/", api_pages.schema, name="api-schema"),
    path("api/v1/", include((router.urls, "api"))),
    path("admin/", admin.site.urls),
]
handler400 = "config.views.errors.bad_request"
handler403 = "config.views.errors.forbidden"
handler404 = "config.views.errors.not_found"
handler500 = "config.views.errors.broken"
