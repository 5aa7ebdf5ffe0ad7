"""Who gets in where: the room of resources."""

from tests.matrix import Row

ROWS: dict[str, Row] = {}
