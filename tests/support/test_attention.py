"""Who to reach out to, and why: each rule at its edge, over what is shared, unless it is switched off."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.clock import local_day
from support.attention import DAYS, RULES, DayLine, Level, Seen, level_of, reasons
from support.models import Access, QuietRule, Scope
from tests.recovery.factories import CheckInFactory, LapseFactory
from tests.support.factories import let_in
from tests.support.test_sharing import text_of

TODAY = date(2025, 6, 12)  # a Thursday
CALM = DayLine(mood=3, craving=2, sleep_half_hours=15, medication="")
ALL = frozenset(Scope)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def seen(changed: dict[int, DayLine | None], *, back: int = DAYS, uses: tuple[int, ...] = ()) -> Seen:
    """Make a calm fortnight with some days, by how long ago they are, otherwise or missing."""
    lines = dict.fromkeys(range(back), CALM) | changed
    days = {ago(number): line for number, line in lines.items() if line is not None}
    return Seen(TODAY, max(days, default=None), days, [ago(number) for number in uses])


def strong(*days: int, craving: int = 8) -> dict[int, DayLine | None]:
    return {number: CALM._replace(craving=craving) for number in days}


# A week before with enough craving that a strong day or two are no rise.
BEFORE = strong(*range(7, 14), craving=5)
GONE = dict.fromkeys(range(DAYS))


@pytest.mark.parametrize(
    ("client", "level", "words"),
    [
        (seen({}), None, ""),
        (seen(BEFORE | strong(0, 1, 3)), Level.NOW, "Craving 8 or more on 3 of the last 4 days"),
        (seen(BEFORE | strong(0, 1, 4)), None, ""),
        (seen(BEFORE | strong(0, 1, 2, craving=7)), None, ""),
        # Until today's check-in is there, the four days end yesterday.
        (seen(BEFORE | {0: None} | strong(1, 2, 4)), Level.NOW, "Craving 8 or more on 3 of the last 4 days"),
        (seen({}, uses=(2,)), Level.NOW, "Noted use on Tuesday"),
        (seen({}, uses=(3, 6)), Level.EYE, "Noted use on Monday"),
        (seen({}, uses=(7,)), None, ""),
        (seen(GONE | {5: CALM}), Level.NOW, "No check-in for 5 days"),
        (seen(GONE | {4: CALM}), None, ""),
        (seen(dict.fromkeys(range(3))), Level.EYE, "Usually here daily, quiet for 3 days"),
        (seen(dict.fromkeys((0, 1, 2, 4, 6, 8, 10))), None, ""),
        (Seen(TODAY, ago(21), {}), Level.EYE, "No check-in for 21 days"),
        (Seen(TODAY, None, {}), None, ""),
        (seen(strong(*range(7), craving=4)), Level.EYE, "Craving up by 2.0 on the week before"),
        (seen(strong(*range(7), craving=3)), None, ""),
        (seen(strong(*range(7), craving=4) | dict.fromkeys(range(7, 11))), None, ""),
        (
            seen({day: CALM._replace(sleep_half_hours=9) for day in (0, 1, 2)}),
            Level.EYE,
            "Sleep under 5 hours on 3 of the last 4 nights",
        ),
        (seen({day: CALM._replace(sleep_half_hours=10) for day in (0, 1, 2)}), None, ""),
        (seen({day: CALM._replace(mood=1) for day in (0, 2, 3)}), Level.EYE, "Rough mood on 3 of the last 4 days"),
        (
            seen({day: CALM._replace(medication="missed") for day in (1, 3)}),
            Level.EYE,
            "Medication missed on 2 of the last 4 days",
        ),
        (seen({1: CALM._replace(medication="missed")}), None, ""),
    ],
)
def test_each_rule_holds_up_to_its_edge(client, level, words):
    found = reasons(client, ALL)

    assert [(each.level, each.words) for each in found] == ([(level, words)] if level is not None else [])


def test_without_check_ins_to_go_by_nobody_is_called_steady():
    assert level_of(seen({}), ALL, []) is Level.STEADY
    assert level_of(seen({}), {Scope.PLAN}, []) is Level.UNKNOWN
    assert level_of(Seen(TODAY, None, {}), ALL, []) is Level.UNKNOWN


LINES = st.builds(
    DayLine,
    mood=st.integers(1, 5),
    craving=st.none() | st.integers(0, 10),
    sleep_half_hours=st.none() | st.integers(0, 48),
    medication=st.sampled_from(["", "taken", "missed"]),
)
FORTNIGHTS = st.dictionaries(st.integers(0, DAYS - 1).map(ago), LINES)
USES = st.sets(st.integers(0, 400).map(ago))
SCOPES = st.sets(st.sampled_from(Scope))


@given(days=FORTNIGHTS, uses=USES, scopes=SCOPES, off=st.sets(st.sampled_from(sorted(RULES))))
def test_what_is_not_shared_and_what_is_switched_off_changes_nothing(days, uses, scopes, off):
    client = Seen(TODAY, max(days, default=None), days, uses)
    found = reasons(client, scopes, off)

    # The same client with everything out of sight taken away.
    from_days = bool(scopes & {Scope.CHARTS, Scope.CHECKINS})
    left = {
        day: DayLine(
            mood=line.mood if from_days else 3,
            craving=line.craving if from_days else None,
            sleep_half_hours=line.sleep_half_hours if from_days else None,
            medication=line.medication if Scope.MEDICATION in scopes else "",
        )
        for day, line in days.items()
    }
    shared = Seen(TODAY, client.last, left, uses if Scope.LAPSES in scopes else ())
    assert reasons(shared, scopes, off) == found
    assert [each.level for each in found] == sorted((each.level for each in found), reverse=True)
    assert set(found) <= set(reasons(client, scopes))


@pytest.fixture
def today(bob) -> date:
    return local_day(bob, timezone.now())


def groups_on(page) -> dict[str, list[str]]:
    """Return the names below each group's title."""
    found: dict[str, list[str]] = {}
    for body in BeautifulSoup(page.content, "html.parser").select(".sup-table tbody"):
        found[body.select_one(".group").get_text(strip=True)] = [each.text for each in body.select("a.name")]
    return found


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_list_groups_people_and_says_why(as_bob, alice, charlie, dana, bob, today):
    for person in (alice, charlie):
        for back in range(10):
            CheckInFactory(person=person, day=today - timedelta(days=back), craving=9 if person == alice else 1)
        let_in(person, bob)
    let_in(dana, bob, Scope.PLAN)

    page = as_bob.get(reverse("support:desk"))

    assert groups_on(page) == {
        "Reach out today": ["Alice"],
        "Steady": ["Charlie"],
        "Nothing to go by": ["Dana"],
    }
    assert "Craving 8 or more on 4 of the last 4 days" in text_of(page)
    assert "Checked in on 10 of the last 14 days" in text_of(page)
    assert groups_on(as_bob.get(reverse("support:desk"), {"g": "now"})) == {"Reach out today": ["Alice"]}
    assert "Nobody is in this group now." in text_of(as_bob.get(reverse("support:desk"), {"g": "eye"}))


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_rule_that_the_person_switched_off_draws_no_attention(as_alice, as_bob, alice, bob, today):
    let_in(alice, bob)
    CheckInFactory(person=alice, day=today, craving=1)
    LapseFactory(person=alice, day=today)
    pages = [reverse("support:desk"), reverse("support:client", args=[alice.pk])]
    assert all("Noted use on" in text_of(as_bob.get(url)) for url in pages)

    page = as_alice.post(reverse("support:rules"), {"rule": "use", "off": "on"}, follow=True)
    assert "Switch on" in text_of(page)
    assert not any("Noted use on" in text_of(as_bob.get(url)) for url in pages)

    as_alice.post(reverse("support:rules"), {"rule": "use", "off": "on"})
    as_alice.post(reverse("support:rules"), {"rule": "use"})
    assert not QuietRule.objects.of(alice).exists()
    assert "Noted use on" in text_of(as_bob.get(reverse("support:desk")))


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize("rule", ["", "unheard-of", "use\x00", "x" * 500])
def test_a_rule_that_does_not_exist_is_not_kept(as_alice, alice, rule):
    assert as_alice.post(reverse("support:rules"), {"rule": rule, "off": "on"}).status_code == 404
    assert not QuietRule.objects.of(alice).exists()


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_log_names_each_kind_that_the_list_goes_by(as_bob, alice, bob):
    let_in(alice, bob, Scope.CHARTS, Scope.LAPSES, Scope.MEDICATION, Scope.TRIGGERS)

    as_bob.get(reverse("support:desk"))

    assert Access.objects.about(alice).get().kinds.split() == ["charts", "lapses", "medication"]
