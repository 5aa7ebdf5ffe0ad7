"""The desk and the supporter's page: only what the consent opens, the notice on each, the same queries for 500."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.clock import local_day
from accounts.models import Role as AccountRole
from accounts.models import User
from accounts.unlocking import acting_for
from plans.models import Activity, Contact, Reason, Strategy, Trigger
from support.models import Access, Consent, ConsentScope, Role, Scope
from tests.recovery.factories import CheckInFactory, LapseFactory
from tests.recovery.questionnaires import take
from tests.support.factories import let_in
from tests.support.test_sharing import text_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def record(alice) -> None:
    """What Alice keeps: a fortnight of check-ins, a plan, one noted use."""
    today = local_day(alice, timezone.now())
    with acting_for(alice.pk):
        for back in range(14):
            CheckInFactory(
                person=alice, day=today - timedelta(days=back), craving=7, note="only mine", medication="missed"
            )
        LapseFactory(person=alice, day=today - timedelta(days=3))
        Trigger.objects.create(person=alice, name="Payday", category="money", impact=8)
        Strategy.objects.create(person=alice, name="Walk to the river")
        Activity.objects.create(person=alice, name="Pottery")
        Reason.objects.create(person=alice, text="My daughter")
        Contact.objects.create(person=alice, name="Denise", number="+13125550142", number_type="e164")


SHOWN_BY = {
    Scope.CHARTS: "Bold is the mean of 7 days",
    Scope.CHECKINS: "Last 14 days",
    Scope.TRIGGERS: "Payday",
    Scope.PLAN: "Walk to the river",
    Scope.LAPSES: "Noted use, 30 days",
    Scope.MEDICATION: "Medication, 14 days",
    Scope.MEASURES: "None filled in yet",
}


@pytest.mark.parametrize("scope", SHOWN_BY)
def test_the_client_page_shows_what_one_scope_opens_and_nothing_of_the_others(as_bob, alice, bob, record, scope):
    let_in(alice, bob, scope)

    page = text_of(as_bob.get(reverse("support:client", args=[alice.pk])))

    assert [word for word in SHOWN_BY.values() if word in page] == [SHOWN_BY[scope]]


@pytest.mark.parametrize(("scope", "days_back"), [(Scope.MEASURES, 900), (Scope.CHARTS, 29)])
def test_the_log_names_the_oldest_day_that_was_shown(as_bob, alice, bob, scope, days_back):
    now = timezone.now()
    take(alice, "gad-7", dict.fromkeys("1234567", 1), now=now - timedelta(days=900))
    let_in(alice, bob, scope)

    as_bob.get(reverse("support:client", args=[alice.pk]))

    look = Access.objects.about(alice).get()
    assert look.last_day - look.first_day == timedelta(days=days_back)


def test_notes_and_numbers_are_on_no_counselors_page(as_bob, alice, bob, record):
    let_in(alice, bob)

    page = as_bob.get(reverse("support:client", args=[alice.pk])).content.decode()

    assert "only mine" not in page
    assert "5550142" not in page
    assert "My daughter" in page


def test_each_counselors_page_carries_the_notice(as_bob, alice, bob):
    let_in(alice, bob)

    for url in (reverse("support:desk"), reverse("support:client", args=[alice.pk])):
        page = as_bob.get(url)
        assert "42 CFR part 2 prohibits" in page.headers["X-Part2-Notice"]
        assert "42 CFR part 2 prohibits" in text_of(page)


def test_only_counselors_have_a_desk(as_alice, as_charlie, as_erin, as_dana, as_bob, bob):
    for client in (as_alice, as_charlie, as_erin, as_dana):
        assert client.get(reverse("support:desk")).status_code == 404
    assert as_bob.get(reverse("support:desk")).status_code == 200

    AccountRole.objects.get(user=bob).end(now=timezone.now())

    assert as_bob.get(reverse("support:desk")).status_code == 404


def test_a_consent_that_runs_out_while_the_page_is_open_closes_it(as_bob, alice, bob):
    consent = let_in(alice, bob)
    page = reverse("support:client", args=[alice.pk])
    assert as_bob.get(page).status_code == 200

    Consent.objects.filter(pk=consent.pk).update(expires_at=timezone.now())

    assert as_bob.get(page).status_code == 404


def test_the_list_says_not_shared_where_nothing_is(as_bob, alice, bob, record):
    let_in(alice, bob, Scope.PLAN)

    page = text_of(as_bob.get(reverse("support:desk")))

    assert "Alice" in page
    assert page.count("Not shared") == 2
    assert "Today" not in page


def test_the_list_says_when_somebody_last_checked_in(as_bob, alice, bob):
    let_in(alice, bob, Scope.CHARTS)
    with acting_for(alice.pk):
        CheckInFactory(person=alice, day=local_day(bob, timezone.now()) - timedelta(days=3), craving=4)

    assert "3 days ago" in text_of(as_bob.get(reverse("support:desk")))


def test_the_list_rounds_the_mean_craving_and_never_cuts_it(as_bob, alice, bob):
    let_in(alice, bob, Scope.CHARTS)
    for back, craving in enumerate((4, 5, 5)):  # 4.67 in the mean
        CheckInFactory(person=alice, day=local_day(bob, timezone.now()) - timedelta(days=back), craving=craving)

    page = BeautifulSoup(as_bob.get(reverse("support:desk")).content, "html.parser")

    assert page.select_one("tbody .num").text == "4.7"
    assert page.select_one("tbody th a")["href"] == reverse("support:client", args=[alice.pk])


def test_a_name_is_found_without_standing_in_the_address(as_bob, alice, charlie, bob):
    let_in(alice, bob)
    let_in(charlie, bob)

    page = text_of(as_bob.post(reverse("support:desk"), {"q": "char"}))

    assert "Charlie" in page
    assert "Alice" not in page


@pytest.mark.parametrize("name", ["x" * 81, "a\x00b"])
def test_a_name_that_can_be_none_stays_in_the_field_with_a_sentence(as_bob, alice, bob, name):
    let_in(alice, bob)

    response = as_bob.post(reverse("support:desk"), {"q": name})

    field = BeautifulSoup(response.content, "html.parser").find(id="q")
    assert (response.status_code, field["value"].strip("\x00")) == (422, name)
    assert "Type a part of it." in text_of(response)
    assert "Alice" in text_of(response)


def clients_of(bob: User, count: int, prefix: str) -> None:
    now = timezone.now()
    people = User.objects.bulk_create(
        [User(email=f"{prefix}{number}@example.org", agreed_at=now) for number in range(count)]
    )
    for person in people:
        with acting_for(person.pk):
            consent = Consent.objects.create(
                person=person, recipient=bob, recipient_name="Bob", role=Role.COUNSELOR, purpose="care",
                starts_at=now, expires_at=now + timedelta(days=9), signed_at=now, signed_text="x", text_hash="0" * 64,
            )  # fmt: skip
            ConsentScope.objects.create(person=person, consent=consent, kind=Scope.CHARTS)


def test_the_list_asks_as_much_for_12_clients_as_for_120(as_bob, bob, django_assert_max_num_queries):
    url = reverse("support:desk")
    clients_of(bob, 12, "few")
    as_bob.get(url)  # the first list of a day writes its rows
    with django_assert_max_num_queries(15) as few:
        as_bob.get(url)
    clients_of(bob, 108, "many")
    with django_assert_max_num_queries(30):
        as_bob.get(url)
    with django_assert_max_num_queries(15) as many:
        page = as_bob.get(url)

    assert len(many.captured_queries) == len(few.captured_queries)
    assert page.content.decode().count("/desk/") > 120
    assert Access.objects.count() == 120


def test_a_counselor_makes_a_code_on_the_desk(as_bob):
    as_bob.post(reverse("support:desk-code"), {"name": "Bob Lee"})

    assert "They will see “Bob Lee”" in text_of(as_bob.get(reverse("support:desk")))
    assert as_bob.post(reverse("support:desk-code"), {"name": ""}).status_code == 422


def test_a_supporter_sees_nothing_by_default_and_no_numbers(as_dana, alice, dana, record):
    consent = let_in(alice, dana, Scope.CHECKED_IN, role=Role.SUPPORTER)
    url = reverse("support:beside", args=[alice.pk])
    assert "Checked in today" in text_of(as_dana.get(url))

    ConsentScope.objects.filter(consent=consent).update(ended_at=timezone.now())
    page = text_of(as_dana.get(url))

    assert "Nothing shared for today" in page
    assert "Walk to the river" not in page
    assert "7" not in page.replace("Won", "")


def test_not_shared_and_not_yet_today_read_the_same_to_a_supporter(as_dana, alice, dana):
    consent = let_in(alice, dana, Scope.CHECKED_IN, role=Role.SUPPORTER)
    url = reverse("support:beside", args=[alice.pk])
    not_yet = text_of(as_dana.get(url))

    ConsentScope.objects.filter(consent=consent).update(ended_at=timezone.now())

    assert text_of(as_dana.get(url)) == not_yet


@pytest.mark.parametrize(("country", "number"), [("GB", "tel:999"), ("US", "tel:911"), ("", "tel:112")])
def test_a_supporter_is_given_the_number_of_where_they_are(as_dana, alice, dana, country, number):
    let_in(alice, dana, role=Role.SUPPORTER)
    type(dana).objects.filter(pk=dana.pk).update(country=country)

    assert number in as_dana.get(reverse("support:beside", args=[alice.pk])).content.decode()


def test_a_supporter_makes_a_code_and_finds_who_let_them_in(as_dana, alice, dana):
    as_dana.post(reverse("support:supporting"), {"name": "Dana"})
    let_in(alice, dana, role=Role.SUPPORTER)

    page = as_dana.get(reverse("support:supporting"))

    assert "They will see “Dana”" in text_of(page)
    assert reverse("support:beside", args=[alice.pk]) in page.content.decode()


def test_kinds_of_data_are_written_as_the_middle_of_a_sentence(as_alice, as_bob, alice, bob):
    let_in(alice, bob, Scope.CHARTS, Scope.TRIGGERS)

    page = text_of(as_bob.get(reverse("support:client", args=[alice.pk])))

    log = text_of(as_alice.get(reverse("support:access-log")))
    assert "check-in trends, triggers." in page
    assert "Purpose: their care." in page
    assert "Not shared: single days, plan, place on the path, noted use, medication, measures." in page
    assert "opened your page : check-in trends, triggers" in log or "opened your page: check-in trends, triggers" in log
