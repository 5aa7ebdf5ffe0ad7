"""What `./dev bench` measures is looked at by people, so here only that each part is there to be asked."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from tests.load import parts

NAMES = [module.name for module in iter_modules(parts.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_each_part_of_the_bench_can_measure_and_describe(name):
    part = import_module(f"{parts.__name__}.{name}")

    assert callable(part.measure)
    assert callable(part.describe)


def test_pages_and_the_caseload_are_parts_of_the_bench():
    assert {"pages", "caseload"} <= set(NAMES)
