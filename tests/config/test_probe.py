"""The container's own health check."""

import subprocess
import sys
from pathlib import Path

import pytest

PROBE = Path(__file__).resolve().parents[2] / "config" / "probe.py"


def probe(*words: str) -> subprocess.CompletedProcess[str]:
    env = {"PUBLIC_URL": "https://localhost"}
    return subprocess.run([sys.executable, "-I", PROBE, *words], env=env, capture_output=True, text=True, check=False)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_the_probe_tells_well_from_ill(live_server):
    well, ill = probe("healthz", live_server.url), probe("readyz", live_server.url)

    assert (well.returncode, well.stdout.strip()) == (0, '{"status": "ok"}')
    assert ill.returncode == 1  # no beat ticks in a test


def test_the_probe_says_when_nobody_answers():
    done = probe("healthz", "http://127.0.0.1:1")

    assert done.returncode == 1
    assert "no answer" in done.stdout
