"""The room's addresses."""

from django.urls import path

from reminders import views

app_name = "reminders"

urlpatterns = [
    path("you/reminders/", views.settings, name="settings"),
    path("you/reminders/pause/", views.pause, name="pause"),
    path("you/reminders/resume/", views.resume, name="resume"),
    path("you/reminders/turn-off/", views.turn_off, name="turn-off"),
    path("you/reminders/send-now/", views.send_now, name="send-now"),
    path("off/<str:token>/", views.off, name="off"),
]
