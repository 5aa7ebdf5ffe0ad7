"""`./dev test`: lint, types, walls, migrations, then all tests on SQLite and on PostgreSQL with Redis."""

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browsers import find_or_install_chromium
from tests.checks import Check, all_checks, clean_environment
from tests.printers import find_or_install_pango

ROOT = Path(__file__).resolve().parent.parent
# pytest says 5 when a part held no test at all, as a folder of browser tests does on SQLite.
NO_TESTS = 5
ON_SQLITE = "not browser"
ON_POSTGRES = "not embedded"
QUICK = "not browser and not processes and not hostile"


def main() -> int:
    options, part = _arguments()
    began = time.monotonic()
    failed = [] if part else run_checks()
    # Without it the tests of PDFs are left out here, and fail where CI=true.
    find_or_install_pango()
    runs = [("SQLite", ["--db=sqlite", "-m", QUICK if options.quick else ON_SQLITE])]
    chromium = True
    if not options.quick:
        chromium = find_or_install_chromium()
        runs.append(
            ("PostgreSQL and Redis", ["--db=postgres", "-m", ON_POSTGRES + ("" if chromium else " and not browser")])
        )
    shared = part or ["-n", "2", "--dist", "loadfile"]
    if options.nightly:
        shared = [*shared, "--nightly"]
    endings = [run_pytest(name, [*words, *shared]) for name, words in runs]
    failed += [name for name, code, _ in endings if code not in (0, NO_TESTS)]
    return report(failed, endings, chromium=chromium, took=time.monotonic() - began)


def _arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="./dev test", usage="%(prog)s [--quick] [--nightly] [PATH ...]", description=__doc__, allow_abbrev=False
    )
    parser.add_argument(
        "--quick", action="store_true", help="checks, and the tests that need neither browser nor server"
    )
    parser.add_argument("--nightly", action="store_true", help="the long tests too")
    # The rest is pytest's: paths, and options such as -k and -x.
    return parser.parse_known_args()


def run_checks() -> list[str]:
    """Run the checks two at a time and return the names of those that found something."""
    with TemporaryDirectory(prefix="waylight-checks-") as var, ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(_run_check, all_checks(Path(var))))
    return [name for name in found if name]


def _run_check(check: Check) -> str:
    began = time.monotonic()
    done = subprocess.run(check.words, cwd=ROOT, env=check.env, capture_output=True, text=True, check=False)
    good = done.returncode == 0
    said = "" if good else f"\n{done.stdout}{done.stderr}"
    print(f"{'ok    ' if good else 'FAILED'} {check.name} ({time.monotonic() - began:.0f} s){said}", flush=True)
    return "" if good else check.name


def run_pytest(name: str, words: list[str]) -> tuple[str, int, str]:
    """Run pytest, pass on what it says as it says it, and return its code and its closing line."""
    print(f"\nTests on {name}", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        env={**clean_environment(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    said = b""
    while chunk := os.read(process.stdout.fileno(), 65_536):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        said = (said + chunk)[-20_000:]
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said.decode("utf-8", "replace")).strip().splitlines()
    return name, process.wait(), lines[-1] if lines else ""


def report(failed: list[str], endings: list[tuple[str, int, str]], *, chromium: bool, took: float) -> int:
    """Say in few lines how it went; the last ones are pytest's own."""
    missing = not chromium and os.environ.get("CI") == "true"
    if missing:
        failed = [*failed, "browser tests (no Chromium)"]
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All good'}, after {took / 60:.1f} minutes.")
    for name, _, line in endings:
        print(f"{name}:\n{line}")
    if not chromium:
        print("No Chromium could be had here, so the browser tests did not run.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
