"""Runs Lighthouse over pages of the site: locked here, installed once into .venv, in the Chromium that is there."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browsers import ARGUMENTS, installed_chromium

HERE = Path(__file__).resolve().parent
FILES = ("package.json", "package-lock.json")
SECONDS = 300


class NotHere(Exception):
    """There is no npm, or it could not fetch what is locked."""


def program() -> Path:
    """Return where Lighthouse is, installing it the first time; nothing of it lands in the repository.

    :raises NotHere: when it cannot be had
    """
    lock = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:16]
    folder = Path(sys.prefix) / "lighthouse" / lock
    found = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if found.exists():
        return found
    npm = shutil.which("npm")
    if npm is None:
        raise NotHere("Lighthouse needs node and npm, which are not here.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, folder / name)
    words = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode or not found.exists():
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        raise NotHere(f"npm could not install Lighthouse: {done.stderr[-400:]}")
    return found


def look(url: str, cookie: str, categories: tuple[str, ...]) -> dict[str, tuple[int, list[str]]]:
    """Return for each category its score, 0–100, with what took points off it, on a phone's screen.

    :param cookie: who looks, as “name=value”
    :raises NotHere: when Lighthouse cannot be had
    """
    words = [
        *("node", str(program()), url, "--quiet", "--output=json", "--no-enable-error-reporting"),
        f"--only-categories={','.join(categories)}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
    ]
    env = {**os.environ, "CHROME_PATH": installed_chromium() or ""}
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True, timeout=SECONDS)
    told = json.loads(done.stdout)
    if problem := told.get("runtimeError"):
        raise RuntimeError(problem["message"])
    return {name: (round(told["categories"][name]["score"] * 100), _lost(told, name)) for name in categories}


def _lost(told: dict, category: str) -> list[str]:
    audits = (told["audits"][part["id"]] for part in told["categories"][category]["auditRefs"] if part["weight"])
    return [f"{audit['id']}: {audit['title']}" for audit in audits if (audit["score"] or 0) < 1]
