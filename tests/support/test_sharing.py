"""Who sees what: letting somebody in with a code, the signature, stopping, and the list of who looked."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts import keys
from accounts.clock import local_day
from support import services
from support.models import Access, Consent, Invitation, Role, Scope
from support.models.invitation import hash_of
from support.policies import may, open_record
from support.views.access_log import harmless
from tests.support.factories import let_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PASSWORD = "waylight-tests"


@pytest.fixture
def code(bob) -> str:
    with keys.ring_of(bob.pk):
        return services.make_invitation(
            maker=bob, role=Role.COUNSELOR, name="Bob Lee, Alder Clinic", now=timezone.now()
        ).code


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_sharing_starts_with_nobody(as_alice):
    page = text_of(as_alice.get(reverse("support:sharing")))

    assert "Right now nobody but you can see anything of yours" in page
    assert "Nobody is let in" in page


def test_the_whole_way_from_a_code_to_a_signed_consent(as_alice, alice, bob, code):
    as_alice.post(reverse("support:code-enter"), {"code": f" {code[:4].lower()}-{code[4:]} "})
    choosing = as_alice.get(reverse("support:scopes-choose"))
    assert "Bob Lee, Alder Clinic" in text_of(choosing)
    assert not BeautifulSoup(choosing.content, "html.parser").select("input[type=checkbox][checked]")

    until = local_day(alice, timezone.now() + timedelta(days=30)).isoformat()
    as_alice.post(reverse("support:scopes-choose"), {"scopes": ["charts", "plan"], "purpose": "care", "until": until})
    signing = as_alice.get(reverse("support:consent-sign"))
    shown = BeautifulSoup(signing.content, "html.parser").find("input", {"name": "shown"})["value"]
    done = as_alice.post(reverse("support:consent-sign"), {"shown": shown, "password": PASSWORD})

    assert done.url == reverse("support:sharing")
    consent = Consent.objects.of(alice).get()
    assert consent.scopes == {Scope.CHARTS, Scope.PLAN}
    assert consent.text_hash == shown
    assert may(bob, Scope.PLAN, alice.pk, timezone.now())
    last_day = local_day(alice, timezone.now() + timedelta(days=30))
    assert f"Until {last_day:%b} {last_day.day}" in text_of(as_alice.get(reverse("support:sharing")))
    assert "Right now 1 person can see something of yours" in text_of(as_alice.get(reverse("support:sharing")))
    assert "Bob Lee, Alder Clinic" in text_of(as_alice.get(consent.get_absolute_url()))


def test_a_wrong_password_signs_nothing(as_alice, alice, code):
    as_alice.post(reverse("support:code-enter"), {"code": code})
    until = timezone.now().date().isoformat()
    as_alice.post(reverse("support:scopes-choose"), {"purpose": "care", "until": until})
    shown = BeautifulSoup(as_alice.get(reverse("support:consent-sign")).content, "html.parser").find(
        "input", {"name": "shown"}
    )["value"]

    refused = as_alice.post(reverse("support:consent-sign"), {"shown": shown, "password": "not this one"})

    assert refused.status_code == 422
    assert not Consent.objects.of(alice).exists()


def test_another_text_than_the_one_on_the_screen_is_never_signed(as_alice, alice, code):
    as_alice.post(reverse("support:code-enter"), {"code": code})
    as_alice.post(reverse("support:scopes-choose"), {"purpose": "care", "until": timezone.now().date().isoformat()})

    answer = as_alice.post(reverse("support:consent-sign"), {"shown": "0" * 64, "password": PASSWORD})

    assert answer.url == reverse("support:consent-sign")
    assert not Consent.objects.of(alice).exists()


def test_a_wrong_a_used_a_late_and_ones_own_code_read_the_same(as_alice, as_bob, alice, bob, code):
    def answer(client, typed):
        page = client.post(reverse("support:code-enter"), {"code": typed})
        assert page.status_code == 422
        return BeautifulSoup(page.content, "html.parser").find(class_="errsum").get_text()

    wrong = answer(as_alice, "ZZZZ-9999")
    own = answer(as_bob, code)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    late = answer(as_alice, code)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(hours=1), used_at=timezone.now())
    used = answer(as_alice, code)

    assert wrong == own == late == used


def test_codes_cannot_be_tried_all_day(as_alice, code):
    for _ in range(10):
        as_alice.post(reverse("support:code-enter"), {"code": "ZZZZ-9999"})

    refused = as_alice.post(reverse("support:code-enter"), {"code": code})

    assert refused.status_code == 422
    assert "Wait an hour" in text_of(refused)
    cache.clear()


def test_the_database_holds_a_code_as_a_hash_only(code):
    kept = Invitation.objects.get()

    assert kept.code_hash == hash_of(code)
    assert code not in repr(kept.__dict__)


def test_stop_sharing_is_one_tap_and_holds_from_the_next_request(as_alice, as_bob, alice, bob):
    consent = let_in(alice, bob)
    page = reverse("support:client", args=[alice.pk])
    assert as_bob.get(page).status_code == 200

    stopped = as_alice.post(reverse("support:consent-stop", args=[consent.pk]))

    assert stopped.status_code == 302
    assert as_bob.get(page).status_code == 404
    assert "Alice" not in text_of(as_bob.get(reverse("support:desk")))


def test_one_kind_of_data_is_switched_off_with_one_tap(as_alice, as_bob, alice, bob):
    consent = let_in(alice, bob, Scope.CHARTS, Scope.STAGE)

    as_alice.post(reverse("support:consent-narrow", args=[consent.pk]), {"scope": "charts"})

    assert not may(bob, Scope.CHARTS, alice.pk, timezone.now())
    assert may(bob, Scope.STAGE, alice.pk, timezone.now())


def test_sharing_says_who_is_no_longer_a_counselor(as_alice, alice, bob):
    let_in(alice, bob)
    from accounts.models import Role as AccountRole

    AccountRole.objects.get(user=bob).end(now=timezone.now())

    assert "They see nothing right now" in text_of(as_alice.get(reverse("support:sharing")))


def test_every_look_is_listed_and_the_persons_own_are_not(as_alice, as_bob, alice, bob):
    let_in(alice, bob)
    page = reverse("support:client", args=[alice.pk])

    as_bob.get(page)
    as_bob.head(page)
    as_bob.get(page, headers={"HX-Request": "true"})
    as_alice.get(reverse("support:sharing"))

    assert Access.objects.about(alice).count() == 3
    listed = text_of(as_alice.get(reverse("support:access-log")))
    assert listed.count("Bob opened your page") == 3


def test_a_page_loaded_ahead_of_a_tap_is_refused_and_is_no_look(as_bob, alice, bob):
    let_in(alice, bob)

    ahead = as_bob.get(reverse("support:client", args=[alice.pk]), headers={"Sec-Purpose": "prefetch"})

    assert ahead.status_code == 503
    assert not Access.objects.exists()


def test_the_log_is_narrowed_to_one_viewer(as_alice, alice, bob, dana):
    for viewer, role in ((bob, Role.COUNSELOR), (dana, Role.SUPPORTER)):
        let_in(alice, viewer, role=role)
        with keys.ring_of(viewer.pk):
            open_record(
                viewer=viewer, person_id=alice.pk, role=role, page=Access.Page.CLIENT, wanted=[], now=timezone.now()
            )

    page = as_alice.get(reverse("support:access-log"), {"who": str(dana.pk)})

    assert "Dana opened" in text_of(page)
    assert "Bob opened" not in text_of(page)
    assert as_alice.get(reverse("support:access-log"), {"who": "nobody"}).status_code == 200


def test_the_log_as_a_file_holds_no_formula(as_alice, alice, bob):
    let_in(alice, bob, Scope.CHARTS, recipient_name="=HYPERLINK(1)")
    with keys.ring_of(bob.pk):
        open_record(
            viewer=bob,
            person_id=alice.pk,
            role=Role.COUNSELOR,
            page=Access.Page.CLIENT,
            wanted=[Scope.CHARTS],
            now=timezone.now(),
        )

    file = as_alice.get(reverse("support:access-log-file")).content.decode()

    assert ",'=HYPERLINK(1)," in file
    assert "Check-in trends" in file


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "\t=", "\r=", "  ="])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(start):
    assert harmless(f"{start}1").startswith("'")
    assert harmless("Bob") == "Bob"


def test_somebody_elses_consent_is_not_there(as_charlie, as_bob, alice, bob):
    consent = let_in(alice, bob)

    for client in (as_charlie, as_bob):
        assert client.get(consent.get_absolute_url()).status_code == 404
        assert client.post(reverse("support:consent-stop", args=[consent.pk])).status_code == 404
    assert may(bob, Scope.PLAN, alice.pk, timezone.now())


def test_the_api_lists_consents_and_looks_and_stops_one(as_alice, as_bob, alice, bob):
    consent = let_in(alice, bob, Scope.PLAN)
    as_bob.get(reverse("support:client", args=[alice.pk]))

    listed = as_alice.get("/api/v1/consents/").json()["results"]
    looks = as_alice.get("/api/v1/accesses/").json()["results"]
    stopped = as_alice.post(f"/api/v1/consents/{consent.pk}/stop/")

    assert (listed[0]["scopes"], listed[0]["recipient_name"]) == (["plan"], "Bob")
    assert (looks[0]["viewer_name"], looks[0]["kinds"]) == ("Bob", ["plan"])
    assert stopped.json()["revoked_at"]
    assert as_bob.get("/api/v1/consents/").json()["results"] == []


def test_a_consent_that_ran_out_says_so_and_offers_no_stopping(as_alice, alice, bob):
    start = timezone.now() - timedelta(days=200)
    consent = let_in(alice, bob, since=start)
    stop = reverse("support:consent-stop", args=[consent.pk])

    page = as_alice.get(consent.get_absolute_url())

    assert "Its last day was" in text_of(page)
    assert stop not in page.content.decode()


def test_a_page_of_the_log_reads_its_own_rows_and_no_others(as_alice, alice, bob, django_assert_max_num_queries):
    let_in(alice, bob)
    for _look in range(65):
        open_record(
            viewer=bob,
            person_id=alice.pk,
            role=Role.COUNSELOR,
            page=Access.Page.CLIENT,
            wanted=list(Scope),
            now=timezone.now(),
        )

    with django_assert_max_num_queries(12) as asked:
        page = as_alice.get(reverse("support:access-log"), {"page": "2"})

    assert len(BeautifulSoup(page.content, "html.parser").select("ol.tl li")) == 30
    read = [query["sql"] for query in asked if 'FROM "support_access"' in query["sql"]]
    assert read
    assert all("LIMIT" in sql or "COUNT" in sql for sql in read)
