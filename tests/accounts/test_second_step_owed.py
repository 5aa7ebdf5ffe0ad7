"""Who must have a second step before they see anything of others, and who never must."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests.second_step import confirm_it_is_me, is_in, set_up_app

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def new_counselor(make_user):
    user = make_user("nora")
    Role.objects.create(user=user, kind=Role.Kind.COUNSELOR, granted_at=timezone.now())
    return user


@pytest.fixture
def new_curator(make_user):
    user = make_user("cleo", is_staff=True)
    Role.objects.create(user=user, kind=Role.Kind.CURATOR, granted_at=timezone.now())
    return user


@pytest.fixture
def new_admin(make_user):
    user = make_user("ada")
    user.is_staff = user.is_superuser = True
    user.save()
    return user


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("new_counselor", "support:desk"),
        ("new_curator", "resources:source-list"),
        ("new_curator", "admin:index"),
        ("new_admin", "admin:index"),
        ("new_admin", "admin:accounts_user_changelist"),
        ("new_admin", "accounts:role-list"),
    ],
)
def test_who_looks_after_others_is_led_to_set_one_up(request, signed_in, who, page):
    client = signed_in(request.getfixturevalue(who))

    answer = client.get(reverse(page), follow=True)
    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "one of these two comes first" in answer.content.decode()
    assert is_in(client)  # their own record stays open

    set_up_app(client)
    assert client.get(reverse(page)).status_code == 200


def test_a_counselor_sees_nobody_they_support_either_before_they_have_one(new_counselor, signed_in):
    client = signed_in(new_counselor)

    answer = client.get(reverse("support:beside", args=["6d2ff9b2-0c0c-4d7c-9f0e-3f6f2f1b8f10"]))

    assert answer["Location"] == reverse("mfa_index")


def test_who_turns_it_off_is_led_there_again(bob, as_bob):
    assert as_bob.get(reverse("support:desk")).status_code == 200
    confirm_it_is_me(as_bob, "mfa_deactivate_totp")

    as_bob.post(reverse("mfa_deactivate_totp"))

    assert as_bob.get(reverse("support:desk"))["Location"] == reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_step(new_counselor, signed_in):
    Authenticator.objects.create(user=new_counselor, type="recovery_codes", data={})

    assert signed_in(new_counselor).get(reverse("support:desk"))["Location"] == reverse("mfa_index")


def test_a_person_without_a_role_is_never_led_there(dana, as_dana):
    for name in ("today", "you", "plan", "support:supporting"):
        assert as_dana.get(reverse(name)).status_code == 200
    # Nor do they learn from it that there is a desk.
    assert as_dana.get(reverse("support:desk")).status_code == 404
    assert as_dana.get(reverse("admin:index")).status_code == 404


def test_demo_people_are_spared(new_counselor, signed_in):
    new_counselor.is_demo = True
    new_counselor.save(update_fields=["is_demo"])

    assert signed_in(new_counselor).get(reverse("support:desk")).status_code == 200
