"""`./dev run` for real: starts in an empty folder, answers, stops cleanly, leaves nobody behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from accounts.keys import new_master_key
from tests.checks import clean_environment

pytestmark = [
    pytest.mark.processes,
    pytest.mark.embedded,
    pytest.mark.skipif(sys.platform != "linux", reason="who still runs is read from /proc"),
]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a busy machine imports slowly


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class House:
    """One `manage.py up` in a folder of its own."""

    def __init__(self, var: Path, log: Path, *words: str) -> None:
        self.var, self.log, self.port = var, log, free_port()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port), *words],
                cwd=ROOT,
                env={**clean_environment(), "WAYLIGHT_VAR": str(var), "HOME": "/nonexistent"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait_until_it_answers(self) -> None:
        wait_for(lambda: "Waylight is at" in self.said, self)

    def family(self) -> list[int]:
        """Return the ids of every process that was started from this folder and still runs."""
        mark = f"WAYLIGHT_VAR={self.var}".encode()
        return [pid for pid in running() if pid != os.getpid() and mark in environment_of(pid)]

    def children(self) -> dict[str, int]:
        names = {"gunicorn": "web", "celery": "worker"}
        found = {}
        for pid in self.family():
            if parent_of(pid) == self.process.pid:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
                found |= {short: pid for word, short in names.items() if word in command}
        return found


def running() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def parent_of(pid: int) -> int:
    try:
        return int(re.search(r"PPid:\t(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
    except OSError:
        return 0


def wait_for(true: Callable[[], bool], house: House) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if true():
            return
        time.sleep(0.2)
    pytest.fail(f"it did not happen within {PATIENCE} s; the house said:\n{house.said}")


@pytest.fixture
def start(tmp_path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def make(*words: str, var: Path | None = None) -> House:
        house = House(var or tmp_path / "var", tmp_path / f"{len(houses)}.log", *words)
        houses.append(house)
        return house

    yield make
    for house in houses:
        if house.process.poll() is None:
            house.process.kill()
            house.process.wait()
        for pid in house.family():
            os.kill(pid, signal.SIGKILL)


def test_it_starts_in_an_empty_folder_answers_and_stops_on_ctrl_c(start):
    house = start()
    house.wait_until_it_answers()

    health, front, mailbox = house.get("/healthz"), house.get("/"), house.get("/mailbox/")
    house.process.send_signal(signal.SIGINT)

    assert house.process.wait(30) == 0
    assert (health[0], front[0], mailbox[0]) == (200, 200, 200)
    assert f"http://localhost:{house.port}/" in house.said
    assert house.family() == []
    assert "Traceback" not in house.said


def test_what_it_keeps_is_closed_to_other_accounts(start):
    house = start()
    house.wait_until_it_answers()

    modes = {name: (house.var / name).stat().st_mode & 0o077 for name in ("master.key", "secret.key", ".")}

    assert set(modes.values()) == {0}


def test_a_second_start_keeps_the_keys(start):
    first = start()
    first.wait_until_it_answers()
    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(30) == 0
    before = (first.var / "master.key").read_bytes()

    second = start(var=first.var)
    second.wait_until_it_answers()

    assert (first.var / "master.key").read_bytes() == before


def test_a_ctrl_c_while_the_database_is_being_made_ends_it_and_the_next_start_goes_on(start):
    house = start()
    wait_for(lambda: (house.var / "db.sqlite3").exists(), house)

    house.process.send_signal(signal.SIGINT)

    assert house.process.wait(30) == 0
    assert house.family() == []
    assert "Waylight is at" not in house.said
    assert "Traceback" not in house.said
    start(var=house.var).wait_until_it_answers()


@pytest.mark.parametrize("which", ["web", "worker"])
def test_when_one_child_dies_all_stop(start, which):
    house = start()
    house.wait_until_it_answers()

    os.kill(house.children()[which], signal.SIGKILL)

    assert house.process.wait(30) == 1
    assert "ended unasked" in house.said
    wait_for(lambda: house.family() == [], house)


def test_when_the_parent_is_killed_outright_the_children_go_too(start):
    house = start()
    house.wait_until_it_answers()

    house.process.kill()
    house.process.wait()

    wait_for(lambda: house.family() == [], house)


def test_a_busy_port_is_one_sentence(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        house = start("--port", str(port))
        code = house.process.wait(PATIENCE)

    assert code == 1
    assert house.said.strip() == (
        f"CommandError: Port {port} of 127.0.0.1 cannot be used (Address already in use). "
        f"Try: ./dev run --port {port + 1}"
    )


def test_a_folder_that_cannot_be_written_is_one_sentence(start, tmp_path):
    (tmp_path / "file").write_text("in the way")
    house = start(var=tmp_path / "file" / "var")

    assert house.process.wait(PATIENCE) == 1
    assert re.fullmatch(r"WAYLIGHT_VAR names \S+, which cannot be made: Not a directory\.", house.said.strip())


def test_a_wrong_master_key_refuses_to_start(start, tmp_path):
    var = tmp_path / "var"
    make_a_person_with_a_name(var)
    (var / "master.key").write_text(new_master_key())

    house = start(var=var)

    assert house.process.wait(PATIENCE) == 1
    assert house.said.strip().startswith("The master key does not fit this keys database")
    assert "\n" not in house.said.strip()


def test_a_missing_master_key_refuses_to_start_and_makes_no_new_one(start, tmp_path):
    var = tmp_path / "var"
    make_a_person_with_a_name(var)
    (var / "master.key").unlink()

    house = start(var=var)

    assert house.process.wait(PATIENCE) == 1
    assert "master.key is missing" in house.said
    assert not (var / "master.key").exists()


def make_a_person_with_a_name(var: Path) -> None:
    script = (
        "from config.preparing import prepare; prepare()\n"
        "from accounts.models import User; User.objects.create_user('a@example.org', 'x', called='Alice')"
    )
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=ROOT,
        env={**clean_environment(), "WAYLIGHT_VAR": str(var)},
        check=True,
        timeout=PATIENCE,
    )
