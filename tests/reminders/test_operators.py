"""What whoever runs the site sees and can do: numbers, a second try, sending without workers, mails that came back."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command

from reminders import bounces, dispatch
from reminders.clock import database_now
from reminders.models import ChannelPause, Delivery, Schedule, Tick
from reminders.watching import standing
from tests.reminders.factories import daily_kind, delivery_of, schedule_of, sent, utc, way_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT_SEVEN = utc(2026, 6, 11, 0)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("reminders", *words, stdout=out)
    return out.getvalue()


# Numbers


def test_how_late_they_were_is_the_nearest_rank_of_the_last_hour(alice):
    schedule = schedule_of(alice)
    for number in range(100):
        at = AT_SEVEN - MINUTE
        fields = {"state": "sent", "sent_at": at + number * SECOND, "slot": number % 90, "local_date": at.date()}
        delivery_of(schedule, at, **{**fields, "local_date": at.date() + timedelta(days=number // 90)})

    found = standing(AT_SEVEN)

    assert found.late == {"p50": 49.0, "p99": 98.0}
    assert found.ended == {("email", "sent", ""): 100}


def test_what_waits_what_was_refused_and_who_is_left_alone_is_counted(alice):
    schedule = schedule_of(alice)
    delivery_of(schedule, AT_SEVEN - MINUTE, trouble="not_now")
    delivery_of(schedule, AT_SEVEN - MINUTE, slot=1, state="failed", reason="refused", trouble="no_mailbox")
    ChannelPause.objects.create(channel="push", until=AT_SEVEN + MINUTE)

    found = standing(AT_SEVEN)

    assert (found.waiting, found.oldest, found.tick_age) == ({"email": 1}, 60.0, None)
    assert found.tries == {("email", "not_now"): 1, ("email", "no_mailbox"): 1}
    assert found.paused == {"push": 60.0}


def test_numbers_are_for_this_machine_and_for_whoever_has_the_token(client, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    # What a proxy on this machine asks for somebody else.
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404

    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    right = {"Authorization": "Bearer a-long-token"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_numbers_name_nobody(client, alice):
    delivery_of(schedule_of(alice), database_now() - MINUTE)

    text = client.get("/metrics").content.decode()

    assert 'waylight_reminders_due{channel="email"} 1.0' in text
    assert str(alice.pk) not in text
    assert "alice" not in text


# Deeds


def test_status_says_when_nobody_is_looking(alice):
    with pytest.raises(CommandError, match="Nobody is looking"):
        told("status")

    Tick.objects.create(at=database_now())
    assert "due now          nothing" in told("status")


def test_replay_tries_again_what_is_still_of_use(alice):
    now = database_now()
    schedule = schedule_of(alice)
    lost = delivery_of(schedule, now - MINUTE, state="failed", reason="refused", attempts=5)
    old = delivery_of(schedule, now - timedelta(hours=3), slot=1, state="failed", reason="refused")
    taken = sent(schedule, now.date() - timedelta(days=1), now - MINUTE)

    assert told("replay").startswith("1 ")

    states = {row.pk: row.state for row in Delivery.objects.all()}
    assert (states[lost.pk], states[old.pk], states[taken.pk]) == ("due", "failed", "sent")


def test_drain_sends_what_is_due_without_a_worker(alice):
    daily_kind(is_done=lambda person, local_date: False)
    now = database_now()
    delivery_of(schedule_of(alice, local_time=now.time(), more_times=[]), now - SECOND, slot=-1)

    assert "nothing" in told("drain")
    assert len(mail.outbox) == 1


# Mails that came back


@pytest.fixture
def gone_out(alice, settings) -> Delivery:
    settings.MAIL_BOUNCES = "bounces@way.example.org"
    row = delivery_of(schedule_of(alice), AT_SEVEN)
    dispatch.deliver(*way_of(row), clock=lambda: AT_SEVEN)
    return row


def report(action: str, status: str) -> bytes:
    return (
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        b"Final-Recipient: rfc822; somebody@example.net\r\nAction: " + action.encode() + b"\r\n"
        b"Status: " + status.encode() + b"\r\n\r\n--x--\r\n"
    )


def test_each_mail_has_a_return_address_of_its_own_that_fits(gone_out):
    address = bounces.return_address(gone_out.pk)

    assert mail.outbox[0].from_email == address
    assert mail.outbox[0].extra_headers["From"].startswith("Waylight <")
    assert len(address.partition("@")[0]) <= 64
    assert bounces.delivery_of(address.upper()) == gone_out.pk


def test_a_hard_bounce_ends_it_for_this_address(gone_out, alice):
    assert bounces.came_back(bounces.return_address(gone_out.pk), report("failed", "5.1.1"), now=AT_SEVEN + MINUTE)

    schedule = Schedule.objects.get()
    assert schedule.dead_address == EmailAddress.objects.get(user=alice).pk
    assert schedule.bounced_at == AT_SEVEN + MINUTE


def test_three_soft_ones_end_it_too_and_one_that_arrives_begins_the_count_anew(gone_out):
    for number in range(3):
        assert Schedule.objects.get().dead_address is None, number
        bounces.came_back(bounces.return_address(gone_out.pk), report("delayed", "4.2.2"), now=AT_SEVEN + MINUTE)

    assert Schedule.objects.get().dead_address is not None


@pytest.mark.parametrize("mail_text", [b"", b"Subject: out of office\r\n\r\nhello", report("delivered", "2.0.0")])
def test_what_is_no_bounce_changes_nothing(gone_out, mail_text):
    assert not bounces.came_back(bounces.return_address(gone_out.pk), mail_text, now=AT_SEVEN + MINUTE)
    assert Schedule.objects.get().dead_address is None


@pytest.mark.parametrize("address", ["bounces@way.example.org", "bounces+x@way.example.org", "", "bounces+" + "a" * 46])
def test_an_address_that_we_did_not_make_changes_nothing(gone_out, address):
    assert not bounces.came_back(address, report("failed", "5.1.1"), now=AT_SEVEN + MINUTE)


def test_what_comes_back_after_two_days_changes_nothing(gone_out):
    later = AT_SEVEN + timedelta(hours=49)

    assert not bounces.came_back(bounces.return_address(gone_out.pk), report("failed", "5.1.1"), now=later)
