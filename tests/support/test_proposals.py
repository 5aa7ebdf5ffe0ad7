"""A counselor proposes a place on the path; it takes a consent that opens it, and the person decides."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.unlocking import acting_for
from recovery.models import Cadence, CadenceProposal, Stage, StageMove, StageProposal, StageSet
from recovery.services import move_stage, propose_cadence, propose_stage
from support.models import Access, Scope
from support.services import revoke_consent
from tests.recovery.questionnaires import loaded
from tests.support.factories import let_in
from tests.support.test_sharing import text_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
JSON = "application/json"


@pytest.fixture
def now():
    return timezone.now()


def page_of(alice):
    return reverse("support:client-propose", args=[alice.pk])


def by_api(client, alice, stage="early-sobriety"):
    return client.post(f"/api/v1/clients/{alice.pk}/propose-stage/", {"stage": stage}, JSON)


@pytest.mark.parametrize("way", ["page", "api"])
def test_what_is_proposed_waits_on_her_path_and_moves_her_once_she_says_yes(way, as_bob, as_alice, alice, bob, now):
    let_in(alice, bob, Scope.STAGE, recipient_name="Bob Ruiz")
    if way == "page":
        assert as_bob.post(page_of(alice), {"stage": "early-sobriety"}).status_code == 302
    else:
        answer = by_api(as_bob, alice)
        assert (answer.status_code, answer.json()["stage"]) == (201, "early-sobriety")
        assert "42 CFR" in answer["X-Part2-Notice"]

    asked = StageProposal.objects.of(alice).get()
    assert not StageMove.objects.of(alice).exists()
    assert "Bob Ruiz thinks it could" in text_of(as_alice.get("/path/"))
    assert "You proposed “Early sobriety”" in text_of(as_bob.get(reverse("support:client", args=[alice.pk])))
    as_alice.post(f"/path/proposals/{asked.pk}/accept/")
    assert StageMove.objects.of(alice).get().stage.slug == "early-sobriety"


def test_today_says_that_somebody_has_a_suggestion_until_it_is_answered(as_alice, alice, now):
    loaded("gad-7")
    assert "suggestion" not in text_of(as_alice.get("/today/"))
    asked = propose_stage(person=alice, stage=Stage.objects.get(slug="early-sobriety"), by_name="Bob Ruiz", now=now)
    often = propose_cadence(person=alice, slug="gad-7", every_days=30, by_name="", now=now)

    page = as_alice.get("/today/").content.decode()

    assert "From Bob Ruiz" in page
    assert page.index("Another place on your path") < page.index("How often a questionnaire comes")
    for proposal in (asked, often):
        assert f'href="{proposal.get_absolute_url()}"' in page
    as_alice.post(f"/path/proposals/{asked.pk}/decline/")
    as_alice.post(f"/measures/proposals/{often.pk}/answer/", {"answer": "no"})
    assert "suggestion" not in text_of(as_alice.get("/today/"))


@pytest.mark.parametrize("stage", ["nowhere", "", "before\x00after"])
def test_a_place_that_there_is_not_is_turned_away_in_words(stage, as_bob, alice, bob):
    let_in(alice, bob, Scope.STAGE)

    answer = as_bob.post(page_of(alice), {"stage": stage})

    assert answer.status_code == 422
    assert "Choose one of the places shown." in text_of(answer)
    assert not StageProposal.objects.exists()


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope != Scope.STAGE])
def test_no_other_scope_lets_a_counselor_propose_or_leaves_a_look(scope, as_bob, alice, bob):
    let_in(alice, bob, scope)

    for stage in ("early-sobriety", "nowhere"):
        assert as_bob.post(page_of(alice), {"stage": stage}).status_code == 404
    assert by_api(as_bob, alice).status_code == 404
    assert not StageProposal.objects.of(alice).exists()
    assert not Access.objects.about(alice).exists()
    assert "Does another place fit" not in text_of(as_bob.get(reverse("support:client", args=[alice.pk])))


def test_once_sharing_has_stopped_nothing_can_be_proposed(as_bob, alice, bob, now):
    revoke_consent(consent=let_in(alice, bob, Scope.STAGE), now=now)

    assert as_bob.post(page_of(alice), {"stage": "early-sobriety"}).status_code == 404
    assert by_api(as_bob, alice).status_code == 404


def test_proposing_is_in_the_log_and_a_stage_that_is_none_is_no_answer_for_the_api(as_bob, alice, bob):
    let_in(alice, bob, Scope.STAGE)

    as_bob.post(page_of(alice), {"stage": "early-sobriety"})

    assert Access.objects.about(alice).get().kinds == "stage"
    assert by_api(as_bob, alice, "no-such-stage").status_code == 400


def test_the_desk_offers_the_other_stages_of_her_set_and_hides_what_others_proposed(as_bob, alice, bob, now):
    own = StageSet.objects.create(slug="own", position=7, title="Ours", summary="Two places", is_offered=True)
    here = Stage.objects.create(stage_set=own, slug="here", position=1, title="Here now", alias="a", summary="s")
    Stage.objects.create(stage_set=own, slug="there", position=2, title="Over there", alias="b", summary="s")
    let_in(alice, bob, Scope.STAGE, recipient_name="Bob Ruiz")
    with acting_for(alice.pk):
        move_stage(person=alice, stage=here, now=now)
        propose_stage(person=alice, stage=here, by_name="Somebody else", now=now)

    page = text_of(as_bob.get(reverse("support:client", args=[alice.pk])))

    assert "Over there" in page
    assert "Seeking help" not in page
    assert "You proposed" not in page
    assert "Somebody else" not in page


def cadence_page(alice):
    return reverse("support:client-propose-cadence", args=[alice.pk])


@pytest.mark.parametrize("way", ["page", "api"])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_how_often_is_proposed_and_set_only_by_her_own_yes(way, answer, as_bob, as_alice, alice, bob):
    loaded("gad-7")
    let_in(alice, bob, Scope.MEASURES, recipient_name="Bob Ruiz")
    if way == "page":
        as_bob.post(cadence_page(alice), {"slug": "gad-7", "every_days": "30"})
    else:
        made = as_bob.post(f"/api/v1/clients/{alice.pk}/propose-cadence/", {"slug": "gad-7", "every_days": 30}, JSON)
        assert made.status_code == 201

    asked = CadenceProposal.objects.of(alice).get()
    assert not Cadence.objects.of(alice).exists()
    assert "Bob Ruiz thinks it could help" in text_of(as_alice.get("/measures/"))
    for _time in range(2):
        as_alice.post(f"/measures/proposals/{asked.pk}/answer/", {"answer": answer})

    kept = list(Cadence.objects.of(alice).values_list("slug", "every_days"))
    assert kept == ([("gad-7", 30)] if answer == "yes" else [])
    assert "Bob Ruiz thinks" not in text_of(as_alice.get("/measures/"))
    assert as_alice.post(f"/api/v1/cadence-proposals/{asked.pk}/accept/").status_code == 409


def test_a_rhythm_shorter_than_what_is_asked_about_is_refused_in_words(as_bob, alice, bob):
    loaded("bam-r")
    let_in(alice, bob, Scope.MEASURES)

    answers = [
        as_bob.post(cadence_page(alice), {"slug": "bam-r", "every_days": days}) for days in ("7", "x", "", "999")
    ]

    assert "Choose between" in text_of(answers[0])
    assert all("Write a number of days" in text_of(answer) for answer in answers[1:3])
    assert "Choose between 1 and 366 days" in text_of(answers[3])
    assert all(answer.status_code == 422 for answer in answers)
    assert 'value="x"' in answers[1].content.decode()
    assert not CadenceProposal.objects.of(alice).exists()


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope != Scope.MEASURES])
def test_without_the_measures_nobody_proposes_how_often(scope, as_bob, alice, bob):
    loaded("gad-7")
    let_in(alice, bob, scope)

    assert as_bob.post(cadence_page(alice), {"slug": "gad-7", "every_days": "30"}).status_code == 404
    assert not CadenceProposal.objects.of(alice).exists()


def test_a_newer_proposal_for_the_same_takes_the_place_of_the_older(alice, now):
    for days in (30, 60):
        propose_cadence(person=alice, slug="gad-7", every_days=days, by_name="Bob", now=now)
    propose_cadence(person=alice, slug="bam-r", every_days=30, by_name="Bob", now=now)

    assert sorted(CadenceProposal.objects.of(alice).open().values_list("every_days", flat=True)) == [30, 60]
