"""Two versions side by side, line by line."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.compare import differences

# A busy machine is no fault of the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
contents = st.dictionaries(
    st.sampled_from(["reasons", "signs", "places"]),
    st.lists(
        st.tuples(st.integers(0, 9), st.text(min_size=1, max_size=5)), max_size=6, unique_by=lambda row: row[0]
    ).map(lambda rows: [{"id": str(key), "text": text} for key, text in rows]),
)


def told(before, after):
    return [
        (part, change.kind, change.name, change.fields)
        for part, changes in differences(before, after)
        for change in changes
    ]


@patient
@given(contents)
def test_a_version_does_not_differ_from_itself(content):
    assert differences(content, content) == []


@patient
@given(contents, contents)
def test_what_one_way_adds_the_other_way_takes_out(one, other):
    def named(kind, before, after):
        return sorted((part, name) for part, said, name, _fields in told(before, after) if said == kind)

    assert named("added", one, other) == named("removed", other, one)


@patient
@given(contents, contents)
def test_every_row_that_says_something_else_is_told(one, other):
    changed = {
        (part, row["text"])
        for part, rows in other.items()
        for row in rows
        for was in one.get(part, [])
        if was["id"] == row["id"] and was["text"] != row["text"]
    }

    assert changed == {(part, name) for part, kind, name, _fields in told(one, other) if kind == "changed"}


def test_a_change_names_the_column_and_both_texts():
    before = {"triggers": [{"id": "1", "name": "Payday", "impact": 8, "answers": []}]}
    after = {"triggers": [{"id": "1", "name": "Payday", "impact": 6, "answers": [{"id": "2", "text": "Go home"}]}]}

    assert told(before, after) == [("triggers", "changed", "Payday", [("impact", 8, 6), ("answers", [], ["Go home"])])]


def test_another_order_is_told_once_and_only_where_order_is_the_persons():
    rows = [{"id": str(number), "text": f"Reason {number}"} for number in range(3)]
    moved = told({"reasons": rows}, {"reasons": [rows[1], rows[0], rows[2]]})
    rated = [{"id": str(number), "name": "x", "impact": 5} for number in range(2)]

    assert [kind for _part, kind, *_rest in moved] == ["moved", "moved"]
    assert told({"triggers": rated}, {"triggers": rated[::-1]}) == []


def test_a_version_without_keys_is_compared_by_its_words():
    assert told({"reasons": [{"text": "My son"}]}, {"reasons": [{"text": "My son"}]}) == []


def test_a_column_that_came_later_is_no_change_while_it_is_empty():
    assert told({"reasons": [{"id": "1", "text": "A"}]}, {"reasons": [{"id": "1", "text": "A", "new": ""}]}) == []
