"""Who gets in where: the room of reminders."""

from datetime import time
from typing import Any

from reminders import services
from reminders.models import Schedule
from tests.matrix import MEMBERS, PUBLIC, Row, row

ROWS: dict[str, Row] = {
    "reminders:settings": row(MEMBERS, "GET HEAD POST", body={"at": "18:30", "days": ["0", "1"]}),
    "reminders:pause": row(MEMBERS, "POST", body={"pause-until": "2001-01-01"}),
    "reminders:resume": row(MEMBERS, "POST", deed={302}),
    "reminders:turn-off": row(MEMBERS, "POST", deed={302}),
    "reminders:send-now": row(MEMBERS, "POST", deed={302}),
    # The signed link is the permission: whoever holds the message may stop it, and nothing else.
    "reminders:off": row(PUBLIC, "GET HEAD POST", args=lambda stage: [stage.one(Schedule).off_token], deed={200}),
    "api:reminders-list": row(MEMBERS),
    "api:reminders-detail": row(
        MEMBERS, "GET HEAD PATCH", args=lambda stage: ["check-in"], get={200, 404}, body={"local_time": "18:30"}
    ),
}


def plant(stage: Any) -> None:
    services.set_daily(person=stage.alice, at=time(19, 30), now=stage.now)
