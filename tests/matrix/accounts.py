"""Who gets in where: signing up, signing in and the person's own account."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import Export
from tests.matrix import ADMIN_SUPERUSERS, MEMBERS, PUBLIC, Row, stock
from tests.matrix.stage import Stage

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
    "admin:account_emailaddress_*": stock(ADMIN_SUPERUSERS),
    "admin:auth_group_*": stock(ADMIN_SUPERUSERS),
}


def plant(stage: Stage) -> None:
    EmailAddress.objects.create(user=stage.alice, email=stage.alice.email, verified=True, primary=True)
    Group.objects.create(name="A group")
    Export.objects.create(person=stage.alice, content="{}", ready_at=stage.now)
