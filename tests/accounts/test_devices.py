"""Where I am signed in: what is kept of a device, and signing it out."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from accounts import tasks
from accounts.devices import BROWSERS, SYSTEMS, family
from accounts.models import Role, Session
from accounts.sessions import SessionStore, digest
from tests.second_step import SECRET, code_for

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PIXEL = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile "
    "Safari/537.36"
)
NAMES = {
    PIXEL: "Chrome on Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile Safari/604.1": (
        "Chrome on iPhone"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0": (
        "Edge on Windows"
    ),
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox on Linux",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15": (
        "Safari on Mac"
    ),
    "curl/8.5.0": "",
    "": "",
}


def sign_in(user, agent: str = PIXEL, **fields: str) -> Client:
    client = Client(headers={"user-agent": agent})
    form = {"login": user.email, "password": "waylight-tests"} | fields
    assert client.post(reverse("account_login"), form).status_code == 302
    return client


@pytest.mark.parametrize("agent", NAMES)
def test_a_device_is_named_by_its_kind(agent):
    assert family(agent) == NAMES[agent]


@effort(deadline=None)
@given(st.text(max_size=300))
def test_nothing_of_a_user_agent_is_kept_but_our_own_words(agent):
    ours = {name for _sign, name in BROWSERS + SYSTEMS}

    assert set(family(agent).split(" on ")) - {""} <= ours


def test_the_row_holds_no_usable_key_and_no_trace_of_where(alice):
    client = sign_in(alice)

    row = Session.objects.get(person=alice)
    assert row.pk == digest(client.session.session_key) != client.session.session_key
    assert row.device == "Chrome on Android"
    assert "Pixel" not in str(row.__dict__) + str(row.get_decoded())
    assert not SessionStore(row.pk).exists(row.pk)  # what the database holds opens nothing


def test_the_page_names_every_device_and_marks_this_one(alice):
    phone = sign_in(alice)
    sign_in(alice, agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")

    page = phone.get(reverse("accounts:device-list")).content.decode()

    assert page.index("Chrome on Android") < page.index("Firefox on Linux")
    assert "This one, today" in page


def test_signing_one_device_out_ends_it_at_once(alice):
    phone, laptop = sign_in(alice), sign_in(alice)

    answer = phone.post(reverse("accounts:device-end"), {"device": digest(laptop.session.session_key)})

    assert answer.status_code == 302
    assert laptop.get(reverse("you")).status_code == 302
    assert phone.get(reverse("you")).status_code == 200


def test_signing_out_everywhere_else_leaves_this_one(alice):
    phone, laptop, tablet = sign_in(alice), sign_in(alice), sign_in(alice)

    phone.post(reverse("accounts:device-end-others"))

    assert [client.get(reverse("you")).status_code for client in (phone, laptop, tablet)] == [200, 302, 302]


def test_nobody_signs_somebody_elses_device_out(alice, charlie):
    phone, other = sign_in(alice), sign_in(charlie)

    answer = other.post(reverse("accounts:device-end"), {"device": digest(phone.session.session_key)})

    assert answer.status_code == 404
    assert phone.get(reverse("you")).status_code == 200
    assert "Chrome on Android" in phone.get(reverse("accounts:device-list")).content.decode()


def test_signing_out_deletes_the_row(alice):
    phone = sign_in(alice)

    phone.post(reverse("account_logout"))

    assert not Session.objects.filter(person=alice).exists()


def test_sessions_go_with_the_account(alice):
    phone = sign_in(alice)

    alice.delete()

    assert not Session.objects.exists()
    assert phone.get(reverse("you")).status_code == 302


def test_a_session_in_use_lasts_and_one_left_alone_ends(alice, time_machine):
    time_machine.move_to(timezone.now())
    phone = sign_in(alice)

    for _ in range(5):
        time_machine.shift(timedelta(days=10))
        assert phone.get(reverse("you")).status_code == 200
    assert Session.objects.get(person=alice).seen_on == timezone.now().date()
    time_machine.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE + 1))
    assert phone.get(reverse("you")).status_code == 302


def test_who_looks_after_others_is_signed_out_sooner(bob, time_machine):
    time_machine.move_to(timezone.now())
    desk = sign_in(bob, forget="on")
    desk.post(reverse("mfa_authenticate"), {"code": code_for(SECRET)})

    time_machine.shift(timedelta(seconds=settings.STAFF_SESSION_IDLE - 60))
    assert desk.get(reverse("you")).status_code == 200
    time_machine.shift(timedelta(seconds=settings.STAFF_SESSION_IDLE - 60))
    assert desk.get(reverse("you")).status_code == 200
    time_machine.shift(timedelta(seconds=settings.STAFF_SESSION_IDLE + 1))
    assert desk.get(reverse("you")).status_code == 302


def test_a_role_granted_meanwhile_shortens_the_session_that_is_open(alice, time_machine):
    time_machine.move_to(timezone.now())
    phone = sign_in(alice)
    Role.objects.create(user=alice, kind=Role.Kind.COUNSELOR, granted_at=timezone.now())
    assert phone.get(reverse("you")).status_code == 200

    time_machine.shift(timedelta(seconds=settings.STAFF_SESSION_IDLE + 1))

    assert phone.get(reverse("you")).status_code == 302


def test_a_shared_phone_can_forget(alice):
    kept, forgets = sign_in(alice), sign_in(alice, forget="on")

    assert kept.cookies["session"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert forgets.cookies["session"]["max-age"] == ""


def test_a_page_writes_no_session_when_nothing_is_due(alice, django_assert_max_num_queries):
    phone = sign_in(alice)
    phone.get(reverse("you"))

    with django_assert_max_num_queries(6) as queries:
        phone.get(reverse("you"))

    assert not [query for query in queries.captured_queries if "UPDATE" in query["sql"]]


def test_rows_of_sessions_that_lay_idle_are_deleted(alice, time_machine):
    time_machine.move_to(timezone.now())
    sign_in(alice)

    time_machine.shift(timedelta(days=15))
    tasks.tidy()

    assert not Session.objects.exists()
