"""The Celery app: each room's tasks.py is found by name, and beat only ever nudges."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

from config import environment as env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TICK_SECONDS = env.number("REMINDERS_TICK_SECONDS", 30)

# What the settings mean by files://, where there is no Redis.
TRANSPORT_ALIASES["files"] = "config.queue_in_files:Transport"
app = Celery("waylight")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every entry is a nudge: what is due stands in rows, and running one twice does no harm.
app.conf.beat_schedule = {
    # A tick that nobody took in time is thrown away, so that none pile up while the workers are down.
    "what is due": {"task": "reminders.tick", "schedule": float(TICK_SECONDS), "options": {"expires": TICK_SECONDS}},
    "old deliveries": {"task": "reminders.prune", "schedule": crontab(hour=4, minute=10)},
    "copies of a person's data": {"task": "config.tidy", "schedule": 60.0},
    "sessions and sign-ups that are over": {"task": "accounts.tidy", "schedule": crontab(minute=25)},
    "keys without an account": {"task": "config.sweep_keys", "schedule": crontab(hour=3, minute=40)},
    "the access log is whole": {"task": "support.verify_access_log", "schedule": crontab(hour=3, minute=10)},
    "looks older than 6 years": {"task": "support.drop_old_looks", "schedule": crontab(hour=3, minute=25)},
    "codes that ran out": {"task": "support.drop_old_invitations", "schedule": crontab(hour=4, minute=10)},
    "entries not checked lately": {"task": "resources.mark_stale", "schedule": crontab(hour=3, minute=20)},
    "feeds whose turn it is": {"task": "resources.fetch_due", "schedule": crontab(minute=35)},
}


@worker_init.connect
def refuse_a_wrong_key(**_: Any) -> None:
    """A worker under the wrong master key would fail on every task; better that it does not start."""
    from accounts.keys import verify_master_key

    verify_master_key()


@worker_init.connect
def look_without_the_broker(**_: Any) -> None:
    """Messages through the broker may be lost or late; the rows are looked at all the same."""
    from reminders import polling

    polling.start(TICK_SECONDS)
