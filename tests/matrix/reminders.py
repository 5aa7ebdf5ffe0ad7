"""Who gets in where: the room of reminders."""

from datetime import time
from typing import Any

from reminders import services
from reminders.models import Delivery, PushDevice, Schedule, shard_of
from tests.matrix import MEMBERS, OWNER, PUBLIC, Row, row

ROWS: dict[str, Row] = {
    "reminders:settings": row(MEMBERS, "GET HEAD POST", body={"at": "18:30", "days": ["0", "1"]}),
    "reminders:pause": row(MEMBERS, "POST", body={"pause-until": "2001-01-01"}),
    "reminders:resume": row(MEMBERS, "POST", deed={302}),
    "reminders:turn-off": row(MEMBERS, "POST", deed={302}),
    "reminders:send-now": row(MEMBERS, "POST", deed={302}),
    "reminders:quiet-hours": row(MEMBERS, "GET HEAD POST", body={"begins": "22:00", "ends": "06:00"}),
    "reminders:kind": row(
        MEMBERS,
        "GET HEAD POST",
        args=lambda stage: ["reflection"],
        body={"at": "18:30", "days": ["0"], "channel": "inbox"},
    ),
    "reminders:kind-off": row(MEMBERS, "POST", args=lambda stage: ["reflection"], deed={302}),
    "reminders:inbox": row(MEMBERS),
    "reminders:message": row(OWNER, args=lambda stage: [stage.one(Delivery).pk], get=302),
    # Without a VAPID key there is no such page; tests/reminders/test_push.py has one.
    "reminders:device-list": row(MEMBERS, "GET HEAD POST", get=404, deed={404}),
    "reminders:device-remove": row(OWNER, "POST", args=lambda stage: [stage.one(PushDevice).pk], deed={302}),
    "reminders:calendar": row(MEMBERS, "GET HEAD POST", deed={200}),
    # The address is the permission, and only its hash is kept; tests/reminders/test_feed.py opens a real one.
    "reminders:calendar-feed": row(PUBLIC, args=lambda stage: ["none"], get={404}),
    # The signed link is the permission: whoever holds the message may stop it, and nothing else.
    "reminders:off": row(PUBLIC, "GET HEAD POST", args=lambda stage: [stage.one(Schedule).off_token], deed={200}),
    "api:reminders-list": row(MEMBERS),
    "api:reminders-detail": row(
        MEMBERS, "GET HEAD PATCH", args=lambda stage: ["check-in"], get={200, 404}, body={"local_time": "18:30"}
    ),
}


def plant(stage: Any) -> None:
    schedule = services.set_daily(person=stage.alice, at=time(19, 30), now=stage.now)
    Delivery.objects.create(
        person=stage.alice,
        shard=shard_of(stage.alice.pk),
        schedule=schedule,
        local_date=stage.now.date(),
        slot=-1,
        due_at=stage.now,
        attempt_at=stage.now,
        state="sent",
        sent_at=stage.now,
    )
    PushDevice.objects.create(person=stage.alice, endpoint="https://web.push.apple.com/x", p256dh="x", auth="x")
