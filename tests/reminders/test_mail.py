"""Reminders over real SMTP: what stands in them, what does not, and what a difficult server changes."""

import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email.message import Message

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from reminders import dispatch, services
from reminders.channels import email
from reminders.models import Delivery, Schedule
from tests.reminders.factories import delivery_of, schedule_of, utc

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT_SEVEN = utc(2026, 6, 11, 0)
MINUTE = timedelta(minutes=1)
# What must never stand in a message, a header or a log line: names, and words that tell what this is about.
BANNED = r"alice|recover|sober|clean|lapse|addict|drug|alcohol|substance|crav|mood|sleep|trigger|counselor|health|treat"


def text_of(mail: Message) -> str:
    """The plain part; the other says the same."""
    return mail.get_payload(0).get_payload(decode=True).decode()


def due(person, at=AT_SEVEN) -> Delivery:
    return delivery_of(schedule_of(person), at, local_date=date(2026, 6, 10))


def send(*deliveries: Delivery, now=AT_SEVEN) -> None:
    dispatch.deliver("email", {delivery.shard for delivery in deliveries}, clock=lambda: now)


def test_the_mail_says_the_same_quiet_thing_to_everybody(alice, postbox, settings):
    delivery = due(alice)

    send(delivery)

    [mail] = postbox.mails
    body = text_of(mail)
    off = settings.PUBLIC_URL + reverse("reminders:off", args=[delivery.schedule.off_token])
    assert mail["Subject"] == "Waylight: a minute for you?"
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail["To"] == "alice@example.org"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]
    assert mail["Message-ID"] == f"<{delivery.pk.hex}@localhost>"
    assert re.sub(r"\s", "", mail["List-Unsubscribe"]) == f"<{off}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert off in body


def test_no_name_no_number_and_no_telling_word_stands_in_mail_or_log(alice, postbox, caplog):
    caplog.set_level(logging.DEBUG)

    send(due(alice))

    [mail] = postbox.mails
    said = text_of(mail) + "".join(f"{name}: {value}\n" for name, value in mail.items())
    said = said.replace("To: alice@example.org", "")
    words = re.sub(r"https?://\S+|<[^>]*>|\S+@\S+", "", said)
    assert not re.search(BANNED, words, re.IGNORECASE)
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # that is the server's own
    assert not re.search(BANNED, " ".join(ours), re.IGNORECASE)
    prose = mail["Subject"] + re.sub(r"https?://\S+", "", text_of(mail))
    assert not re.search(r"\d", prose)


def test_the_leading_link_opens_the_page_of_the_kind(alice, postbox, settings):
    send(due(alice))

    assert f"{settings.PUBLIC_URL}/\n" in text_of(postbox.mails[0]).replace("\r", "")


def test_a_batch_goes_over_one_connection(make_user, postbox):
    send(*[due(make_user(f"person{number}")) for number in range(10)])

    assert len(postbox.mails) == 10
    assert postbox.connections == 1


def test_refused_for_now_is_tried_after_1_5_15_and_45_minutes(alice, postbox):
    delivery = due(alice)
    postbox.replies = ["451 Later"] * 4
    now, waits = AT_SEVEN, []

    for _attempt in range(4):
        send(delivery, now=now)
        delivery.refresh_from_db()
        waits.append((delivery.attempt_at - now) // MINUTE)
        send(delivery, now=delivery.attempt_at - MINUTE / 2)  # too early: nothing happens
        now = delivery.attempt_at
    send(delivery, now=now)

    delivery.refresh_from_db()
    assert waits == [1, 5, 15, 45]
    assert (delivery.state, delivery.attempts) == ("sent", 5)
    assert postbox.copies() == {delivery.pk.hex: 1}


def test_a_retry_that_would_come_too_late_is_not_made(alice, postbox):
    delivery = due(alice)
    postbox.replies = ["421 Busy"]

    send(delivery)
    send(delivery, now=AT_SEVEN + 91 * MINUTE)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("expired", "late")
    assert postbox.mails == []


def test_refused_for_good_ends_it_and_leaves_a_note(alice, postbox):
    delivery = due(alice)
    postbox.refuse["alice@example.org"] = "550 No such mailbox"

    send(delivery)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("failed", "refused")
    assert Schedule.objects.get().bounced_at == AT_SEVEN


def test_one_that_arrives_takes_the_note_away(alice, postbox):
    delivery = due(alice)
    Schedule.objects.update(bounced_at=AT_SEVEN)

    send(delivery)

    assert Schedule.objects.get().bounced_at is None


def test_an_address_that_is_not_there_gets_no_more_by_itself(alice, postbox):
    first = due(alice)
    postbox.refuse["alice@example.org"] = "550 5.1.1 No such mailbox"
    send(first)
    del postbox.refuse["alice@example.org"]
    day = timedelta(days=1)
    second = delivery_of(first.schedule, AT_SEVEN + day, local_date=date(2026, 6, 11))

    send(second, now=AT_SEVEN + day)

    second.refresh_from_db()
    assert (second.state, second.reason) == ("suppressed", "no_mailbox")
    assert postbox.mails == []


def test_asking_for_one_tries_such_an_address_again_and_one_that_arrives_turns_it_back_on(alice, postbox):
    first = due(alice)
    postbox.refuse["alice@example.org"] = "550 No such mailbox"
    send(first)
    del postbox.refuse["alice@example.org"]

    asked = services.send_one_now(person=alice, now=AT_SEVEN + MINUTE)
    send(asked, now=AT_SEVEN + MINUTE)
    second = delivery_of(first.schedule, AT_SEVEN + timedelta(days=1), local_date=date(2026, 6, 11))
    send(second, now=AT_SEVEN + timedelta(days=1))

    assert len(postbox.mails) == 2
    assert Schedule.objects.get().dead_address is None


def test_a_changed_address_is_written_to(alice, postbox):
    first = due(alice)
    postbox.refuse["alice@example.org"] = "550 No such mailbox"
    send(first)
    EmailAddress.objects.filter(user=alice).delete()
    EmailAddress.objects.create(user=alice, email="alice@example.net", verified=True, primary=True)
    alice.email = "alice@example.net"
    alice.save()

    second = delivery_of(first.schedule, AT_SEVEN + timedelta(days=1), local_date=date(2026, 6, 11))
    send(second, now=AT_SEVEN + timedelta(days=1))

    assert [mail["To"] for mail in postbox.mails] == ["alice@example.net"]


@pytest.mark.parametrize("answer", ["550 5.7.1 Relaying denied", "554 5.7.0 Policy"])
def test_a_server_that_turns_us_away_says_nothing_about_the_address(alice, postbox, answer):
    postbox.refuse["alice@example.org"] = answer

    send(due(alice))

    schedule = Schedule.objects.get()
    assert schedule.bounced_at == AT_SEVEN
    assert schedule.dead_address is None


def test_a_message_that_is_not_liked_says_nothing_about_the_address(alice, postbox):
    postbox.replies = ["554 Looks like advertising"]

    send(due(alice))

    assert Schedule.objects.get().dead_address is None


def test_one_refused_address_does_not_hold_up_the_others(make_user, postbox):
    rows = [due(make_user(f"person{number}")) for number in range(5)]
    postbox.refuse["person2@example.org"] = "550 No such mailbox"

    send(*rows)

    assert len(postbox.mails) == 4
    assert Delivery.objects.filter(state="failed").count() == 1


def test_a_server_that_is_away_costs_time_and_loses_nothing(make_user, postbox, settings):
    rows = [due(make_user(f"person{number}")) for number in range(3)]
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()

    send(*rows)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"due"}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]

    settings.EMAIL_PORT = port
    send(*rows, now=AT_SEVEN + MINUTE)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(
    "greeting", [b"", b"\x00\xff garbage\r\n" * 40, b"554 Go away\r\n", b"220 hello\r\n999 ??\r\n"]
)
def test_a_server_that_talks_nonsense_costs_time_and_loses_nothing(alice, postbox, settings, greeting):
    delivery = due(alice)

    with nonsense(greeting) as port:
        settings.EMAIL_PORT = port
        send(delivery)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.attempt_at) == ("due", 1, AT_SEVEN + MINUTE)


def test_a_server_that_never_answers_is_left_after_a_while(alice, postbox, settings, monkeypatch):
    monkeypatch.setattr(email, "ANSWERS_WITHIN", 0.3)
    delivery = due(alice)

    with nonsense(None) as port:
        settings.EMAIL_PORT = port
        send(delivery)

    delivery.refresh_from_db()
    assert delivery.state == "due"


def test_a_whole_conversation_with_a_slow_server_ends_before_the_lease(settings):
    # Connect, greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA and its end; a quarter of the lease may be over.
    assert email.ANSWERS_WITHIN * 9 <= settings.REMINDERS_LEASE_SECONDS * 3 / 4


def test_a_connection_that_the_server_ended_is_opened_again(make_user, postbox):
    rows = [due(make_user(f"person{number}")) for number in range(4)]
    postbox.replies = ["421 That is enough for one connection"]

    send(*rows)

    states = list(Delivery.objects.values_list("state", flat=True))
    assert sorted(states) == ["due", "sent", "sent", "sent"]
    assert postbox.connections == 2


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def nonsense(greeting: bytes | None) -> Iterator[int]:
    """Listen as a mail server would, say something and hang up; None: say nothing and stay."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                peer, _address = listener.accept()
            except OSError:
                return
            kept.append(peer)
            if greeting is not None:
                peer.sendall(greeting)
                peer.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield int(listener.getsockname()[1])
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for peer in kept:
        peer.close()
    thread.join()
