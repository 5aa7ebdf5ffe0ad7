"""`./dev bench`: our pages beside a bare Django page, measured in turn in the same run; it never fails a build."""

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.browsers import ARGUMENTS, installed_chromium
from tests.load.measuring import Target, measure
from tests.load.servers import ROOT, Server, free_port, make_environment, start

# What each page should be at most; the figures of peers stand in docs/performance.md.
AIMS = {
    "Today, 10 years": 2.0,
    "Save a check-in": 1.5,
    "History list, 10 years": 2.0,
    "Insights, 10 years": 3.0,
}
FIRST_VISIT = {"bytes": 90_000, "requests": 12}


def main() -> int:
    options = _arguments()
    with TemporaryDirectory(prefix="waylight-bench-") as folder, ExitStack() as stack:
        result = run(stack, Path(folder), options)
    print(table(result))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--rounds", type=int, default=9, help="how often each page is measured (9)")
    parser.add_argument("--seconds", type=float, default=0.7, help="how long one sample takes (0.7)")
    return parser.parse_args()


def run(stack: ExitStack, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    port, floor_port = free_port(), free_port()
    env = make_environment(folder, port)
    # From here on this process is the deployment that it measures, for seeding and for counting statements.
    for name in set(os.environ) - set(env):
        del os.environ[name]
    os.environ.update(env)
    seed = [sys.executable, "-m", "tests.load.floor.seed"]
    session = subprocess.run(seed, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    import django
    from django.core.management import call_command

    django.setup()
    for words in (["migrate"], ["migrate", "--database", "keys"], ["load_directory"], ["collectstatic", "--no-input"]):
        call_command(*words, stdout=StringIO())
    from tests.load.pages import count_statements, our_targets

    house = start(stack, "config.wsgi:application", port, env)
    below = start(stack, "tests.load.floor.wsgi:application", floor_port, env)
    floor = floor_target(below, session)
    targets, people = our_targets(house)
    measure(floor, targets, rounds=options.rounds, seconds=options.seconds, database_pid=postgres_pid())
    statements = count_statements(people)
    return {
        "floor": {"ms": middle(floor.milliseconds), "bytes": floor.size},
        "pages": [figures(target, statements) for target in targets],
        "growth": growth(targets),
        "first_visit": first_visit(port, people["decade"].cookie),
    }


def floor_target(server: Server, session: str) -> Target:
    headers = {"Cookie": f"sessionid={session}", "Host": f"localhost:{server.port}"}
    return Target("floor", server.port, server.pid, lambda: ("GET", "/page/", None, headers))


def postgres_pid() -> int:
    """Return the id of the database server's first process, or 0 where it runs elsewhere."""
    import psycopg
    from django.db import connection

    if os.environ.get("TEST_DATABASE_URL"):
        return 0
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    try:
        return int(Path(folder, "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, psycopg.Error):
        return 0


def figures(target: Target, statements: dict[str, int]) -> dict[str, Any]:
    return {
        "name": target.name,
        "ratio": middle(target.ratios),
        "ratio_least": round(min(target.ratios), 2),
        "ratio_most": round(max(target.ratios), 2),
        "cpu_ratio": middle(target.cpu_ratios),
        "ms": middle(target.milliseconds),
        "statements": statements.get(target.name),
        "bytes": target.size,
        "aim": AIMS.get(target.name),
    }


def growth(targets: list[Target]) -> dict[str, float]:
    """Return how much longer a page takes with ten years of history than with thirty days, by the best rounds."""
    best = {target.name: min(target.milliseconds) for target in targets}
    pairs = [(name.removesuffix(", 10 years"), time) for name, time in best.items() if name.endswith(", 10 years")]
    return {name: round(time / best[f"{name}, 30 days"], 2) for name, time in pairs}


def middle(values: list[float]) -> float:
    ordered = sorted(values) or [0.0]
    return round(ordered[len(ordered) // 2], 2)


def first_visit(port: int, cookie: str) -> dict[str, int] | None:
    """Return how many requests and bytes over the wire a signed-in first visit to Today takes, in a real browser."""
    chromium = installed_chromium()
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    name, value = cookie.split("=", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": name, "value": value, "url": f"http://localhost:{port}"}])
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(f"http://localhost:{port}/today/", wait_until="networkidle")
        browser.close()
    return {"requests": len(sizes), "bytes": sum(sizes)}


def table(result: dict[str, Any]) -> str:
    head = f"{'page':26} {'× floor':>8} {'least–most':>12} {'CPU ×':>6} {'ms':>7} {'SQL':>4} {'bytes':>8}  aim"
    lines = [f"Floor: {result['floor']['ms']} ms, {result['floor']['bytes']} bytes", "", head]
    for page in result["pages"]:
        spread = f"{page['ratio_least']}–{page['ratio_most']}"
        aim = f"≤ {page['aim']}" if page["aim"] else ""
        counted = "" if page["statements"] is None else page["statements"]
        lines.append(
            f"{page['name']:26} {page['ratio']:>8} {spread:>12} {page['cpu_ratio']:>6} {page['ms']:>7} "
            f"{counted:>4} {page['bytes']:>8}  {aim}"
        )
    lines += [
        "",
        *(f"{name}: {times} × its own 30 days" for name, times in result["growth"].items()),
    ]
    if visit := result["first_visit"]:
        aim = f"≤ {FIRST_VISIT['bytes']} bytes in ≤ {FIRST_VISIT['requests']} requests"
        lines.append(f"First visit to Today: {visit['bytes']} bytes in {visit['requests']} requests (aim {aim})")
    else:
        lines.append("First visit: not measured, there is no Chromium here.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
