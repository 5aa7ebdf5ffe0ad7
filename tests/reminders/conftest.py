"""What the tests of this room share."""

from collections.abc import Iterator

import pytest

from reminders import kinds
from tests.reminders.factories import daily_kind


@pytest.fixture(autouse=True)
def kind() -> Iterator[kinds.Kind]:
    """A daily kind that is never done; the kinds of the rooms above come back afterwards."""
    before = dict(kinds._kinds)
    kinds._kinds.clear()
    yield daily_kind()
    kinds._kinds.clear()
    kinds._kinds.update(before)
