"""Who gets in where: the room of reminders."""

from tests.matrix import Row

ROWS: dict[str, Row] = {}
