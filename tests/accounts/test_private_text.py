"""Private text: sealed in the database, bound to its row, open to its owner only."""

import uuid

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accounts import keys
from accounts.models import PersonKey, User
from accounts.unlocking import unlock

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def in_database(user: User) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT called, email FROM accounts_user")
        return next(called for called, email in cursor.fetchall() if email == user.email)


def read_as(own: uuid.UUID | None, user: User) -> str:
    with keys.ring_of(own):
        return str(User.objects.get(pk=user.pk).called)


def test_the_database_holds_no_private_text(alice):
    assert "Alice" not in in_database(alice)
    assert in_database(alice).startswith("1:")


def test_the_owner_reads_it_and_a_stranger_sees_that_it_is_locked(alice, charlie):
    assert read_as(alice.pk, alice) == "Alice"
    assert read_as(charlie.pk, alice) == "locked"
    assert read_as(None, alice) == "locked"


def test_somebody_let_in_reads_it_for_one_request(alice, bob):
    with keys.ring_of(bob.pk):
        unlock([alice.pk])
        assert User.objects.get(pk=alice.pk).called == "Alice"

    assert read_as(bob.pk, alice) == "locked"


def test_many_are_unlocked_in_one_query(alice, charlie, dana, django_assert_num_queries):
    with keys.ring_of(None), django_assert_num_queries(1, using="keys"):
        unlock([alice.pk, charlie.pk, dana.pk])


def test_saving_a_locked_record_changes_nothing(alice):
    before = in_database(alice)

    with keys.ring_of(None):
        user = User.objects.get(pk=alice.pk)
        user.called = user.called  # what a form would do that shows the word "locked"
        user.save()

    assert in_database(alice) == before


def test_update_and_filter_on_private_text_are_refused(alice):
    with pytest.raises(FieldError):
        User.objects.update(called="Somebody")
    with pytest.raises(FieldError):
        list(User.objects.filter(called="Alice"))
    with pytest.raises(FieldError):
        list(User.objects.filter(called__icontains="ali"))
    with pytest.raises(FieldError):
        User.objects.bulk_update([User(pk=alice.pk, called="x")], ["called"])


def test_a_row_cannot_be_given_the_text_of_another(alice, charlie):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET called = %s WHERE email = %s", [in_database(alice), charlie.email])

    with keys.ring_of(None):
        unlock([alice.pk, charlie.pk])
        moved = User.objects.get(pk=charlie.pk)
        with pytest.raises(keys.KeyMissing):
            str(moved.called)


def test_deleting_the_key_makes_a_backup_unreadable(alice):
    keys.destroy(alice.pk)

    assert read_as(alice.pk, alice) == "locked"


def test_values_do_not_open_private_text(alice):
    with keys.ring_of(alice.pk):
        assert str(User.objects.values_list("called", flat=True).get(pk=alice.pk)) == "locked"


def test_an_empty_text_needs_no_key(make_user):
    user = make_user("quiet")
    user.called = ""
    user.save()

    assert read_as(None, user) == ""


@given(st.text(max_size=300))
def test_every_text_comes_back_as_it_was(text):
    person = uuid.uuid4()
    with keys.ring_of(person):
        sealed = keys.seal(text, person_id=person, place="here")
        assert keys.unseal(sealed, place="here") == text
        with pytest.raises(keys.KeyMissing):
            keys.unseal(sealed, place="there")


def test_a_new_master_key_wraps_all_and_the_old_one_can_go(alice, charlie, settings):
    old, new = keys.new_master_key(), keys.new_master_key()
    settings.MASTER_KEYS = old
    PersonKey.objects.all().delete()
    keys.master_keys.load()
    sealed = keys.seal("kept", person_id=alice.pk, place="x")

    settings.MASTER_KEYS = f"{new}\n{old}"
    assert keys.rewrap_all() == 1
    settings.MASTER_KEYS = new

    keys.verify_master_key()
    with keys.ring_of(alice.pk):
        assert keys.unseal(sealed, place="x") == "kept"


def test_a_wrong_master_key_refuses_to_start(alice, settings):
    settings.MASTER_KEYS = keys.new_master_key()
    keys.master_keys.load()

    with pytest.raises(ImproperlyConfigured, match="Put back the MASTER_KEY"):
        keys.verify_master_key()


@pytest.fixture(autouse=True)
def _the_usual_master_key():
    yield
    keys.master_keys.__init__()
