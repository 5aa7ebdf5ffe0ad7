"""Web push against a service that opens what it gets: an id and nothing else, to known services only."""

import json
from datetime import timedelta

import pytest

from reminders import dispatch, ways
from reminders.channels.push import is_push_service
from reminders.models import ChannelPause, Delivery, PushDevice
from tests.reminders.factories import delivery_of, schedule_of, utc, way_of
from tests.reminders.push_service import new_vapid_key, push_service

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT_SEVEN = utc(2026, 6, 11, 0)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def service(settings):
    settings.PUSH_HOSTS = ["127.0.0.1"]
    settings.VAPID_KEY = new_vapid_key()
    with push_service() as running:
        yield running


def device_of(person, service, **changes) -> PushDevice:
    keys = {"endpoint": service.endpoint, "p256dh": service.p256dh, "auth": service.auth, **changes}
    return PushDevice.objects.create(person=person, **keys)


def due(person) -> Delivery:
    return delivery_of(schedule_of(person, channel="push"), AT_SEVEN)


def send(row: Delivery, now=AT_SEVEN) -> tuple[str, str, str]:
    dispatch.deliver(*way_of(row), clock=lambda: now)
    row.refresh_from_db()
    return row.state, row.reason, row.trouble


def test_a_notification_holds_an_id_and_no_word(alice, service):
    device_of(alice, service)
    row = due(alice)

    assert send(row) == ("sent", "", "")
    assert json.loads(service.opened[0]) == {"id": str(row.pk)}
    headers = {name.lower(): value for name, value in service.headers[0].items()}
    assert headers["topic"] == row.pk.hex  # the same each time, so that a second copy takes the place of the first
    assert headers["ttl"] == str(90 * 60)
    assert headers["authorization"].startswith("vapid t=")


def test_somebody_without_a_device_is_told_and_nothing_is_sent(alice, service):
    assert send(due(alice)) == ("suppressed", "no_device", "")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(alice, service, status):
    device_of(alice, service)
    service.answers = [(status, {})]

    assert send(due(alice)) == ("failed", "refused", "gone")
    assert not PushDevice.objects.exists()


def test_one_browser_that_takes_it_is_enough(alice, service):
    device_of(alice, service)
    device_of(alice, service, endpoint=service.endpoint + "-other")
    service.answers = [(410, {})]

    assert send(due(alice)) == ("sent", "", "")
    assert PushDevice.objects.count() == 1


def test_a_service_that_asks_to_be_left_alone_is(alice, service):
    device_of(alice, service)
    service.answers = [(429, {"Retry-After": "120"})]
    row = due(alice)

    assert send(row)[0] == "due"
    assert ChannelPause.objects.get().until == AT_SEVEN + 2 * MINUTE
    assert send(row, AT_SEVEN + 1.5 * MINUTE)[0] == "due"
    assert send(row, AT_SEVEN + 2 * MINUTE)[0] == "sent"


def test_trouble_over_there_is_tried_again(alice, service):
    device_of(alice, service)
    service.answers = [(503, {})]
    row = due(alice)

    assert send(row) == ("due", "", "not_now")
    assert send(row, AT_SEVEN + MINUTE)[0] == "sent"


def test_a_browser_that_refuses_three_times_in_a_row_is_not_written_to(alice, service):
    device_of(alice, service, refused=2)
    service.answers = [(400, {})]
    row = due(alice)

    assert send(row)[0] == "failed"
    assert send(delivery_of(row.schedule, AT_SEVEN, slot=1)) == ("suppressed", "no_device", "")


def test_an_answer_that_points_elsewhere_is_not_followed(alice, service):
    device_of(alice, service)
    service.answers = [(307, {"Location": service.endpoint})]

    assert send(due(alice)) == ("failed", "refused", "redirected")
    assert service.opened == []


def test_keys_that_are_none_cost_one_message_and_the_device(alice, service):
    device_of(alice, service, p256dh="A" * 87)

    assert send(due(alice)) == ("failed", "refused", "bad_keys")
    assert not PushDevice.objects.exists()


def test_the_list_of_services_is_asked_again_at_the_moment_of_sending(alice, service, settings):
    device_of(alice, service)
    settings.PUSH_HOSTS = ["updates.push.services.mozilla.com"]

    assert send(due(alice)) == ("suppressed", "no_device", "")
    assert service.headers == []


@pytest.mark.parametrize(
    ("endpoint", "is_known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://db5p.notify.windows.com/w/?token=abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/fcm", False),
        ("https://fcm.googleapis.com.example.org/", False),
        ("https://user@fcm.googleapis.com/", False),
        ("https://fcm.googleapis.com@127.0.0.1/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://example.org/fcm.googleapis.com", False),
        ("https://fcm.googleapis.com:99999/", False),
        ("ftp://fcm.googleapis.com/", False),
        ("", False),
    ],
)
def test_only_the_addresses_of_known_services_are_called(endpoint, is_known):
    assert is_push_service(endpoint) is is_known


def test_the_page_keeps_this_device_once_and_removes_it(as_alice, as_charlie, alice, service):
    sent = {"endpoint": service.endpoint, "p256dh": service.p256dh, "auth": service.auth}
    for _time in range(2):
        assert as_alice.post("/you/reminders/devices/", sent).status_code == 302
    [device] = PushDevice.objects.of(alice)
    assert "They come to" in as_alice.get("/you/reminders/devices/").content.decode()

    assert as_charlie.post(f"/you/reminders/devices/{device.pk}/remove/").status_code == 404
    as_alice.post(f"/you/reminders/devices/{device.pk}/remove/")
    assert not PushDevice.objects.exists()


def test_an_address_that_is_no_push_service_is_refused_in_words(as_alice, service):
    sent = {"endpoint": "https://example.org/", "p256dh": service.p256dh, "auth": service.auth}

    response = as_alice.post("/you/reminders/devices/", sent)

    assert response.status_code == 422
    assert "do not know the push service" in response.content.decode()


def test_without_a_key_there_are_no_notifications_to_set(as_alice, settings):
    settings.VAPID_KEY = ""

    assert as_alice.get("/you/reminders/devices/").status_code == 404
    assert "push" not in [slug for slug, _name in ways.ways_of()]


def test_a_notification_leads_its_owner_on_and_nobody_else(as_alice, as_charlie, alice):
    row = due(alice)

    assert as_alice.get(f"/you/messages/{row.pk}/").status_code == 302
    assert as_charlie.get(f"/you/messages/{row.pk}/").status_code == 404
