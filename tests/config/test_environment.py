"""Settings come from the environment, each is explained, and a wrong one stops the start with one sentence."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks import clean_environment, production_like

ROOT = Path(__file__).resolve().parents[2]
TESTS_ONLY = {"TEST_DATABASE_URL", "TEST_REDIS_URL", "CHROMIUM", "WAYLIGHT_FEEDS", "CI"}


def read_by_the_product() -> set[str]:
    """Return what is read by way of config.environment, wherever: celery.py reads too, before there are settings."""
    files = [path for path in (ROOT / "config").rglob("*.py") if path.name != "environment.py"]
    calls = [node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    ours = [call for call in calls if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "env"]
    return {call.args[0].value for call in ours if isinstance(call.args[0], ast.Constant)}


def explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def read_by_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_every_setting_is_explained_and_nothing_else():
    assert explained() - TESTS_ONLY == read_by_the_product() | read_by_compose()


def test_no_module_reads_the_environment_past_the_one_that_explains_it():
    rooms = ("accounts", "charts", "config", "plans", "recovery", "reminders", "resources", "support")
    past = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if path.name != "environment.py"
        for name in re.findall(r"""(?:environ(?:\.get\(|\[)|getenv\()["']([A-Z_]+)""", path.read_text())
    }

    # The watch inside a container asks its own web server and must not load the settings to do so.
    assert past == {"config/probe.py: PUBLIC_URL"}


def check(var: Path, **changed: str | None) -> tuple[int, str]:
    """Return the exit code and the words of `manage.py check` in a production with some variables changed."""
    env = {**clean_environment(), **production_like(var), **changed}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={name: value for name, value in env.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip()


@pytest.mark.processes
@pytest.mark.embedded
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"MASTER_KEY": None}, "MASTER_KEY is not set"),
        ({"MASTER_KEY_FILE": "/nonexistent/key"}, "MASTER_KEY_FILE names /nonexistent/key, which cannot be read"),
        ({"KEYS_DATABASE_URL": "postgres://web@localhost/main"}, "name the same database"),
        ({"REDIS_URL": None}, "REDIS_URL is not set"),
        ({"EMAIL_URL": "console://"}, "EMAIL_URL must start with"),
        ({"PUBLIC_URL": "http://way.example.org"}, "must start with https"),
        ({"ALLOWED_HOSTS": "*"}, "Name the hosts"),
        ({"OPERATOR_CONTACT": "call me"}, "OPERATOR_CONTACT must be"),
        ({"PROXY_COUNT": "two"}, "PROXY_COUNT must be a whole number"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path, changed, words):
    code, said = check(tmp_path, **changed)

    assert code == 1
    assert words in said
    assert "Traceback" not in said


@pytest.mark.processes
@pytest.mark.embedded
def test_a_secret_may_stand_in_a_file(tmp_path):
    secret = production_like(tmp_path)["SECRET_KEY"]
    (tmp_path / "secret").write_text(secret + "\n")

    code, said = check(tmp_path, SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "secret"))

    assert (code, os.linesep.join(said.splitlines()[:1])) == (0, "")
