"""Who gets in where: the room of support."""

from tests.matrix import Row

ROWS: dict[str, Row] = {}
