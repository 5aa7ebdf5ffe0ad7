"""May this viewer see this, now? Consents in every state, and the look that is written down before anything opens."""

import uuid
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts import keys
from accounts.models import Role as AccountRole
from accounts.models import User
from support import services
from support.models import Access, AccessChain, Consent, LogMaintenance, Role, Scope
from support.policies import NotLetIn, may, open_caseload, open_record
from support.services.log import KEPT
from tests.second_step import give_second_step
from tests.support.factories import let_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def look(viewer, person, role=Role.COUNSELOR, wanted=frozenset(Scope), now=None, **more):
    return open_record(
        viewer=viewer,
        person_id=person.pk,
        role=role,
        page=Access.Page.CLIENT,
        wanted=wanted,
        now=now or timezone.now(),
        **more,
    )


def test_without_a_consent_nothing_opens(alice, bob):
    assert not may(bob, Scope.CHARTS, alice.pk, timezone.now())
    with pytest.raises(NotLetIn):
        look(bob, alice)
    assert not Access.objects.exists()


def test_a_consent_opens_what_it_names_and_nothing_else(alice, bob):
    let_in(alice, bob, Scope.CHARTS)

    opened = look(bob, alice)

    assert opened.scopes == {Scope.CHARTS}
    assert may(bob, Scope.CHARTS, alice.pk, timezone.now())
    assert not may(bob, Scope.LAPSES, alice.pk, timezone.now())


def test_a_consent_to_one_counselor_opens_nothing_to_another(alice, bob, make_user):
    let_in(alice, bob)
    other = make_user("carla", AccountRole.Kind.COUNSELOR)

    with pytest.raises(NotLetIn):
        look(other, alice)


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"revoked_at": timezone.now() - timedelta(seconds=1)},
        {"starts_at": timezone.now() + timedelta(hours=1)},
    ],
)
def test_a_consent_that_ran_out_was_taken_back_or_has_not_begun_opens_nothing(alice, bob, fields):
    let_in(alice, bob, since=timezone.now() - timedelta(days=10), **fields)

    with pytest.raises(NotLetIn):
        look(bob, alice)


def test_who_is_no_longer_a_counselor_sees_nothing_from_that_moment(alice, bob):
    let_in(alice, bob)
    AccountRole.objects.get(user=bob).end(now=timezone.now())

    with pytest.raises(NotLetIn):
        look(bob, alice)


def test_a_supporter_is_not_let_in_at_the_desk(alice, dana):
    let_in(alice, dana, role=Role.SUPPORTER)

    with pytest.raises(NotLetIn):
        look(dana, alice)
    assert look(dana, alice, role=Role.SUPPORTER).person == alice


def test_a_superuser_and_a_curator_have_no_way_in(alice, erin, make_user):
    admin = make_user("admin", is_staff=True, is_superuser=True)

    for viewer in (erin, admin):
        for scope in Scope:
            assert not may(viewer, scope, alice.pk, timezone.now())


def test_the_text_opens_only_after_the_look_was_written(alice, bob, monkeypatch):
    let_in(alice, bob)
    monkeypatch.setattr(Access, "expected_hash", lambda self: "x" * 65 if connection.vendor != "sqlite" else None)

    with keys.ring_of(bob.pk), pytest.raises(DatabaseError), transaction.atomic():
        look(bob, alice)

    with keys.ring_of(bob.pk):
        assert User.objects.get(pk=alice.pk).called == "locked"
    assert not Access.objects.exists()


def test_a_look_says_who_what_when_and_under_which_consent(alice, bob):
    consent = let_in(alice, bob, Scope.PLAN, Scope.CHARTS, recipient_name="Bob Lee, Alder Clinic")

    with keys.ring_of(bob.pk):
        look(bob, alice, days=(date(2026, 1, 1), date(2026, 1, 30)))

    with keys.ring_of(alice.pk):
        row = Access.objects.about(alice).get()
        # The name that she signed for, and not what he is called on pages of his own.
        assert row.viewer_name == "Bob Lee, Alder Clinic"
    assert (row.viewer_id, row.viewer_role, row.consent_id) == (bob.pk, "counselor", consent.pk)
    assert row.kinds == "charts plan"
    assert (row.first_day, row.last_day) == (date(2026, 1, 1), date(2026, 1, 30))


def test_the_list_of_clients_leaves_one_row_a_client_and_day(alice, charlie, bob):
    let_in(alice, bob)
    let_in(charlie, bob)
    now = timezone.now()

    for _ in range(3):
        open_caseload(viewer=bob, now=now, days=(now.date(), now.date()))
    open_caseload(viewer=bob, now=now + timedelta(days=1), days=(now.date(), now.date()))

    assert Access.objects.about(alice).count() == Access.objects.about(charlie).count() == 2


def test_the_database_refuses_to_change_or_delete_a_row(alice, bob):
    let_in(alice, bob)
    look(bob, alice)

    for deed in (Access.objects.all().delete, lambda: Access.objects.update(kinds="")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()

    with services.open_maintenance(reason="retention"):
        Access.objects.all().delete()
    assert not LogMaintenance.objects.exists()


def test_a_changed_row_is_found(alice, charlie, bob):
    let_in(alice, bob)
    let_in(charlie, bob)
    for _ in range(3):
        look(bob, alice)
        look(bob, charlie)
    assert services.verify_chains() == []

    tamper("UPDATE support_access SET kinds = 'charts' WHERE position = 2 AND person_id = %s", alice)

    assert services.verify_chains() == [alice.pk]
    with pytest.raises(CommandError, match=str(alice.pk)):
        call_command("verify_access_log")


def test_a_log_with_its_end_cut_off_is_found(alice, bob):
    let_in(alice, bob)
    look(bob, alice)
    look(bob, alice)

    with services.open_maintenance(reason="somebody who should not"):
        Access.objects.get(position=2).delete()

    assert services.verify_chains() == [alice.pk]


def test_a_log_that_is_gone_is_found(alice, bob):
    let_in(alice, bob)
    look(bob, alice)

    with services.open_maintenance(reason="somebody who should not"):
        Access.objects.all().delete()

    assert services.verify_chains() == [alice.pk]
    assert AccessChain.objects.get().length == 1


LONG_AGO = timedelta(days=7 * 366)


def let_in_long_ago(person: User, recipient: User) -> None:
    let_in(
        person,
        recipient,
        role=Role.SUPPORTER,
        since=timezone.now() - LONG_AGO - timedelta(days=1),
        expires_at=timezone.now() + timedelta(days=1),
    )


def test_looks_go_after_six_years_and_the_rest_still_fits_its_chain(alice, charlie, bob):
    now = timezone.now()
    for person in (alice, charlie):
        let_in_long_ago(person, bob)
    for age in (LONG_AGO, KEPT + timedelta(seconds=1), KEPT - timedelta(hours=1)):
        look(bob, alice, Role.SUPPORTER, now=now - age)
    look(bob, charlie, Role.SUPPORTER)

    dropped = services.drop_old_looks(now=now)

    assert dropped == 2
    assert [row.position for row in Access.objects.about(alice)] == [3]
    assert Access.objects.about(charlie).count() == 1
    look(bob, alice, Role.SUPPORTER)
    assert services.verify_chains() == []
    tamper("UPDATE support_access SET kinds = 'charts' WHERE position = 3 AND person_id = %s", alice)
    assert services.verify_chains() == [alice.pk]


def test_a_log_that_is_wholly_old_is_emptied_and_goes_on(alice, bob):
    let_in_long_ago(alice, bob)
    look(bob, alice, Role.SUPPORTER, now=timezone.now() - LONG_AGO)

    assert services.drop_old_looks(now=timezone.now()) == 1
    assert services.verify_chains() == []
    look(bob, alice, Role.SUPPORTER)

    assert services.verify_chains() == []
    assert Access.objects.get().position == 2


def test_a_log_that_was_tampered_with_is_not_tidied_away(alice, bob):
    let_in_long_ago(alice, bob)
    look(bob, alice, Role.SUPPORTER, now=timezone.now() - LONG_AGO)
    tamper("UPDATE support_access SET kinds = 'charts' WHERE position = 1 AND person_id = %s", alice)

    assert services.drop_old_looks(now=timezone.now()) == 0

    assert services.verify_chains() == [alice.pk]
    assert Access.objects.count() == 1


def tamper(sql: str, person: User) -> None:
    """Change a row behind the trigger's back, as somebody with the database in their hands can."""
    name = "support_access_no_update"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
            (trigger,) = cursor.fetchone()
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(sql, [person.pk.hex])
            cursor.execute(trigger)
        else:
            cursor.execute("ALTER TABLE support_access DISABLE TRIGGER support_access_append_only")
            cursor.execute(sql, [person.pk])
            cursor.execute("ALTER TABLE support_access ENABLE TRIGGER support_access_append_only")


class ConsentMachine(RuleBasedStateMachine):
    """Consents given, narrowed, taken back and run out, roles and second steps that come and go: plain sets agree."""

    @initialize()
    def begin(self):
        name = uuid.uuid4().hex
        self.now = timezone.now()
        self.alice = User.objects.create_user(f"a{name}@example.org", "x")
        self.bob = User.objects.create_user(f"b{name}@example.org", "x")
        AccountRole.objects.create(user=self.bob, kind="counselor", granted_at=self.now)
        self.held: tuple[Role, set[Scope], object] | None = None
        self.consent: Consent | None = None
        self.is_counselor, self.has_second_step = True, False

    @rule(scopes=st.sets(st.sampled_from(list(Scope))), role=st.sampled_from(list(Role)), days=st.integers(1, 400))
    def give(self, scopes, role, days):
        with keys.ring_of(self.bob.pk):
            self.bob.__dict__.pop("roles", None)
            if role == Role.COUNSELOR and not self.is_counselor:
                return
            invitation = services.make_invitation(maker=self.bob, role=role, name="Bob", now=self.now)
        with keys.ring_of(self.alice.pk):
            self.consent = sign(self.alice, invitation, scopes, days, self.now)
        from support.wording import OFFERED

        self.held = (role, scopes & set(OFFERED[role]), self.consent.expires_at)

    @precondition(lambda self: self.consent)
    @rule(scope=st.sampled_from(list(Scope)))
    def narrow(self, scope):
        services.narrow_consent(consent=self.consent, scope=scope, now=self.now)
        if self.held:
            self.held[1].discard(scope)

    @precondition(lambda self: self.consent)
    @rule()
    def revoke(self):
        services.revoke_consent(consent=self.consent, now=self.now)
        self.held = None

    @rule(days=st.integers(1, 200))
    def wait(self, days):
        self.now += timedelta(days=days)

    @rule()
    def end_or_grant_role(self):
        if self.is_counselor:
            AccountRole.objects.in_force().get(user=self.bob).end(now=self.now)
        else:
            AccountRole.objects.create(user=self.bob, kind="counselor", granted_at=self.now)
        self.is_counselor = not self.is_counselor

    @rule()
    def set_up_or_turn_off_the_second_step(self):
        if self.has_second_step:
            Authenticator.objects.filter(user=self.bob).delete()
        else:
            give_second_step(self.bob)
        self.has_second_step = not self.has_second_step

    @invariant()
    def may_agrees(self):
        bob = User.objects.get(pk=self.bob.pk)
        for scope in Scope:
            expected = bool(
                self.held
                and scope in self.held[1]
                and self.now < self.held[2]
                and (self.held[0] == Role.SUPPORTER or self.is_counselor)
                and (self.has_second_step or not self.is_counselor)
            )
            assert may(bob, scope, self.alice.pk, self.now) == expected
            assert not may(self.alice, scope, self.bob.pk, self.now)
            assert may(self.alice, scope, self.alice.pk, self.now)


def sign(person, invitation, scopes, days, now):
    from accounts.clock import local_day
    from support.wording import OFFERED, consent_text, text_hash

    until = local_day(person, now + timedelta(days=days))
    chosen = [scope for scope in OFFERED[invitation.role] if scope in scopes]
    text = consent_text(
        name="Bob", role=invitation.role, scopes=chosen, purpose="care", signed_on=local_day(person, now), until=until
    )
    return services.give_consent(
        person=person,
        invitation_id=invitation.pk,
        scopes=scopes,
        purpose="care",
        until=until,
        shown_hash=text_hash(text),
        now=now,
    )


def test_may_agrees_with_every_story_of_consents():
    run_state_machine_as_test(
        ConsentMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def test_without_the_second_step_that_they_owe_nothing_opens_by_any_way(as_bob, alice, bob):
    now = timezone.now()
    let_in(alice, bob)
    propose = f"/api/v1/clients/{alice.pk}/propose-stage/"
    assert may(bob, Scope.PLAN, alice.pk, now)

    Authenticator.objects.filter(user=bob).delete()
    nobody = User.objects.get(pk=bob.pk)

    assert not may(nobody, Scope.PLAN, alice.pk, now)
    with pytest.raises(NotLetIn):
        open_caseload(viewer=nobody, now=now, days=(now.date(), now.date()))
    with pytest.raises(NotLetIn):
        open_record(
            viewer=nobody, person_id=alice.pk, role=Role.COUNSELOR, page=Access.Page.CLIENT, wanted=Scope, now=now
        )
    assert as_bob.post(propose, {"stage": "early-sobriety"}, content_type="application/json").status_code == 404
    assert not Access.objects.exists()
