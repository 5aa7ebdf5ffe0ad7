"""Who gets in where: signing up, signing in and the person's own account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import Export, Role
from tests.matrix import ADMIN_SUPERUSERS, MEMBERS, NOBODY, PUBLIC, SUPERUSERS, Row, row, stock
from tests.matrix.stage import Stage
from tests.second_step import give_passkey


def waiting_role(stage: Stage) -> list[int]:
    return [Role.objects.get(user=stage.alice).pk]


def passkey_of_alice(stage: Stage) -> list[int]:
    """Everybody is asked for their password first, and then there is nothing here for others: test_passkeys.py."""
    return [Authenticator.objects.get(user=stage.alice, type="webauthn").pk]


ROWS: dict[str, Row] = {
    "account_login": stock(PUBLIC, get={200, 302}),  # whoever is in goes on to their own page
    "account_signup": stock(PUBLIC, get={200, 302}),
    "account_logout": stock(PUBLIC, get={200, 302}),
    "account_inactive": stock(PUBLIC),
    "account_reauthenticate": stock(MEMBERS),
    "account_email": stock(MEMBERS),
    "account_email_verification_sent": stock(PUBLIC, get={200, 302}),
    "account_change_password": stock(MEMBERS),
    "account_set_password": stock(MEMBERS, get={200, 302}),
    "account_reset_password": stock(PUBLIC),
    "account_confirm_login_code": stock(PUBLIC, get={302}),
    "account_confirm_password_reset_code": stock(PUBLIC, get={302}),
    "account_complete_password_reset": stock(PUBLIC, get={302}),
    "account_password_reset_completed": stock(PUBLIC),
    "mfa_index": stock(MEMBERS),
    "mfa_authenticate": stock(PUBLIC, get={302}),  # only between the password and the sign-in
    "mfa_login_webauthn": stock(PUBLIC, get={302}),
    # Each sees and changes their own, after the password once more.
    "mfa_reauthenticate": stock(MEMBERS, get={200, 302}),
    "mfa_reauthenticate_webauthn": stock(MEMBERS, get={200, 302}),
    "mfa_activate_totp": stock(MEMBERS, get={302}),
    "mfa_deactivate_totp": stock(MEMBERS, get={302, 404}),
    "mfa_view_recovery_codes": stock(MEMBERS, get={302, 404}),
    "mfa_download_recovery_codes": stock(MEMBERS, get={302, 404}),
    "mfa_generate_recovery_codes": stock(MEMBERS, get={302}),
    "mfa_list_webauthn": stock(MEMBERS),
    "mfa_add_webauthn": stock(MEMBERS, get={302}),
    "mfa_edit_webauthn": stock(MEMBERS, args=passkey_of_alice, get={302}),
    "mfa_remove_webauthn": stock(MEMBERS, args=passkey_of_alice, get={302}),
    "accounts:device-list": row(MEMBERS),
    # Each ends their own; the device is named in the form, and there is none with an empty name.
    "accounts:device-end": row(MEMBERS, "POST", deed={404}),
    "accounts:device-end-others": row(MEMBERS, "POST", deed={302}),
    "accounts:counselor": row(MEMBERS),
    "accounts:counselor-ask": row(MEMBERS, "POST", deed={302}),
    "accounts:counselor-end": row(MEMBERS, "POST", deed={302, 404}),
    "accounts:role-list": row(SUPERUSERS),
    "accounts:role-approve": row(SUPERUSERS, "POST", args=waiting_role, deed={302}),
    "accounts:role-decline": row(SUPERUSERS, "POST", args=waiting_role, deed={302}),
    "accounts:role-end": row(SUPERUSERS, "POST", args=waiting_role, deed={302}),
    "admin:accounts_user_add": stock(NOBODY),
    "admin:accounts_user_delete": stock(NOBODY),
    "admin:accounts_user_*": stock(ADMIN_SUPERUSERS),
    "admin:accounts_role_delete": stock(NOBODY),
    "admin:accounts_role_*": stock(ADMIN_SUPERUSERS),
}


def plant(stage: Stage) -> None:
    EmailAddress.objects.create(user=stage.alice, email=stage.alice.email, verified=True, primary=True)
    Role.objects.create(user=stage.alice, kind=Role.Kind.COUNSELOR, asked_at=stage.now)
    give_passkey(stage.alice, "Alice's phone")
    Export.objects.create(person=stage.alice, content="{}", ready_at=stage.now)
