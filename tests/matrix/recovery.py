"""Who gets in where: check-ins, journeys, stages and what is read from them."""

from tests.matrix import ADMIN_SUPERUSERS, Row, stock

ROWS: dict[str, Row] = {
    "admin:recovery_stage_*": stock(ADMIN_SUPERUSERS),
}
