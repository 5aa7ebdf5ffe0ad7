"""A noted use can be moved to the right day and taken back, and every count follows."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from recovery.counts import walks
from recovery.models import Journey, Lapse
from recovery.services import FromACheckIn, FutureUse, NotedTwice, change_use, note_use, take_back_use
from tests.recovery.factories import JourneyFactory, LapseFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
TODAY = dt.date(2025, 6, 12)
LIST = "/right-now/noted/"


def days_ago(count: int) -> dt.date:
    return TODAY - dt.timedelta(days=count)


def total(person: User) -> int:
    walk, *_more = walks(person, TODAY)
    assert walk.totals
    return walk.totals.total


def page_of(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_a_day_taken_back_counts_again(alice):
    JourneyFactory(person=alice, started_on=days_ago(99))
    lapse = note_use(person=alice, day=days_ago(5), now=NOW)
    assert total(alice) == 99

    take_back_use(lapse=lapse)

    assert total(alice) == 100


def test_a_day_that_a_check_in_says_too_stays_away(alice):
    JourneyFactory(person=alice, started_on=days_ago(99))
    LapseFactory(person=alice, day=days_ago(5), source=Lapse.Source.CHECKIN)
    lapse = note_use(person=alice, day=days_ago(5), now=NOW)

    take_back_use(lapse=lapse)

    assert total(alice) == 99


def test_what_a_check_in_says_is_changed_there(alice):
    lapse = LapseFactory(person=alice, day=TODAY, source=Lapse.Source.CHECKIN)

    with pytest.raises(FromACheckIn, match="check-in of that day"):
        take_back_use(lapse=lapse)
    with pytest.raises(FromACheckIn):
        change_use(lapse=lapse, day=TODAY, over_limit=None, now=NOW)

    assert Lapse.objects.of(alice).exists()


def test_a_day_moves_but_neither_ahead_nor_onto_another(alice):
    note_use(person=alice, day=days_ago(9), now=NOW)
    lapse = note_use(person=alice, day=days_ago(5), now=NOW)

    with pytest.raises(FutureUse):
        change_use(lapse=lapse, day=TODAY + dt.timedelta(days=1), over_limit=None, now=NOW)
    with pytest.raises(NotedTwice):
        change_use(lapse=lapse, day=days_ago(9), over_limit=None, now=NOW)
    change_use(lapse=lapse, day=days_ago(4), over_limit=None, now=NOW)

    assert Lapse.objects.of(alice).days() == {days_ago(9), days_ago(4)}


def test_a_day_that_another_tab_took_back_is_not_there_and_one_that_it_noted_is_refused(alice):
    lapse = note_use(person=alice, day=days_ago(5), now=NOW)
    same = Lapse.objects.get(pk=lapse.pk)
    take_back_use(lapse=lapse)

    with pytest.raises(Http404):
        take_back_use(lapse=same)
    with pytest.raises(Http404):
        change_use(lapse=same, day=TODAY, over_limit=None, now=NOW)


def test_a_day_noted_in_the_same_moment_is_refused_in_words_by_the_database_itself(alice):
    lapse = note_use(person=alice, day=days_ago(5), now=NOW)
    note_use(person=alice, day=days_ago(9), now=NOW)

    with CaptureQueriesContext(connection) as asked, pytest.raises(NotedTwice):
        change_use(lapse=lapse, day=days_ago(9), over_limit=None, now=NOW)

    # The write itself was refused: nothing was asked before it that could be outdated by then.
    assert any(query["sql"].startswith("UPDATE") for query in asked)
    assert Lapse.objects.of(alice).days() == {days_ago(9), days_ago(5)}


@time_machine.travel(NOW, tick=False)
def test_what_was_taken_back_lies_sealed_in_the_session(as_alice, alice):
    lapse = note_use(person=alice, day=days_ago(3), now=NOW)

    as_alice.post(f"{LIST}{lapse.pk}/remove/")

    assert "2025-06-09" not in str(dict(as_alice.session))


def test_cutting_down_a_day_within_the_plan_counts_once_it_is_said(alice):
    JourneyFactory(person=alice, aim=Journey.Aim.CUT_DOWN, started_on=days_ago(9))
    lapse = note_use(person=alice, day=days_ago(5), now=NOW)
    assert total(alice) == 9

    change_use(lapse=lapse, day=lapse.day, over_limit=False, now=NOW)

    assert total(alice) == 10


class Stories(TestCase):
    databases = {"default", "keys"}

    @given(st.lists(st.tuples(st.sampled_from(["note", "take back"]), st.integers(0, 20)), max_size=25))
    def test_the_total_is_the_days_less_those_noted_whatever_was_done(self, deeds):
        person = User.objects.create_user(f"{User.objects.count()}@example.org", time_zone="America/Chicago")
        JourneyFactory(person=person, started_on=days_ago(20))
        noted = set()

        for deed, back in deeds:
            if deed == "note":
                note_use(person=person, day=days_ago(back), now=NOW)
                noted.add(back)
            elif back in noted:
                take_back_use(lapse=Lapse.objects.of(person).get(day=days_ago(back)))
                noted.remove(back)

        assert total(person) == 21 - len(noted)


@time_machine.travel(NOW, tick=False)
def test_one_tap_takes_a_day_back_and_one_tap_puts_it_there_again(as_alice, alice):
    lapse = note_use(person=alice, day=days_ago(3), over_limit=True, now=NOW)

    page = page_of(as_alice.post(f"{LIST}{lapse.pk}/remove/", follow=True))
    assert not Lapse.objects.of(alice).exists()

    undo = page.find("button", string="Undo").find_parent("form")
    typed = {field["name"]: field["value"] for field in undo.select("input, button")}
    again = as_alice.post(undo["action"], typed)

    assert again.url == LIST
    assert list(Lapse.objects.of(alice).values_list("day", "over_limit")) == [(days_ago(3), True)]
    assert "Undo" not in as_alice.get(LIST).content.decode()


@time_machine.travel(NOW, tick=False)
def test_a_day_is_changed_on_its_page_and_a_wrong_one_stays_typed(as_alice, alice):
    lapse = note_use(person=alice, day=days_ago(3), now=NOW)
    address = f"{LIST}{lapse.pk}/"

    ahead = as_alice.post(address, {"day": "2025-06-13"})
    moved = as_alice.post(address, {"day": "2025-06-01"})

    assert ahead.status_code == 422
    assert page_of(ahead).find("input", {"name": "day"})["value"] == "2025-06-13"
    assert moved.url == LIST
    assert Lapse.objects.of(alice).days() == {dt.date(2025, 6, 1)}


@time_machine.travel(NOW, tick=False)
def test_only_somebody_who_cuts_down_is_asked_whether_it_was_more_than_planned(as_alice, alice):
    lapse = note_use(person=alice, day=days_ago(3), over_limit=True, now=NOW)
    asked = 'input[type=radio][name="over_limit"]'

    assert not page_of(as_alice.get(f"{LIST}{lapse.pk}/")).select(asked)
    as_alice.post(f"{LIST}{lapse.pk}/", {"day": "2025-06-01", "over_limit": "yes"})
    assert Lapse.objects.of(alice).get().over_limit is True

    JourneyFactory(person=alice, aim=Journey.Aim.CUT_DOWN)
    assert page_of(as_alice.get(f"{LIST}{lapse.pk}/")).select(asked)


def test_what_a_check_in_says_leads_to_that_check_in(as_alice, alice):
    lapse = LapseFactory(person=alice, day=TODAY, source=Lapse.Source.CHECKIN)
    edit = reverse("recovery:checkin-edit", args=[TODAY])

    page = page_of(as_alice.get(LIST))

    assert page.select_one(f'main a[href="{edit}"]')
    assert not page.select('main form[action$="/remove/"]')
    assert as_alice.get(f"{LIST}{lapse.pk}/").url == edit
    assert as_alice.post(f"{LIST}{lapse.pk}/remove/").url == LIST
    assert Lapse.objects.of(alice).exists()


def test_the_list_asks_the_same_for_one_day_and_for_years(as_alice, alice, django_assert_max_num_queries):
    for back in range(200):
        LapseFactory(person=alice, day=days_ago(back))

    with django_assert_max_num_queries(8):
        page = page_of(as_alice.get(LIST))

    assert len(page.select("main li")) == 30


def test_the_api_changes_and_takes_back_what_was_noted_by_itself(as_alice, alice):
    lapse = note_use(person=alice, day=days_ago(3), now=NOW)
    said = LapseFactory(person=alice, day=days_ago(8), source=Lapse.Source.CHECKIN)

    def address(row: Lapse) -> str:
        return f"/api/v1/lapses/{row.pk}/"

    moved = as_alice.patch(address(lapse), {"day": "2025-06-01"}, content_type="application/json")
    refused = as_alice.patch(address(said), {"over_limit": True}, content_type="application/json")

    assert moved.json()["day"] == "2025-06-01"
    assert (refused.status_code, as_alice.delete(address(said)).status_code) == (409, 409)
    assert as_alice.delete(address(lapse)).status_code == 204
    assert Lapse.objects.of(alice).days() == {days_ago(8)}
