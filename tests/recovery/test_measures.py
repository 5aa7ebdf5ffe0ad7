"""Filling in a questionnaire: one question a page, kept between the pages, and what comes of it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.unlocking import acting_for
from config.exporting import everything_of
from recovery import services
from recovery.instruments.recipes import RECIPES
from recovery.models import Instrument, Measure, MeasureDraft, SafetyEvent
from recovery.services.measures import answers_of
from tests.recovery.questionnaires import begun, fill_in, loaded, page, take, words

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_an_empty_account_is_told_what_measures_are(as_alice):
    assert "None of them is a test" in words(as_alice.get("/measures/"))


def test_our_own_review_is_filled_in_one_question_a_page_without_a_script(as_alice, alice):
    call_command("load_instrument")

    result = fill_in(as_alice, "own-review", [1, 2, 3, 0, 4, 3, 2, 1, 5])

    with acting_for(alice.pk):
        kept = Measure.objects.of(alice).get()
        assert answers_of(kept)["use1"] == 5
    assert kept.scores == {"risk": 6, "protection": 10, "use": 5}
    assert result.request["PATH_INFO"] == kept.get_absolute_url()
    assert "6 of 16" in words(result)
    assert "not validated" in words(result)
    assert not MeasureDraft.objects.exists()


def test_what_was_answered_is_kept_between_the_questions(as_alice):
    loaded("gad-7")

    fill_in(as_alice, "gad-7", [2, 3])
    again = as_alice.post(f"/measures/{Instrument.objects.get().pk}/start/", follow=True)

    assert again.request["PATH_INFO"].endswith("/3/")
    before = as_alice.get(again.request["PATH_INFO"].removesuffix("3/") + "2/")
    assert page(before).find("input", checked=True)["value"] == "3"


def test_no_answer_is_chosen_beforehand(as_alice):
    loaded("gad-7")

    assert page(fill_in(as_alice, "gad-7", [])).find("input", checked=True) is None


def test_a_question_without_an_answer_asks_once_more(as_alice):
    loaded("gad-7")
    here = fill_in(as_alice, "gad-7", []).request["PATH_INFO"]

    response = as_alice.post(here, {})

    assert response.status_code == 422
    assert "rather not answer" in words(response)


@pytest.mark.parametrize("answer", ["4", "-1", "x", "", "1.5", "99999999999999999999"])
def test_an_answer_that_is_not_offered_is_not_kept(as_alice, answer):
    loaded("gad-7")
    here = fill_in(as_alice, "gad-7", []).request["PATH_INFO"]

    assert as_alice.post(here, {"answer": answer}).status_code == 422


def test_rather_not_answering_one_gives_no_total_and_no_band(as_alice, alice):
    loaded("gad-7")

    result = fill_in(as_alice, "gad-7", [3, 3, None, 3, 3, 3, 3, 0])

    kept = Measure.objects.get()
    assert (kept.scores, kept.band) == ({"total": None}, "")
    assert "Question 3 has no answer" in words(result)
    assert "often called" not in words(result)


def test_a_result_is_set_beside_the_persons_own_and_is_no_diagnosis(as_alice, alice):
    for back, worry in ((60, 3), (30, 2), (0, 1)):
        kept = take(alice, "gad-7", dict.fromkeys("1234567", worry), now=timezone.now() - timedelta(days=back))

    result = as_alice.get(kept.get_absolute_url())

    assert "From 21 to 7 of 21, over 3 times" in words(result)
    assert "Scores from 5 to 9 are often called “mild”" in words(result)
    assert "It is not a diagnosis" in words(result)
    assert page(result).find("svg", role="img").find("desc").get_text()
    assert [row.find("td").get_text() for row in page(result).select(".dtable tbody tr")] == ["7", "14", "21"]


def test_two_results_are_early_days(as_alice, alice):
    for back in (9, 2):
        kept = take(alice, "phq-2", {"1": 1, "2": 0}, now=timezone.now() - timedelta(days=back))

    assert "Early days: 2 scores so far." in words(as_alice.get(kept.get_absolute_url()))


def test_a_sheet_for_a_doctor_holds_every_answer_and_no_name(as_alice, alice):
    kept = take(alice, "gad-7", {**dict.fromkeys("1234567", 2), "4": None})

    sheet = as_alice.get(f"{kept.get_absolute_url()}print/")

    assert "Made-up question 7?" in words(sheet)
    assert "rather not answered" in words(sheet)
    assert "Made up for tests." in words(sheet)
    assert alice.called not in words(sheet)


def test_days_of_heavy_drinking_are_not_asked_where_there_were_none(as_alice):
    loaded("bam-r")

    response = fill_in(as_alice, "bam-r", [0, 0, 0, 0, 0])

    # 4 was answered with 0, so 5 was passed over; 6 with 0, so its seven parts.
    assert "Made-up question 8?" in words(response)


def test_more_days_than_the_whole_are_asked_about_again(as_alice):
    loaded("bam-r")
    here = fill_in(as_alice, "bam-r", [0, 0, 0, 2]).request["PATH_INFO"]

    response = as_alice.post(here, {"answer": "5"})

    assert response.status_code == 422
    assert "more than the 2 days you said for question 4" in words(response)


def test_a_lowered_answer_asks_again_for_what_it_rules_out(as_alice, alice):
    loaded("bam-r")
    here = fill_in(as_alice, "bam-r", [0, 0, 0, 9, 8]).request["PATH_INFO"]

    lower = as_alice.post(here.rsplit("/", 2)[0] + "/4/", {"answer": "3"}, follow=True)

    assert "Made-up question 5?" in words(lower)
    with acting_for(alice.pk):
        assert "5" not in answers_of(MeasureDraft.objects.get())


def test_what_asks_about_four_weeks_opens_again_after_four_weeks(as_alice, alice, signed_in):
    answers = {item.link_id: item.low for item in RECIPES["bam-r"].items}
    take(alice, "bam-r", answers, now=timezone.now() - timedelta(days=10))
    where = f"/measures/{Instrument.objects.get().pk}/"

    assert "so it opens again on" in words(as_alice.get(where))
    assert "so it opens again on" in words(as_alice.post(f"{where}start/", follow=True))
    with time_machine.travel(timezone.now() + timedelta(days=19)):
        assert "opens again" not in words(signed_in(alice).get(where))


def test_sending_the_last_question_twice_keeps_it_once(as_alice):
    loaded("phq-2")
    here = fill_in(as_alice, "phq-2", [1]).request["PATH_INFO"]

    first = as_alice.post(here, {"answer": "0"})
    second = as_alice.post(here, {"answer": "0"})

    assert first.headers["Location"] == second.headers["Location"]
    assert Measure.objects.count() == 1


def test_what_was_begun_can_be_thrown_away(as_alice, alice):
    with acting_for(alice.pk):
        draft = begun(alice, "gad-7", {"1": 3})

    as_alice.post(f"/measures/drafts/{draft.pk}/drop/")

    assert not MeasureDraft.objects.exists()


def test_a_draft_that_is_finished_in_another_tab_leads_to_what_came_of_it(alice):
    with acting_for(alice.pk):
        draft = begun(alice, "phq-2", {"1": 1, "2": 0})
        services.finish_measure(draft=draft, reviewed=True, now=timezone.now())

        with pytest.raises(services.AlreadyKept):
            services.keep_answer(draft=draft, link_id="2", answer=3)

    assert Measure.objects.get().scores == {"total": 1}


def test_what_was_begun_with_older_words_is_finished_with_them(as_alice, alice):
    loaded("gad-7")
    fill_in(as_alice, "gad-7", [1])
    newer = loaded("gad-7", version="2", title="Newer words")
    older = Instrument.objects.get(version="1")

    assert as_alice.get(f"/measures/{older.pk}/").headers["Location"] == f"/measures/{newer.pk}/"
    assert "Carry on" in words(as_alice.get("/measures/"))
    on = as_alice.post(f"/measures/{newer.pk}/start/", follow=True)

    assert on.request["PATH_INFO"] == f"/measures/drafts/{MeasureDraft.objects.get().pk}/2/"
    assert MeasureDraft.objects.get().instrument == older


def test_the_list_draws_a_small_line_from_three_on(as_alice, alice):
    for back in (9, 2):
        take(alice, "phq-2", {"1": 1, "2": 0}, now=timezone.now() - timedelta(days=back))
    assert not page(as_alice.get("/measures/")).select("svg.spark")

    take(alice, "phq-2", {"1": 1, "2": 2})

    assert len(page(as_alice.get("/measures/")).select("svg.spark")) == 1


def test_what_is_kept_cannot_be_changed_by_anybody(alice):
    kept = take(alice, "phq-2", {"1": 1, "2": 0})

    for change in (
        lambda: Measure.objects.update(band="severe"),
        lambda: Measure.objects.filter(pk=kept.pk).update(scores={"total": 0}),
        lambda: Measure.objects.get(pk=kept.pk).save(),
    ):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            change()


def test_a_newer_version_leaves_what_was_answered_with_its_own_words(as_alice, alice):
    kept = take(alice, "phq-2", {"1": 1, "2": 0})
    loaded("phq-2", version="2", title="Newer words")

    assert "Made-up phq-2" in words(as_alice.get(kept.get_absolute_url()))
    assert "Newer words" in words(as_alice.get("/measures/"))
    assert "Made-up phq-2" not in words(as_alice.get("/measures/"))


def test_the_copy_holds_answers_scores_and_versions(alice):
    kept = take(alice, "phq-2", {"1": 1, "2": None})

    with acting_for(alice.pk):
        row = everything_of(alice, now=timezone.now())["records"]["recovery.Measure"][0]

    assert row["answers"] == '{"1": 1, "2": null}'
    assert (row["scores"], row["instrument"]) == ({"total": None}, kept.instrument_id)


def test_all_of_it_goes_with_the_account(alice):
    take(alice, "phq-2", {"1": 1, "2": 0})
    services.open_safety(person=alice, screen=uuid.uuid4(), source="button", now=timezone.now())

    alice.delete()

    assert not Measure.objects.exists()
    assert not SafetyEvent.objects.exists()
    assert Instrument.objects.exists()


@pytest.mark.parametrize("path", ["/measures/", "about"])
def test_a_page_costs_the_same_after_ten_years(path, as_alice, alice, django_assert_max_num_queries):
    call_command("load_instrument")
    instrument = Instrument.objects.get()
    path = f"/measures/{instrument.pk}/" if path == "about" else path
    answers = {item.link_id: 1 for item in RECIPES["own-review"].items}
    with acting_for(alice.pk):
        for month in range(120):
            at = timezone.now() - timedelta(days=30 * month)
            services.take_measure(
                person=alice, instrument=instrument, answers=answers, submission=uuid.uuid4(), reviewed=False, now=at
            )

    as_alice.get(path)
    with django_assert_max_num_queries(14):
        response = as_alice.get(path)

    assert len(response.content) < 40_000


own_answers = st.fixed_dictionaries(
    {item.link_id: st.none() | st.integers(item.low, item.high) for item in RECIPES["own-review"].items}
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own_answers)
def test_any_answers_are_kept_as_they_were_given_and_a_missing_one_gives_no_score(alice, answers):
    kept = take(alice, "own-review" if Instrument.objects.exists() else own_loaded(), answers)

    with acting_for(alice.pk):
        assert answers_of(kept) == answers
    for scale in RECIPES["own-review"].scales:
        parts = [answers[part.link_id] for part in scale.parts]
        assert kept.scores[scale.name] == (None if None in parts else sum(parts))


def own_loaded() -> str:
    call_command("load_instrument")
    return "own-review"
