"""Coping tools as they are kept: once each, lighting their day; private pages that only their owner finds."""

import uuid
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import services
from plans.models import JournalEntry, LitDay, ToolUse, Weighing
from plans.services.tools import LONGEST_WAIT, NoSuchTool, SubmissionTaken
from resources.tools import TOOLS
from tests.plans.factories import WHEN, ActivityFactory, StrategyFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
BOX = "/tools/box-breathing/"
OPEN = [slug for slug, tool in TOOLS.items() if tool.is_open]
SHUT = [slug for slug, tool in TOOLS.items() if not tool.is_open]


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def done(person, **said):
    said = {"tool": "box-breathing", "submission": uuid.uuid4(), "now": WHEN, **said}
    return services.save_tool_use(person=person, **said)


def finished(**said):
    return {"submission": str(uuid.uuid4()), "way": "4", "finished": "1", "before": "7", "after": "4", **said}


def test_a_finished_exercise_lights_its_day_once(alice):
    submission = uuid.uuid4()

    for _ in range(2):
        use = done(alice, submission=submission, way="4", before=7, after=4)

    assert ToolUse.objects.of(alice).get() == use
    assert use.day == date(2026, 6, 12)
    assert LitDay.objects.of(alice).get().source == use.pk


def test_one_that_was_left_early_is_kept_and_lights_nothing(alice):
    done(alice, finished=False)

    assert ToolUse.objects.of(alice).count() == 1
    assert services.days_lit(alice) == 0


def test_the_same_submission_with_other_answers_is_refused(alice):
    use = done(alice, before=7)

    with pytest.raises(SubmissionTaken):
        done(alice, submission=use.submission, before=2)
    assert ToolUse.objects.of(alice).get().before == 7


def test_two_people_may_send_the_same_submission(alice, charlie):
    submission = uuid.uuid4()
    done(alice, submission=submission)
    done(charlie, submission=submission)

    assert ToolUse.objects.count() == 2


@pytest.mark.parametrize("said", [{"tool": "wishing"}, {"way": "99"}, {"tool": "", "way": ""}])
def test_a_tool_or_way_that_is_not_there_is_refused(alice, said):
    with pytest.raises(NoSuchTool):
        done(alice, **said)
    assert not ToolUse.objects.exists()


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(back=st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)))
def test_a_form_that_waited_counts_for_the_day_it_was_about(alice, back):
    use = done(alice, done_at=WHEN - back)

    expected = WHEN - back if timedelta() <= back <= LONGEST_WAIT else WHEN
    assert use.done_at == expected
    assert use.day == (expected - timedelta(hours=5)).date()  # Chicago in summer


def test_removing_one_leaves_the_light_of_another(alice):
    first, second = done(alice), done(alice)

    services.remove_tool_use(use=first)
    assert services.days_lit(alice) == 1

    services.remove_tool_use(use=second)
    assert services.days_lit(alice) == 0


def test_the_means_come_from_those_with_both_numbers_in_one_query(alice, charlie, django_assert_num_queries):
    for before, after in ((8, 4), (6, 5), (9, None), (None, 1)):
        done(alice, before=before, after=after)
    done(charlie, before=10, after=0)

    with django_assert_num_queries(1):
        record = services.tool_records(alice)["box-breathing"]

    assert (record.times, record.compared, record.before, record.after) == (4, 2, 7, 4.5)


@pytest.mark.parametrize("slug", OPEN)
def test_the_open_ones_work_for_everyone_and_keep_nothing(client, slug):
    response = client.get(f"/tools/{slug}/")

    assert response.status_code == 200
    assert "submission" not in response.content.decode()
    assert client.post(f"/tools/{slug}/finish/", finished()).status_code == 302
    assert not ToolUse.objects.exists()
    assert not response.cookies


@pytest.mark.parametrize("slug", SHUT)
def test_the_others_ask_to_sign_in(client, slug):
    assert reverse("account_login") in client.get(f"/tools/{slug}/").url


@pytest.mark.parametrize("slug", [slug for slug, tool in TOOLS.items() if tool.ways])
def test_without_a_script_an_exercise_is_a_list_of_timed_steps(as_alice, slug):
    page = soup(as_alice.get(f"/tools/{slug}/"))
    lists = page.select("details[open] ol")

    for shown, way in zip(lists, TOOLS[slug].ways, strict=True):
        seconds = sum(
            int(item["data-rounds"]) * sum(int(part["data-seconds"]) for part in item.select("[data-seconds]"))
            for item in shown.select("li")
        )
        assert seconds == way.seconds
        assert str(way.steps[0].text) in shown.get_text()
        assert all(" s" in item.get_text() or " min" in item.get_text() for item in shown.select("li"))
    assert page.select_one("form button:not([type])").get_text() == "Save, and light today"
    assert all(button.has_attr("hidden") for button in page.select("[data-start]"))
    assert all(str(caution) in page.get_text() for caution in TOOLS[slug].cautions)
    assert TOOLS[slug].source in page.get_text()


def test_what_was_done_is_kept_and_leads_back_to_the_list(as_alice, alice):
    said = finished()

    for _ in range(2):
        response = as_alice.post(BOX + "finish/", said, follow=True)

    assert response.redirect_chain == [("/tools/", 302)]
    assert "today's light is on" in soup(response).get_text()
    assert "7 → 4" in soup(response).get_text()
    use = ToolUse.objects.of(alice).get()
    assert (use.tool, use.way, use.before, use.after, use.finished) == ("box-breathing", "4", 7, 4, True)
    assert services.days_lit(alice) == 1


def test_nothing_has_to_be_rated(as_alice, alice):
    as_alice.post(BOX + "finish/", {"submission": str(uuid.uuid4()), "finished": "1"})

    use = ToolUse.objects.of(alice).get()
    assert (use.before, use.after, use.finished) == (None, None, True)


def test_what_is_still_strong_leads_to_company(as_alice):
    response = as_alice.post(BOX + "finish/", finished(after="8"), follow=True)

    assert response.redirect_chain == [("/help/", 302)]
    assert "still strong" in soup(response).get_text()


@pytest.mark.parametrize(
    "said",
    [{"submission": "x"}, {"before": "11"}, {"after": "-1"}, {"way": "99"}, {"way": "x" * 30}, {"before": "<b>"}],
)
def test_a_form_that_cannot_be_read_comes_back_as_it_was(as_alice, said):
    response = as_alice.post(BOX + "finish/", finished(**said))

    assert response.status_code == 422
    assert not ToolUse.objects.exists()
    assert soup(response).select_one("[role=alert]")
    if "after" not in said:
        assert soup(response).select_one("input[name=after][value='4'][checked]")


@pytest.mark.parametrize("slug", ["nothing", "journal-x", "good-thingz"])
def test_a_tool_that_is_not_there_is_404(as_alice, slug):
    assert as_alice.get(f"/tools/{slug}/").status_code == 404
    assert as_alice.post(f"/tools/{slug}/finish/", finished()).status_code == 404


def test_waiting_offers_what_is_on_the_plan(as_alice, alice, charlie):
    StrategyFactory(person=alice, name="Walk to the river")
    ActivityFactory(person=alice, name="Swim")
    StrategyFactory(person=charlie, name="Strange")

    text = soup(as_alice.get("/tools/delay/")).get_text()

    assert "Walk to the river" in text
    assert "Swim" in text
    assert "Strange" not in text


@pytest.mark.parametrize("uses", [3, 60])
@pytest.mark.parametrize(
    ("address", "most"),
    [("/tools/", 6), (BOX, 7), ("/tools/uses/", 7), ("/tools/journal/", 7), ("/tools/weighing/", 7)],
)
def test_the_pages_cost_as_much_with_a_long_history(
    as_alice, alice, uses, address, most, django_assert_max_num_queries
):
    for number in range(uses):
        done(alice, before=5, after=3)
        services.write(JournalEntry, person=alice, submission=uuid.uuid4(), now=WHEN, text=f"Page {number}")
        services.write(Weighing, person=alice, submission=uuid.uuid4(), now=WHEN, use_costs=f"Cost {number}")
    as_alice.get(address)

    with django_assert_max_num_queries(most):
        assert as_alice.get(address).status_code == 200


def test_what_was_done_can_be_removed_by_its_owner_alone(as_alice, as_charlie, alice):
    use = done(alice)
    address = reverse("plans:use-remove", args=[use.pk])

    assert as_charlie.post(address).status_code == 404
    as_alice.post(address)

    assert not ToolUse.objects.exists()
    assert services.days_lit(alice) == 0


def api(client, method, path, **body):
    return getattr(client, method)(f"/api/v1/{path}", body or None, content_type="application/json")


def test_the_texts_can_be_read_over_the_api(as_alice):
    tools = as_alice.get("/api/v1/tools/").json()
    one = as_alice.get("/api/v1/tools/slow-sigh/").json()

    assert [tool["slug"] for tool in tools] == list(TOOLS)
    assert [phase["seconds"] for phase in one["ways"][0]["steps"][0]["phases"]] == [2, 1, 6]
    assert one["source"] == TOOLS["slow-sigh"].source
    assert as_alice.get("/api/v1/tools/wishing/").status_code == 404


def test_a_use_is_told_over_the_api_once(as_alice, as_charlie, alice):
    said = {"tool": "pause", "submission": str(uuid.uuid4()), "before": 6, "after": 2}

    first = api(as_alice, "post", "tool-uses/", **said)
    again = api(as_alice, "post", "tool-uses/", **said)
    other = api(as_alice, "post", "tool-uses/", **{**said, "after": 9})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json()["id"] == again.json()["id"]
    path = f"tool-uses/{first.json()['id']}/"
    assert api(as_charlie, "delete", path).status_code == 404
    assert api(as_alice, "delete", path).status_code == 204
    assert services.days_lit(alice) == 0
