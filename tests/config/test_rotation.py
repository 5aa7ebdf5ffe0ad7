"""The master key changes while Waylight serves, and no private text is lost on the way."""

import stat
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from accounts import keys
from accounts.keys import MasterKeys
from accounts.models import PersonKey, User
from config.rotation import rotate_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = date(2026, 3, 8)


@pytest.fixture
def key_file(settings, tmp_path):
    """A master key in a file, as the embedded default has it, with nobody there yet."""
    settings.MASTER_KEYS, settings.MASTER_KEY_FILE = "", tmp_path / "master.key"
    keys.master_keys.__init__()
    PersonKey.objects.all().delete()
    keys.master_keys.load()
    yield settings.MASTER_KEY_FILE
    keys.master_keys.__init__()


def name_of(user: User) -> str:
    with keys.ring_of(user.pk):
        return str(User.objects.get(pk=user.pk).called)


def test_after_a_rotation_everything_opens_under_the_new_key_alone(key_file, make_user):
    people = [make_user(name) for name in ("ada", "ben", "cy")]
    old = key_file.read_text().strip()

    done = rotate_file(key_file, TODAY, settle=0)

    assert done == len(people)
    assert key_file.read_text().strip() != old
    keys.master_keys.__init__()  # as a process that starts now
    assert [name_of(user) for user in people] == ["Ada", "Ben", "Cy"]


def test_the_new_file_is_closed_to_others_and_the_old_key_is_kept_aside(key_file, make_user):
    make_user("ada")
    old = key_file.read_text().strip()

    rotate_file(key_file, TODAY, settle=0)

    retired = key_file.with_name("master.key.retired")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (key_file, retired)} == {0o600}
    assert retired.read_text().split("\n")[:2] == ["# until 2026-03-08", old]


def test_the_file_of_retired_keys_can_be_put_in_place_as_it_is(key_file, make_user):
    people = [make_user(name) for name in ("ada", "ben")]
    wrapped_before = list(PersonKey.objects.all())
    rotate_file(key_file, TODAY, settle=0)

    # As for a backup of the keys from before: they come back, and so does the file beside the new one.
    PersonKey.objects.all().delete()
    PersonKey.objects.bulk_create(wrapped_before)
    key_file.with_name("master.key.retired").replace(key_file)
    keys.master_keys.__init__()

    assert [name_of(user) for user in people] == ["Ada", "Ben"]
    assert rotate_file(key_file, TODAY, settle=0) == len(people)
    assert [name_of(user) for user in people] == ["Ada", "Ben"]


def test_a_process_that_was_serving_all_along_reads_and_wraps_under_the_new_key(key_file, make_user):
    user = make_user("ada")
    serving = MasterKeys()
    serving.load()

    rotate_file(key_file, TODAY, settle=0)

    row = PersonKey.objects.get(person_id=user.pk)
    assert serving.unwrap(row.master, bytes(row.wrapped), row.person_id)
    assert serving.wrap(b"x" * 32, user.pk)[0] == keys.master_keys.current


def test_an_interrupted_rotation_goes_on_where_it_stopped(key_file, make_user):
    user = make_user("ada")
    key_file.write_text(f"{keys.new_master_key()}\n{key_file.read_text()}")  # stopped after the first step

    rotate_file(key_file, TODAY, settle=0)

    assert len(key_file.read_text().split()) == 1
    assert name_of(user) == "Ada"


def test_a_master_key_that_went_missing_is_not_made_anew(key_file, make_user):
    make_user("ada")
    key_file.unlink()

    for master in (keys.master_keys, MasterKeys()):
        with pytest.raises(ImproperlyConfigured, match="is missing"):
            master.load()
    assert not key_file.exists()


def test_a_key_for_the_variable_is_printed_and_nothing_else(capsys):
    call_command("rotate_keys", "--print")

    assert len(capsys.readouterr().out.strip()) == 44


def test_a_variable_with_two_keys_is_wrapped_under_the_first(settings, make_user, capsys):
    old, new = keys.new_master_key(), keys.new_master_key()
    PersonKey.objects.all().delete()
    settings.MASTER_KEYS = old
    user = make_user("ada")

    settings.MASTER_KEYS = f"{new},{old}"
    call_command("rotate_keys")
    settings.MASTER_KEYS = new
    keys.master_keys.__init__()

    assert "1 keys wrapped anew" in capsys.readouterr().out
    assert name_of(user) == "Ada"
    keys.master_keys.__init__()


def test_a_variable_with_one_key_says_what_to_do(settings):
    settings.MASTER_KEYS = keys.new_master_key()

    with pytest.raises(ImproperlyConfigured, match="put it before the old one"):
        call_command("rotate_keys")
