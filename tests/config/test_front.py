"""Where a sign-in leads: to one's own day, or to the people somebody looks after; and whom to ask about the site."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.clock import local_day
from plans.services import add_reason
from recovery.models import Journey
from recovery.services import save_checkin
from support.models import Access, Role, Scope
from tests.support.factories import let_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def first_page(client) -> str:
    return client.get(reverse("home")).url


def test_who_has_just_signed_up_begins_with_today(as_charlie):
    assert first_page(as_charlie) == reverse("today")


def test_a_counselor_who_keeps_no_record_begins_with_the_desk(as_bob):
    assert first_page(as_bob) == reverse("support:desk")


def test_a_supporter_who_keeps_no_record_begins_with_the_list_and_that_is_no_look(as_dana, alice, dana):
    let_in(alice, dana, Scope.HELPS, role=Role.SUPPORTER)

    assert first_page(as_dana) == reverse("support:supporting")
    assert not Access.objects.about(alice).exists()


def test_a_supporter_whom_nobody_lets_in_any_more_begins_with_today(as_dana, alice, dana):
    let_in(alice, dana, role=Role.SUPPORTER, since=timezone.now() - timedelta(days=200))

    assert first_page(as_dana) == reverse("today")


@pytest.mark.parametrize("keeps", ["a check-in", "a journey", "a plan"])
def test_a_counselor_who_keeps_a_record_of_their_own_begins_with_today(as_bob, bob, keeps):
    if keeps == "a check-in":
        now = timezone.now()
        save_checkin(
            person=bob, day=local_day(bob, now), answers={"mood": 3}, submission=uuid4(), answered_at=now, now=now
        )
    elif keeps == "a journey":
        Journey.objects.create(person=bob, aim="abstain")
    else:
        add_reason(person=bob, text="My daughter", now=timezone.now())

    assert first_page(as_bob) == reverse("today")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("hello@way.example.org", "mailto:hello@way.example.org"),
        ("https://way.example.org/us", "https://way.example.org/us"),
    ],
)
def test_whoever_runs_the_site_is_reached_from_privacy_terms_and_every_foot(client, settings, contact, link):
    settings.OPERATOR_CONTACT = contact

    for name in ("privacy", "terms"):
        page = BeautifulSoup(client.get(reverse(name)).content, "html.parser")
        assert page.select_one(f'main a[href="{link}"]').text == contact
        assert page.select_one(f'footer a[href="{link}"]').text == "Contact"


def test_without_a_contact_there_is_no_empty_word_about_one(client):
    for name in ("privacy", "terms"):
        page = client.get(reverse(name)).content.decode()
        assert "Who runs this site" not in page
        assert "Contact" not in page
