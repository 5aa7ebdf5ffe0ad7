"""The room's addresses."""

from django.urls import path

from reminders.views import devices, settings, ways

app_name = "reminders"

urlpatterns = [
    path("you/reminders/", settings.settings, name="settings"),
    path("you/reminders/pause/", settings.pause, name="pause"),
    path("you/reminders/resume/", settings.resume, name="resume"),
    path("you/reminders/turn-off/", settings.turn_off, name="turn-off"),
    path("you/reminders/send-now/", settings.send_now, name="send-now"),
    path("you/reminders/quiet-hours/", ways.quiet_hours, name="quiet-hours"),
    path("you/reminders/devices/", devices.device_list, name="device-list"),
    path("you/reminders/devices/<uuid:pk>/remove/", devices.device_remove, name="device-remove"),
    path("you/reminders/calendar/", devices.calendar, name="calendar"),
    path("you/reminders/<slug:slug>/", ways.kind, name="kind"),
    path("you/reminders/<slug:slug>/turn-off/", ways.kind_off, name="kind-off"),
    path("you/messages/", ways.inbox, name="inbox"),
    path("you/messages/<uuid:pk>/", devices.message, name="message"),
    path("feeds/calendar/<str:token>.ics", devices.calendar_feed, name="calendar-feed"),
    path("off/<str:token>/", settings.off, name="off"),
]
