"""Early signs: each rule at its limit, no rule without what it rests on, and the person has the last word."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from plans.models import Trigger, TriggerMet
from recovery import signs
from recovery.models import CheckIn, Lapse, SignChoice
from recovery.services import NoSuchSign, dismiss_sign, switch_sign
from recovery.signs import Level
from recovery.trends import SIGN_DAYS, DayValues
from tests.recovery.factories import CheckInFactory
from tests.recovery.test_today import everything, history

TODAY = dt.date(2025, 6, 12)
database = pytest.mark.django_db(databases=["default", "keys"])


def ago(back):
    return TODAY - dt.timedelta(days=back)


def days(said=None, **everywhere):
    """Three weeks up to today; `said` gives the answers of days by how far back they are, None takes a day out."""
    said = said or {}
    return [
        DayValues(ago(back))
        if said.get(back, {}) is None
        else DayValues(ago(back), **{"mood": 4, **everywhere, **said.get(back, {})})
        for back in reversed(range(SIGN_DAYS))
    ]


def slugs(values, used=()):
    return [each.slug for each in signs.fired(values, used, TODAY)]


@pytest.mark.parametrize(
    ("slug", "fires", "rests"),
    [
        ("craving-strong", days({0: {"craving": 7}}), days({0: {"craving": 6}})),
        (
            "craving-rising",
            days({0: {"craving": 4}, 1: {"craving": 4}, 2: {"craving": 4}}, craving=2),
            days({0: {"craving": 4}, 1: {"craving": 4}, 2: {"craving": 3}}, craving=2),
        ),
        ("confidence-low", days({0: {"confidence": 4}}), days({0: {"confidence": 5}})),
        ("risky-situation", days({0: {"risky_ahead": True}}), days({0: {"risky_ahead": False}})),
        ("risky-situation", days({0: {"strong_trigger": True}}), days({1: {"strong_trigger": True}})),
        ("mood-low", days({0: {"mood": 2}, 2: {"mood": 1}}), days({0: {"mood": 2}, 3: {"mood": 1}})),
        ("sleep-poor", days({0: {"sleep": 5.5}, 1: {"quality": 1}}), days({0: {"sleep": 6}, 1: {"quality": 1}})),
        ("halt", days({0: {"halt": "hal"}}), days({0: {"halt": "ha"}})),
        (
            "doses-missed",
            days({0: {"medication": "missed"}, 6: {"medication": "missed"}}),
            days({0: {"medication": "missed"}, 7: {"medication": "missed"}}),
        ),
        (
            "contact-gone",
            days({8: {"connection": "talked"}, 9: {"connection": "meeting"}}, connection="none"),
            days({8: {"connection": "talked"}}, connection="none"),
        ),
        ("gone-quiet", days(dict.fromkeys([0, 1, 2])), days(dict.fromkeys([0, 1]))),
        ("gone-quiet", days(dict.fromkeys([0, 1, 2])), days(dict.fromkeys([0, 1, 2, 5]))),
        ("gone-quiet", days(dict.fromkeys(range(8))), days(dict.fromkeys(range(9)))),
    ],
)
def test_a_rule_holds_at_its_limit_and_not_beside_it(slug, fires, rests):
    assert slugs(fires) == [slug]
    assert slugs(rests) == []


@pytest.mark.parametrize(("back", "holds"), [(0, True), (13, True), (14, False), (-1, False)])
def test_use_is_recent_for_fourteen_days(back, holds):
    assert slugs(days(), {ago(back)}) == (["recent-use"] if holds else [])


def test_today_still_open_leaves_yesterday_the_last_word():
    assert slugs(days({0: None, 1: {"craving": 8}})) == ["craving-strong"]
    assert slugs(days({0: None, 1: None, 2: {"craving": 8}})) == []


def test_a_baseline_needs_seven_days():
    risen = {0: {"craving": 9}, 1: {"craving": 9}, 2: {"craving": 9}}
    six = risen | dict.fromkeys(range(9, SIGN_DAYS))

    assert "craving-rising" not in slugs(days(six, craving=1))
    assert "craving-rising" in slugs(days({each: day for each, day in six.items() if each != 9}, craving=1))


def test_a_week_that_was_hardly_answered_does_not_say_nobody():
    unanswered = {each: {"connection": ""} for each in range(4)} | {
        8: {"connection": "talked"},
        9: {"connection": "talked"},
    }

    assert slugs(days(unanswered, connection="none")) == []


@pytest.mark.parametrize(
    ("held", "level"),
    [
        ([], Level.STEADY),
        (["mood-low", "halt"], Level.STEADY),
        (["recent-use"], Level.ATTENTION),
        (["craving-strong", "mood-low"], Level.ATTENTION),
        (["craving-strong", "craving-rising", "mood-low"], Level.ATTENTION),
        (["recent-use", "craving-strong", "mood-low"], Level.SUPPORT),
    ],
)
def test_the_words_are_those_of_two_five_and_six(held, level):
    assert signs.level(held) is level


def answers():
    maybe = st.none
    return st.builds(
        dict,
        mood=st.integers(1, 5),
        craving=maybe() | st.integers(0, 10),
        sleep=maybe() | st.integers(0, 24).map(lambda half: half / 2),
        confidence=maybe() | st.integers(0, 10),
        quality=maybe() | st.integers(1, 3),
        halt=st.sampled_from(["", "h", "ha", "hal", "halt"]),
        medication=st.sampled_from(["", "taken", "missed", "none"]),
        connection=st.sampled_from(["", "meeting", "talked", "none"]),
        risky_ahead=maybe() | st.booleans(),
        strong_trigger=st.booleans(),
    )


weeks = st.dictionaries(st.integers(0, SIGN_DAYS - 1), answers(), max_size=SIGN_DAYS)
uses = st.sets(st.integers(-3, 30).map(ago), max_size=4)


def told(said):
    return [
        DayValues(ago(back), **said[back]) if back in said else DayValues(ago(back))
        for back in reversed(range(SIGN_DAYS))
    ]


@given(weeks, uses)
def test_no_rule_speaks_without_days_on_which_the_person_said_so(said, used):
    for firing in signs.fired(told(said), used, TODAY):
        assert firing.days
        assert set(firing.days) <= (used if firing.slug == "recent-use" else {ago(back) for back in said})
        assert list(firing.days) == sorted(firing.days)


@given(uses)
def test_days_without_a_check_in_say_nothing_by_themselves(used):
    assert set(slugs(told({}), used)) <= {"recent-use"}


@given(weeks, uses, st.integers(1, 10))
def test_a_stronger_craving_never_says_less(said, used, more):
    """On the newest day, with everything else as it was."""
    newest = min(said, default=None)
    if newest is None or said[newest]["craving"] is None:
        return
    higher = said | {newest: {**said[newest], "craving": min(10, said[newest]["craving"] + more)}}

    assert set(slugs(told(said), used)) <= set(slugs(told(higher), used))


@given(weeks, uses, uses)
def test_more_noted_use_never_says_less_and_changes_no_other_rule(said, used, more):
    before, after = set(slugs(told(said), used)), set(slugs(told(said), used | more))

    assert before <= after
    assert after - before <= {"recent-use"}


@given(st.sets(st.sampled_from(signs.SLUGS)), st.sampled_from(signs.SLUGS))
def test_a_rule_taken_away_never_raises_what_the_rest_says(held, gone):
    order = list(Level)

    assert order.index(signs.level(held - {gone})) <= order.index(signs.level(held))


@pytest.fixture
def _evening():
    with time_machine.travel(dt.datetime(2025, 6, 13, 1, 0, tzinfo=dt.UTC), tick=False):
        yield


def check_in(person, back, **said):
    return CheckInFactory(person=person, day=ago(back), **said)


def page(client, address="/signs/"):
    return BeautifulSoup(client.get(address).content, "html.parser")


@database
@pytest.mark.usefixtures("_evening")
def test_a_sign_says_why_and_offers_the_plan_a_person_and_help(as_alice, alice):
    check_in(alice, 0, craving=8)

    found = page(as_alice)

    assert "Craving was 8 of 10 on Jun 12." in found.text
    assert "Not a prediction" in found.text
    assert {"/plan/", "/help/", "/plan/contacts/"} <= {link["href"] for link in found.main.select("#helps ~ div a")}


@database
@pytest.mark.usefixtures("_evening")
def test_no_number_stands_for_all_signs(as_alice, alice):
    check_in(alice, 0, craving=8, confidence=2, halt="hal")

    sent = as_alice.get("/api/v1/signs/").json()

    assert sent["level"] == "attention"
    assert set(sent) == {"level", "headline", "advice", "signs"}
    assert not [value for each in sent["signs"] for value in each.values() if type(value) in {int, float}]


@database
@pytest.mark.usefixtures("_evening")
def test_on_today_signs_show_only_when_one_holds(as_alice, alice):
    check_in(alice, 0, craving=3)
    assert page(as_alice, "/today/").select("#signs") == []

    CheckIn.objects.of(alice).update(craving=9)

    assert "Craving was 9 of 10" in page(as_alice, "/today/").text
    assert "Craving was 9 of 10" not in page(as_alice, "/insights/").text  # nothing to show under three check-ins


@database
@pytest.mark.usefixtures("_evening")
def test_the_days_after_use_are_spoken_of_once_on_today(as_alice, alice):
    Lapse.objects.create(person=alice, day=ago(2), source=Lapse.Source.NOTED)

    assert page(as_alice, "/today/").select("#signs") == []
    assert "Noted on Jun 10." in page(as_alice).text


@database
@pytest.mark.usefixtures("_evening")
def test_use_within_an_own_limit_is_no_sign(as_alice, alice):
    Lapse.objects.create(person=alice, day=ago(9), source=Lapse.Source.NOTED, over_limit=False)

    assert "No rule holds right now" in page(as_alice).text


@database
@pytest.mark.usefixtures("_evening")
def test_a_rule_can_be_switched_off_and_on(as_alice, alice):
    check_in(alice, 0, craving=8)

    as_alice.post("/signs/craving-strong/switch/")
    assert "Craving was 8" not in page(as_alice).text
    assert page(as_alice, "/today/").select("#signs") == []

    as_alice.post("/signs/craving-strong/switch/", {"on": "1"})
    assert "Craving was 8" in page(as_alice).text


@database
@pytest.mark.usefixtures("_evening")
def test_a_sign_put_aside_comes_back_with_a_newer_day(as_alice, alice):
    check_in(alice, 0, craving=8)

    answer = as_alice.post("/signs/craving-strong/dismiss/", {"from": "today"})

    assert answer.url == "/today/"
    assert page(as_alice, "/today/").select("#signs") == []
    with time_machine.travel(dt.datetime(2025, 6, 14, 1, 0, tzinfo=dt.UTC), tick=False):
        assert page(as_alice, "/today/").select("#signs") == []
        check_in(alice, -1, craving=7)
        assert "Craving was 7" in page(as_alice, "/today/").text


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize("address", ["/signs/craving-strong/dismiss/", "/api/v1/signs/craving-strong/dismiss/"])
def test_what_is_put_aside_in_the_morning_comes_back_with_that_evening(as_alice, alice, address):
    check_in(alice, 1, craving=8)
    as_alice.post(address)
    assert page(as_alice, "/today/").select("#signs") == []

    check_in(alice, 0, craving=10)

    assert "Craving was 10" in page(as_alice, "/today/").text


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize(("felt", "impact", "holds"), [(8, 2, True), (7, 9, False), (None, 8, True), (None, 7, False)])
def test_a_strong_trigger_is_one_felt_at_eight_or_else_rated_so(as_alice, alice, felt, impact, holds):
    from accounts import keys

    with keys.ring_of(alice.pk):
        trigger = Trigger.objects.create(person=alice, name="Work", category="stress", impact=impact)
    kept = check_in(alice, 0)
    TriggerMet.objects.create(person=alice, day=TODAY, trigger=trigger, intensity=felt, source=kept.pk)

    assert ("met a trigger with a strong pull" in page(as_alice).text) is holds


@database
@pytest.mark.usefixtures("_evening")
def test_over_the_api_a_rule_is_switched_and_put_aside(as_alice, alice):
    check_in(alice, 0, craving=8)

    off = as_alice.put("/api/v1/signs/craving-strong/", {"is_off": True}, content_type="application/json").json()
    aside = as_alice.post("/api/v1/signs/mood-low/dismiss/").json()

    assert (off["is_off"], off["is_shown"], off["why"]) == (True, False, "")
    assert aside["slug"] == "mood-low"
    # A rule that does not hold has nothing that could be put aside.
    assert SignChoice.objects.of(alice).count() == 1
    assert as_alice.get("/api/v1/signs/no-such/").status_code == 404


@database
@pytest.mark.usefixtures("_evening")
@pytest.mark.parametrize("address", ["/today/", "/insights/", "/signs/"])
@pytest.mark.parametrize("years", [0, 10])
def test_with_signs_a_page_stays_within_twelve_queries(as_alice, alice, django_assert_max_num_queries, address, years):
    history(alice, 20 + 365 * years, craving=lambda day: 8)
    everything(alice)
    as_alice.get(address)

    with django_assert_max_num_queries(11):
        response = as_alice.get(address)

    assert "Craving was 8 of 10 on Jun 11" in response.content.decode()


@database
def test_a_rule_that_is_not_on_the_list_is_refused(alice):
    with pytest.raises(NoSuchSign):
        switch_sign(person=alice, rule="score", is_off=True)
    with pytest.raises(NoSuchSign):
        dismiss_sign(person=alice, rule="score", day=TODAY)
