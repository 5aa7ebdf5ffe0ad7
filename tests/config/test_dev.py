"""`./dev` says in one sentence what it cannot do, also to a Python that could not run the rest."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "dev"
# The file itself, run by a Python that says it is older.
AS_OLDER = """
import sys
sys.version_info = (3, 9, 2)
sys.argv = ["dev", "run"]
exec(compile(open("dev").read(), "dev", "exec"))
"""


def test_an_older_python_is_told_which_one_it_takes():
    done = subprocess.run([sys.executable, "-c", AS_OLDER], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == "Waylight needs Python 3.11 or newer; this is 3.9. Try: python3.11 dev run\n"


def test_an_older_python_can_read_as_far_as_that_sentence():
    # Python reads the whole file before it runs the first line.
    ast.parse(DEV.read_text(), feature_version=(3, 6))


def test_a_word_that_is_no_command_shows_what_there_is():
    done = subprocess.run([sys.executable, DEV, "strat"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "./dev run [--demo] [--port N]" in done.stdout
