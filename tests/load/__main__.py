"""`./dev bench`: our pages beside a bare Django page, measured in turn in the same run; it never fails a build."""

import argparse
import json
import pkgutil
import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.load import parts
from tests.load.bench import Bench


def main() -> int:
    options = _arguments()
    figures = {}
    with TemporaryDirectory(prefix="waylight-bench-") as folder, ExitStack() as stack:
        bench = Bench(stack, Path(folder), rounds=options.rounds, seconds=options.seconds)
        for name in options.parts or _names():
            part = import_module(f"tests.load.parts.{name}")
            figures[name] = part.measure(bench)
            print(f"{name}\n\n{part.describe(figures[name])}\n", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def _names() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(parts.__path__)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    # No `choices`: argparse would then refuse the empty list too.
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(_names())}; all where none is named")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--rounds", type=int, default=9, help="how often each page is measured (9)")
    parser.add_argument("--seconds", type=float, default=0.7, help="how long one sample takes (0.7)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(_names()):
        parser.error(f"there is no part named {', '.join(sorted(unknown))}; there are {', '.join(_names())}")
    return options


if __name__ == "__main__":
    sys.exit(main())
