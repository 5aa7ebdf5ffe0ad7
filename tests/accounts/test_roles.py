"""Roles: asked for, answered by an administrator, ended at once; and an admin that opens nobody's record."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.fields import PrivateTextField
from accounts.models import OwnedModel, Role, Session, User
from resources.models import Story
from tests.second_step import give_second_step

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def admin_user(make_user) -> User:
    return make_user("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def as_admin(admin_user, signed_in):
    return signed_in(admin_user)


def ask(client, person) -> Role:
    client.post(reverse("accounts:counselor-ask"))
    return Role.objects.filter(user=person).latest("asked_at")


def test_a_person_asks_and_is_a_counselor_once_an_administrator_says_so(as_charlie, charlie, as_admin):
    role = ask(as_charlie, charlie)
    assert not User.objects.get(pk=charlie.pk).is_counselor
    assert charlie.email in as_admin.get(reverse("accounts:role-list")).content.decode()

    as_admin.post(reverse("accounts:role-approve", args=[role.pk]))

    assert User.objects.get(pk=charlie.pk).is_counselor
    assert "known here as a counselor" in as_charlie.get(reverse("accounts:counselor")).content.decode()


def test_asking_twice_is_one_request(as_charlie, charlie):
    ask(as_charlie, charlie)
    ask(as_charlie, charlie)

    assert Role.objects.filter(user=charlie).count() == 1


def test_a_declined_request_gives_nothing_and_may_be_made_again(as_charlie, charlie, as_admin):
    role = ask(as_charlie, charlie)

    as_admin.post(reverse("accounts:role-decline", args=[role.pk]))

    assert not User.objects.get(pk=charlie.pk).is_counselor
    assert ask(as_charlie, charlie).pk != role.pk


def test_an_ended_role_holds_no_more_from_the_next_request(as_bob, bob, as_admin):
    role = Role.objects.get(user=bob)

    as_admin.post(reverse("accounts:role-end", args=[role.pk]))

    page = as_bob.get(reverse("accounts:counselor")).content.decode()
    assert "has ended" in page


def test_a_counselor_may_step_back(as_bob, bob):
    as_bob.post(reverse("accounts:counselor-end"))

    assert not User.objects.get(pk=bob.pk).is_counselor


def test_a_request_is_answered_once(as_charlie, charlie, admin_user):
    role = ask(as_charlie, charlie)
    roles.approve_role(role=role, by=admin_user, now=timezone.now())

    with pytest.raises(roles.NotWaiting):
        roles.decline_role(role=role, now=timezone.now())

    assert User.objects.get(pk=charlie.pk).is_counselor


def test_roles_can_be_combined(charlie, admin_user):
    for kind in Role.Kind:
        roles.grant_role(user=charlie, kind=kind, by=admin_user, now=timezone.now())

    charlie = User.objects.get(pk=charlie.pk)
    assert charlie.is_counselor
    assert charlie.is_curator


@pytest.mark.parametrize("route", ["role-list", "role-approve", "role-decline", "role-end"])
def test_the_page_of_requests_is_not_there_for_anybody_else(
    route, client, as_alice, as_bob, as_charlie, as_dana, as_erin
):
    method = "get" if route == "role-list" else "post"
    address = reverse(f"accounts:{route}", args=[] if route == "role-list" else [Role.objects.latest("pk").pk])

    assert getattr(client, method)(address).status_code == 302
    for somebody in (as_alice, as_bob, as_charlie, as_dana, as_erin):
        assert getattr(somebody, method)(address).status_code == 404
    assert Role.objects.in_force().count() == 2


def test_the_page_of_requests_shows_no_private_data(as_charlie, charlie, as_admin):
    ask(as_charlie, charlie)

    assert "Charlie" not in as_admin.get(reverse("accounts:role-list")).content.decode()


def test_the_admin_is_not_there_for_people_and_counselors(client, as_alice, as_bob):
    for address in (reverse("admin:index"), reverse("admin:accounts_user_changelist"), reverse("admin:login")):
        assert as_alice.get(address).status_code == 404
        assert as_bob.get(address).status_code == 404
    assert client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_curator_reaches_the_directory_only(as_erin):
    index = as_erin.get(reverse("admin:index"))

    assert index.status_code == 200
    assert reverse("admin:accounts_user_changelist") not in index.content.decode()
    assert as_erin.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert as_erin.get(reverse("admin:accounts_role_add")).status_code == 403


def test_a_curator_granted_in_the_admin_gets_in_and_out_with_the_role(as_admin, as_charlie, charlie):
    as_admin.post(reverse("admin:accounts_role_add"), {"user": charlie.pk, "kind": "curator"})
    assert as_charlie.get(reverse("admin:index"))["Location"] == reverse("mfa_index")
    give_second_step(charlie)
    assert as_charlie.get(reverse("admin:index")).status_code == 200

    chosen = {"action": "end", "_selected_action": [Role.objects.get(user=charlie).pk]}
    as_admin.post(reverse("admin:accounts_role_changelist"), chosen)

    assert as_charlie.get(reverse("admin:index")).status_code == 404


def test_no_record_of_a_person_is_in_the_admin():
    # A story is offered to be read and shown, under a pseudonym; whose it is stays out.
    assert "person" not in admin.site._registry[Story].fields
    for model in set(apps.get_models()) - {Story}:
        private = issubclass(model, OwnedModel) or any(
            isinstance(field, PrivateTextField) for field in model._meta.get_fields()
        )
        assert not (private and model is not User and admin.site.is_registered(model)), model
    assert not {EmailAddress, Group, Session} & set(admin.site._registry)


def test_an_administrator_sees_of_an_account_its_address_and_no_more(as_admin, alice):
    page = as_admin.get(reverse("admin:accounts_user_change", args=[alice.pk])).content.decode()

    assert alice.email in page
    assert "Alice" not in page
    assert "argon2" not in page
    assert "md5" not in page


def test_an_administrator_cannot_take_an_account_over(as_admin, alice):
    before = alice.password
    form = {"email": "ada@example.org", "password": "x", "is_superuser": "on", "called": "x", "is_active": "on"}

    as_admin.post(reverse("admin:accounts_user_change", args=[alice.pk]), form)

    alice.refresh_from_db()
    assert (alice.email, alice.password, alice.is_superuser) == ("alice@example.org", before, False)
    assert as_admin.get(reverse("admin:accounts_user_add")).status_code == 403
    assert as_admin.get(reverse("admin:accounts_user_delete", args=[alice.pk])).status_code == 403


def test_a_closed_account_is_out_at_once(as_admin, alice, as_alice):
    as_admin.post(reverse("admin:accounts_user_change", args=[alice.pk]), {})

    assert as_alice.get(reverse("you")).status_code == 302
