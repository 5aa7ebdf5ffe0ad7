"""The room's addresses."""

from django.urls import path

from accounts.views import devices, roles

app_name = "accounts"

urlpatterns = [
    path("you/devices/", devices.device_list, name="device-list"),
    path("you/devices/end/", devices.device_end, name="device-end"),
    path("you/devices/end-others/", devices.device_end_others, name="device-end-others"),
    path("you/counselor/", roles.counselor, name="counselor"),
    path("you/counselor/ask/", roles.counselor_ask, name="counselor-ask"),
    path("you/counselor/end/", roles.counselor_end, name="counselor-end"),
    path("roles/", roles.role_list, name="role-list"),
    path("roles/<int:pk>/approve/", roles.role_approve, name="role-approve"),
    path("roles/<int:pk>/decline/", roles.role_decline, name="role-decline"),
    path("roles/<int:pk>/end/", roles.role_end, name="role-end"),
]
