"""A real Chromium for the browser tests: the one that is there, or one fetched now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",  # the build machine runs as root, where Chromium's sandbox refuses to
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def installed_chromium() -> str | None:
    """Return the path of a Chromium: CHROMIUM, one on the PATH, or the one that Playwright keeps."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def find_or_install_chromium() -> bool:
    """Return whether there is a Chromium, after trying apt (as root) and Playwright where there was none."""
    if installed_chromium():
        return True
    print("\nThere is no Chromium here; fetching one for the browser tests.", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", "chromium")
    if not installed_chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return installed_chromium() is not None


def _apt(*words: str) -> None:
    subprocess.run(["apt-get", "-qq", *words], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
