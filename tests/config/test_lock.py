"""The PIN: asked when the cover comes off and after a while away, five tries, and no way in by itself."""

import time

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from accounts.lock import LONGEST, SHORTEST, NotAPin, check_pin, lock_tag, person_tag, set_pin

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PIN, PASSWORD = "274916", "waylight-tests"
CLOSED = "This page is closed"


@pytest.fixture
def locked(alice, as_alice):
    set_pin(person=alice, pin=PIN, minutes=5)
    return as_alice


def hidden(client):
    client.post(reverse("cover"))
    return client


def carry_on(client, pin: str, to: str = "/you/data/"):
    return client.post(reverse("uncover"), {"next": to, "pin": pin})


def test_after_hiding_only_the_pin_leads_back(locked):
    hidden(locked)

    assert 'name="pin"' in locked.get("/you/data/").content.decode()
    wrong = carry_on(locked, "274917")
    assert wrong.status_code == 422
    assert "That is not your PIN" in wrong.content.decode()
    assert carry_on(locked, "").status_code == 422
    assert CLOSED in locked.get("/you/data/").content.decode()

    assert carry_on(locked, PIN)["Location"] == "/you/data/"
    assert CLOSED not in locked.get("/you/data/").content.decode()


def test_the_cover_asks_for_no_pin_where_there_is_none(as_alice):
    assert 'name="pin"' not in hidden(as_alice).get("/you/data/").content.decode()
    assert carry_on(as_alice, "")["Location"] == "/you/data/"


def test_the_fifth_wrong_pin_signs_out_and_the_right_one_is_too_late(locked):
    hidden(locked)

    answers = [carry_on(locked, "1357") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 302]
    assert locked.get("/you/data/")["Location"].startswith("/accounts/login/")
    carry_on(locked, PIN)
    assert locked.get("/you/data/").status_code == 302


def test_the_password_gives_five_new_tries(locked, alice, client):
    hidden(locked)
    for _ in range(5):
        carry_on(locked, "1357")

    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})

    carry_on(hidden(client), PIN)
    assert client.get("/you/data/").status_code == 200
    assert CLOSED not in client.get("/you/data/").content.decode()


def test_somebody_who_forgot_the_pin_signs_in_instead(locked):
    hidden(locked)

    answer = locked.post(reverse("uncover"), {"next": "/you/data/", "sign_in": "1"})

    assert answer["Location"] == "/you/data/"
    assert locked.get("/you/data/")["Location"].startswith("/accounts/login/")


def test_a_page_left_alone_longer_than_chosen_asks_for_the_pin(locked):
    start = int(time.time())
    with time_machine.travel(start, tick=False):
        assert CLOSED not in locked.get("/you/data/").content.decode()
    with time_machine.travel(start + 4 * 60, tick=False):
        assert CLOSED not in locked.get("/you/data/").content.decode()
    with time_machine.travel(start + 8 * 60, tick=False):
        assert CLOSED not in locked.get("/you/data/").content.decode()
    with time_machine.travel(start + 13 * 60, tick=False):
        assert CLOSED in locked.get("/you/data/").content.decode()
        assert 'href="tel:988"' in locked.get("/help/").content.decode()
        carry_on(locked, PIN)
        assert CLOSED not in locked.get("/you/data/").content.decode()


def test_without_a_pin_a_page_may_be_left_alone(as_alice):
    start = int(time.time())
    with time_machine.travel(start, tick=False):
        as_alice.get("/you/data/")
    with time_machine.travel(start + 3600, tick=False):
        assert CLOSED not in as_alice.get("/you/data/").content.decode()


@pytest.mark.parametrize(
    "pin", ["", "123", "1234", "4321", "890123", "7777", "12a4", "1" * (LONGEST + 1), "٣٤٥٦", " 2749 "]
)
def test_a_pin_that_anybody_would_try_is_turned_away(alice, pin):
    with pytest.raises(NotAPin):
        set_pin(person=alice, pin=pin, minutes=0)

    alice.refresh_from_db()
    assert alice.pin == ""


def test_the_pin_is_kept_as_a_hash_of_its_own_salt(alice, bob, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for person in (alice, bob):
        set_pin(person=person, pin="2" * (SHORTEST - 1) + "7", minutes=0)

    assert alice.pin.startswith("argon2")
    assert alice.pin != bob.pin
    check_pin(person=alice, pin="2227")


def test_setting_changing_and_removing_take_the_password(as_alice, alice):
    answer = as_alice.post(reverse("pin-set"), {"pin": PIN, "minutes": "5", "password": "wrong"})
    assert (answer.status_code, "not your password" in answer.content.decode()) == (422, True)
    alice.refresh_from_db()
    assert alice.pin == ""

    as_alice.post(reverse("pin-set"), {"pin": PIN, "minutes": "5", "password": PASSWORD})
    alice.refresh_from_db()
    assert (alice.locks_after, alice.check_password(PIN)) == (5, False)
    check_pin(person=alice, pin=PIN)
    assert as_alice.post(reverse("pin-set"), {"pin": "1234", "minutes": "5", "password": PASSWORD}).status_code == 422

    as_alice.post(reverse("pin-remove"), {"remove-password": "wrong"})
    alice.refresh_from_db()
    assert alice.pin
    as_alice.post(reverse("pin-remove"), {"remove-password": PASSWORD})
    alice.refresh_from_db()
    assert (alice.pin, alice.locks_after) == ("", 0)


def test_another_pin_has_another_name_and_neither_tells_anything(alice, bob):
    assert lock_tag(alice) == ""
    set_pin(person=alice, pin=PIN, minutes=0)
    first = lock_tag(alice)
    set_pin(person=alice, pin="8350", minutes=0)

    assert first != lock_tag(alice) != ""
    assert PIN not in first
    assert person_tag(alice) != person_tag(bob)
    assert str(alice.pk)[:8] not in person_tag(alice)


def test_tries_made_at_once_are_counted_before_they_are_looked_at(alice):
    set_pin(person=alice, pin=PIN, minutes=0)
    cache.set(f"pin:{alice.pk}", 5)

    with pytest.raises(Exception, match="Sign in again"):
        check_pin(person=alice, pin=PIN)


def test_hiding_signs_out_where_that_was_chosen_and_never_by_a_link_from_elsewhere(as_alice, alice):
    as_alice.post(reverse("hide-take"), {"to": "closed", "signs_out": "on"})
    as_alice.get(reverse("cover"), headers={"Sec-Fetch-Site": "cross-site"})
    assert as_alice.session.get("_auth_user_id") == str(alice.pk)

    answer = as_alice.get(reverse("cover"))

    assert answer["Location"] == "/"
    assert "_auth_user_id" not in as_alice.session
    assert CLOSED in as_alice.get("/").content.decode()
    carry_on(as_alice, "")
    assert as_alice.get("/you/data/")["Location"].startswith("/accounts/login/")


def test_a_way_out_that_is_not_offered_is_turned_away(as_alice):
    answer = as_alice.post(reverse("hide-take"), {"to": "https://elsewhere.example/"})

    assert answer.status_code == 422
    assert "Choose one of the pages shown" in answer.content.decode()
