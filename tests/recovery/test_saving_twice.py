"""Saving twice: one submission is one submission, and a day says the same in whatever order its answers arrive."""

import datetime as dt
import threading
import uuid
from zoneinfo import available_timezones

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import keys
from accounts.clock import local_day
from recovery.models import CheckIn, CheckInVersion, Lapse
from recovery.services import FutureDay, MoodMissing, SubmissionTaken, TooLongAgo, save_checkin

both = pytest.mark.django_db(databases=["default", "keys"])
alone = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)
TODAY = dt.date(2025, 6, 12)
EARLIEST = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def save(person, *, submission=None, answered_at=NOW, now=NOW, day=TODAY, whole=False, **answers):
    with keys.ring_of(person.pk):
        return save_checkin(
            person=person,
            day=day,
            answers={"mood": 3, **answers},
            submission=submission or uuid.uuid4(),
            answered_at=answered_at,
            now=now,
            whole=whole,
        )


def said(person, *names):
    with keys.ring_of(person.pk):
        kept = CheckIn.objects.of(person).get(day=TODAY)
        return tuple(getattr(kept, name) for name in names)


@both
def test_the_same_submission_gives_back_what_is_kept(alice):
    name = uuid.uuid4()

    first, second = save(alice, submission=name, note="Tea"), save(alice, submission=name, note="Tea")

    assert first.pk == second.pk
    assert CheckInVersion.objects.of(alice).count() == 1


@both
@pytest.mark.parametrize("other", [{"note": "Coffee"}, {"mood": 1}, {"craving": 0}, {"used": "no"}])
def test_the_same_submission_with_other_answers_is_refused(alice, other):
    name = uuid.uuid4()
    save(alice, submission=name, note="Tea")

    with pytest.raises(SubmissionTaken):
        save(alice, submission=name, **{"note": "Tea", **other})

    assert said(alice, "mood", "note", "craving") == (3, "Tea", None)


@both
def test_two_people_may_use_the_same_name_for_a_submission(alice, charlie):
    name = uuid.uuid4()

    assert save(alice, submission=name).pk != save(charlie, submission=name).pk


@both
def test_what_comes_late_fills_gaps_and_overrules_nothing(alice):
    save(alice, answered_at=NOW, mood=4, craving=2)

    save(alice, answered_at=NOW - 3 * HOUR, mood=1, craving=9, note="This morning")

    assert said(alice, "mood", "craving", "note", "answered_at") == (4, 2, "This morning", NOW)


@both
def test_an_edit_takes_text_out_of_older_versions_too(alice):
    save(alice, note="A name", answered_at=NOW - HOUR)

    save(alice, note="", whole=True)

    with keys.ring_of(alice.pk):
        assert [version.note for version in CheckInVersion.objects.of(alice)] == ["", ""]


@both
def test_a_changed_answer_takes_back_its_own_event_of_use_only(alice):
    Lapse.objects.create(person=alice, day=TODAY, source="noted")
    save(alice, used="yes", answered_at=NOW - HOUR)

    save(alice, used="no")

    assert list(Lapse.objects.of(alice).values_list("source", flat=True)) == ["noted"]


submissions = st.lists(
    st.fixed_dictionaries(
        {
            "answered_at": st.integers(0, 20).map(lambda back: NOW - back * HOUR),
            "mood": st.integers(1, 5),
            "craving": st.none() | st.integers(0, 10),
            "used": st.sampled_from(["", "no", "yes", "skip"]),
            "note": st.sampled_from(["", "one", "two"]),
        }
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each["answered_at"],
)


@both
@relaxed
@given(arrived=submissions, data=st.data())
def test_a_day_says_the_same_in_whatever_order_its_answers_arrive(alice, arrived, data):
    names = ("mood", "craving", "used", "note", "answered_at")
    results = []
    for order in (arrived, data.draw(st.permutations(arrived))):
        CheckIn.objects.of(alice).delete()
        for each in order:
            save(alice, **each)
        results.append(said(alice, *names))

    assert results[0] == results[1]
    newest = max(arrived, key=lambda each: each["answered_at"])
    assert results[0][0] == newest["mood"]
    if any(each["note"] for each in arrived):
        assert results[0][3] != ""


@both
@relaxed
@given(
    zone=st.sampled_from(sorted(available_timezones())),
    answered_at=st.integers(0, 10_000_000).map(lambda minutes: EARLIEST + dt.timedelta(minutes=minutes)),
)
def test_a_check_in_lands_on_the_date_of_the_persons_own_wall(alice, zone, answered_at):
    alice.time_zone = zone
    CheckIn.objects.of(alice).delete()
    day = local_day(alice, answered_at)

    kept = save(alice, day=day, answered_at=answered_at, now=answered_at)

    assert kept.day == day
    assert kept.late is False
    with pytest.raises(FutureDay):
        save(alice, day=day + dt.timedelta(days=1), answered_at=answered_at, now=answered_at)
    with pytest.raises(TooLongAgo):
        save(alice, day=day - dt.timedelta(days=3), answered_at=answered_at, now=answered_at)


@both
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-03-09T07:59:00+00:00", "2025-03-09"),  # 1:59 am, a minute before the clocks go forward in Chicago
        ("2025-03-09T08:00:00+00:00", "2025-03-09"),  # 3:00 am
        ("2025-11-02T06:30:00+00:00", "2025-11-02"),  # 1:30 am, the first time
        ("2025-11-02T07:30:00+00:00", "2025-11-02"),  # 1:30 am, the second time
        ("2025-11-03T05:59:00+00:00", "2025-11-02"),  # the last minute of a day of 25 hours
        ("2025-11-03T06:00:00+00:00", "2025-11-03"),
    ],
)
def test_clocks_that_change_do_not_move_a_day(alice, moment, day):
    now = dt.datetime.fromisoformat(moment)

    kept = save(alice, day=dt.date.fromisoformat(day), answered_at=now, now=now)

    assert (kept.day.isoformat(), kept.late) == (day, False)


@both
def test_a_new_day_needs_a_mood_and_a_kept_one_does_not(alice):
    with pytest.raises(MoodMissing):
        save(alice, mood=None, craving=3)
    save(alice, mood=2)

    save(alice, mood=None, craving=3)

    assert said(alice, "mood", "craving") == (2, 3)


@pytest.fixture
def real_database(tmp_path):
    """The embedded database as people run it: a file with a write-ahead log, not the tests' memory. Ask for it last."""
    moved = []
    for alias in ("default", "keys"):
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        path = str(tmp_path / f"{alias}.sqlite3")
        connection.cursor().execute("VACUUM INTO %s", [path])
        moved.append((connection, connection.connection, connection.settings_dict["NAME"]))
        connection.connection, connection.settings_dict["NAME"] = None, path
    yield
    for connection, memory, name in moved:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


def race(jobs):
    """Run the jobs at once and return what each raised or gave."""
    results, start = [None] * len(jobs), threading.Barrier(len(jobs))

    def run(index, job):
        start.wait()
        try:
            results[index] = job()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@alone
def test_one_form_sent_many_times_at_once_is_kept_once(alice, real_database):
    name = uuid.uuid4()

    results = race([lambda: save(alice, submission=name, note="Tea")] * 6)

    assert {getattr(result, "pk", result) for result in results} == {CheckIn.objects.of(alice).get().pk}
    assert CheckInVersion.objects.of(alice).count() == 1


@alone
def test_different_answers_at_once_all_end_up_in_the_day(alice, real_database):
    fields = [{"craving": 4}, {"confidence": 7}, {"note": "Tea"}, {"medication": "taken"}, {"halt": "h"}]

    results = race([lambda each=each: save(alice, **each) for each in fields])

    assert not [result for result in results if isinstance(result, Exception)]
    assert said(alice, "craving", "confidence", "note", "medication", "halt") == (4, 7, "Tea", "taken", "h")
    assert CheckInVersion.objects.of(alice).count() == 5


@alone
def test_one_submission_with_two_bodies_at_once_is_kept_once_and_refused_once(alice, real_database):
    name = uuid.uuid4()

    results = race([lambda mood=mood: save(alice, submission=name, mood=mood) for mood in (1, 5)])

    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [SubmissionTaken]
    assert CheckInVersion.objects.of(alice).count() == 1
