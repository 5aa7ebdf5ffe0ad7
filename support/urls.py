"""The room's addresses."""

from django.urls import path

from support.views import access_log, beside, desk, letting_in, rules, sharing

app_name = "support"

urlpatterns = [
    path("sharing/", sharing.sharing, name="sharing"),
    path("sharing/log/", access_log.access_log, name="access-log"),
    path("sharing/log/file/", access_log.access_log_file, name="access-log-file"),
    path("sharing/add/", letting_in.code_enter, name="code-enter"),
    path("sharing/add/what/", letting_in.scopes_choose, name="scopes-choose"),
    path("sharing/add/sign/", letting_in.consent_sign, name="consent-sign"),
    path("sharing/attention/", rules.rules, name="rules"),
    path("sharing/<uuid:pk>/", sharing.consent_detail, name="consent-detail"),
    path("sharing/<uuid:pk>/stop/", sharing.consent_stop, name="consent-stop"),
    path("sharing/<uuid:pk>/narrow/", sharing.consent_narrow, name="consent-narrow"),
    path("desk/", desk.desk, name="desk"),
    path("desk/code/", desk.desk_code, name="desk-code"),
    path("desk/<uuid:pk>/", desk.client, name="client"),
    path("desk/<uuid:pk>/propose/", desk.client_propose, name="client-propose"),
    path("desk/<uuid:pk>/propose-cadence/", desk.client_propose_cadence, name="client-propose-cadence"),
    path("beside/", beside.supporting, name="supporting"),
    path("beside/<uuid:pk>/", beside.beside, name="beside"),
]
