"""What helps comes first: more success never ranks lower, and little known is held back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.ordering import NOTHING_SAID, Tally, most_helpful_first, promise

# A busy machine is no fault of the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def tallies(draw, most=200):
    said = draw(st.integers(0, most))
    return Tally(draw(st.integers(0, said)), said)


rows = st.lists(st.tuples(tallies(), tallies(30), st.booleans()), min_size=1, max_size=8)


def ranked(several):
    return most_helpful_first((number, *row) for number, row in enumerate(several))


def test_once_of_once_stands_below_11_of_14():
    assert ranked([(Tally(1, 1), NOTHING_SAID, False), (Tally(11, 14), NOTHING_SAID, False)]) == [1, 0]


@pytest.mark.parametrize(
    ("tally", "worth"), [((0, 0), 0.5), ((1, 1), 0.6), ((3, 3), 0.714), ((11, 14), 0.722), ((4, 4), 0.75)]
)
def test_the_figures_that_the_module_states_are_so(tally, worth):
    assert promise(Tally(*tally)) == pytest.approx(worth, abs=0.001)


@patient
@given(rows, st.data())
def test_one_more_success_never_ranks_lower(several, data):
    chosen = data.draw(st.integers(0, len(several) - 1))
    overall, here, is_answer = several[chosen]
    with_trigger = data.draw(st.booleans())
    more_here = Tally(here.eased + 1, here.said + 1) if with_trigger else here
    better = [*several]
    better[chosen] = (Tally(overall.eased + 1, overall.said + 1), more_here, is_answer)

    assert ranked(better).index(chosen) <= ranked(several).index(chosen)


@patient
@given(rows, st.data())
def test_a_success_instead_of_none_never_ranks_lower(several, data):
    chosen = data.draw(st.integers(0, len(several) - 1))
    overall, here, is_answer = several[chosen]
    better = [*several]
    better[chosen] = (Tally(min(overall.said, overall.eased + 1), overall.said), here, is_answer)

    assert ranked(better).index(chosen) <= ranked(several).index(chosen)


@patient
@given(rows, st.data())
def test_one_more_try_that_did_not_help_never_ranks_higher(several, data):
    chosen = data.draw(st.integers(0, len(several) - 1))
    overall, here, is_answer = several[chosen]
    worse = [*several]
    worse[chosen] = (Tally(overall.eased, overall.said + 1), here, is_answer)

    assert ranked(worse).index(chosen) >= ranked(several).index(chosen)


@patient
@given(rows)
def test_nothing_is_lost_and_the_order_is_the_same_each_time(several):
    assert sorted(ranked(several)) == list(range(len(several)))
    assert ranked(several) == ranked(several)


@patient
@given(tallies(), tallies())
def test_a_promise_is_a_share(overall, here):
    assert 0 < promise(overall, here) < 1


def test_what_was_not_tried_with_this_trigger_stands_where_it_stands_overall():
    assert promise(Tally(11, 14), NOTHING_SAID) == promise(Tally(11, 14))


def test_of_two_alike_the_answer_to_the_trigger_comes_first_then_the_persons_own_order():
    alike = [(NOTHING_SAID, NOTHING_SAID, answer) for answer in (False, False, True)]

    assert ranked(alike) == [2, 0, 1]
