"""Makes the floor's tables and one user with a year of days; prints the session's key."""

import os
import sys
from datetime import date, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.floor.settings"

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from tests.load.floor.models import Day

call_command("migrate", verbosity=0)
call_command("migrate", run_syncdb=True, verbosity=0)  # the floor's own table, which needs the users' first
user = get_user_model().objects.create_user("floor")
today = date(2026, 1, 1)
Day.objects.bulk_create(
    Day(user=user, day=today - timedelta(days=ago), mood=ago % 5 + 1, craving=ago % 11, note="An ordinary day.")
    for ago in range(365)
)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
sys.stdout.write(f"{session.session_key}\n")
