"""Who may see what of whom, at this moment; the only way to somebody else’s record."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.fields import Sealed
from accounts.keys import ring_of, seal
from accounts.models import User
from accounts.unlocking import acting_for, unlock
from support.models import Access, AccessChain, Consent, ConsentScope, Invitation, Role, Scope
from support.models.invitation import hash_of

NOTHING: frozenset[Scope] = frozenset()
# What the list shows of each client.
ON_THE_LIST = frozenset({Scope.CHARTS, Scope.CHECKINS, Scope.STAGE, Scope.LAPSES, Scope.MEDICATION})


class NotLetIn(Refusal):
    """There is no consent that opens this, now. The page says that nothing is here."""


@dataclass(frozen=True)
class Opened:
    """Somebody's record, open for this request as far as the consent goes."""

    person: User
    consent: Consent
    scopes: frozenset[Scope]

    def may(self, scope: Scope | str) -> bool:
        return scope in self.scopes


def may(viewer: User, scope: Scope, person_id: UUID, now: datetime, *, role: Role | None = None) -> bool:
    """Return whether the viewer may see this kind of data of the person at this moment.

    Everybody may see their own. There is no other way in than a consent: no role, no flag, no emergency.
    """
    if viewer.pk == person_id:
        return True
    if viewer.owes_second_step:
        return False
    held = Consent.objects.in_force(now).to(viewer).filter(person_id=person_id)
    if role is not None:
        held = held.filter(role=role)
    return held.filter(scope_rows__kind=scope, scope_rows__ended_at=None).exists()


def reviews_measures(person: User, now: datetime) -> bool:
    """Return whether some counselor may see this person's measures at this moment."""
    held = Consent.objects.of(person).in_force(now).filter(role=Role.COUNSELOR)
    return held.filter(scope_rows__kind=Scope.MEASURES, scope_rows__ended_at=None).exists()


@transaction.atomic
def open_record(
    *,
    viewer: User,
    person_id: UUID,
    role: Role,
    page: Access.Page,
    wanted: Collection[Scope],
    now: datetime,
    days: Callable[[User, frozenset[Scope]], tuple[date, date]] | tuple[date, date] | None = None,
) -> Opened:
    """Check the consent, write the look down, and only then let this request read the person's text.

    Call it inside the page's own transaction: the consent stays locked until the page is rendered, so that after
    stopping has been saved no read succeeds, and a look that cannot be written down is no look.

    :param wanted: the kinds of data that the page would show; it shows those that the consent opens too
    :param days: the first and last day that it shows; asked for the person and what is opened, where they say so
    :raises NotLetIn: without a consent in force, or while the viewer owes a second step at sign-in
    """
    _check_viewer(viewer)
    consent = (
        Consent.objects.in_force(now)
        .to(viewer)
        .filter(person_id=person_id, role=role)
        .select_for_update(of=("self",))
        .select_related("person")
        .prefetch_related("scope_rows")
        .first()
    )
    if consent is None:
        raise NotLetIn(_("There is nothing here."))
    scopes = consent.scopes & frozenset(wanted)
    seen = days(consent.person, scopes) if callable(days) else days
    _write([_look(viewer, consent, page, scopes, now, seen)], [consent])
    unlock([person_id])
    return Opened(consent.person, consent, scopes)


@transaction.atomic
def open_caseload(*, viewer: User, now: datetime, days: tuple[date, date]) -> list[Opened]:
    """Open the records of everybody who lets this counselor in, for the list: the same few queries for 12 or 500.

    The first list of a day leaves one row for each client; to look again on the same day adds none.

    :raises NotLetIn: while the counselor owes a second step at sign-in
    """
    _check_viewer(viewer)
    held = Consent.objects.in_force(now).to(viewer).filter(role=Role.COUNSELOR)
    consents = list(
        held.select_for_update(of=("self",))
        .select_related("person")
        # Hundreds of rows, so only what a list shows of each.
        .only("role", "recipient_name", "recipient", "person__called")
        .order_by("pk")
    )
    # Read once the consents are locked: whoever narrows one waits for this page, or was faster.
    scopes = ConsentScope.objects.filter(consent__in=held).by_consent()
    seen = _seen_today(viewer, Access.Page.DESK, local_day(viewer, now))
    looks = [
        _look(viewer, consent, Access.Page.DESK, scopes.get(consent.pk, NOTHING) & ON_THE_LIST, now, days)
        for consent in consents
        if consent.person_id not in seen
    ]
    _write(looks, consents, once_a_day=True)
    unlock(consent.person_id for consent in consents)
    return [Opened(consent.person, consent, scopes.get(consent.pk, NOTHING)) for consent in consents]


def _check_viewer(viewer: User) -> None:
    """Pages lead to the set-up before; here nothing opens, whichever way somebody came.

    :raises NotLetIn: while only a password guards what the viewer may see of others
    """
    if viewer.owes_second_step:
        raise NotLetIn(_("There is nothing here."))


def caller_of(code: str, *, now: datetime) -> tuple[Invitation, str] | None:
    """Return the invitation behind a code and the name that its maker gave, for whoever holds the code."""
    invitation = Invitation.objects.usable(now).filter(code_hash=hash_of(code)).first()
    return (invitation, name_on(invitation)) if invitation else None


def name_on(invitation: Invitation) -> str:
    """Return the name on an invitation; nothing else of its maker's is opened."""
    with acting_for(invitation.person_id):
        return str(invitation.name)


def _look(
    viewer: User,
    consent: Consent,
    page: Access.Page,
    scopes: Iterable[Scope],
    now: datetime,
    days: tuple[date, date] | None,
) -> Access:
    first, last = days or (None, None)
    return Access(
        person_id=consent.person_id,
        at=now,
        day=local_day(viewer, now),
        viewer_id=viewer.pk,
        viewer_role=consent.role,
        page=page,
        kinds=" ".join(sorted(scopes)),
        first_day=first,
        last_day=last,
        consent_id=consent.pk,
    )


def _write(looks: list[Access], consents: Iterable[Consent], *, once_a_day: bool = False) -> None:
    """Add rows to the chains of the people they are about; these are locked in one order, so no two writers wait."""
    if not looks:
        return
    held = {consent.pk: consent for consent in consents}
    people = [look.person_id for look in looks]
    AccessChain.objects.bulk_create([AccessChain(person_id=pk) for pk in people], ignore_conflicts=True)
    locked = AccessChain.objects.select_for_update().filter(person_id__in=people).order_by("person_id")
    chains = {chain.person_id: chain for chain in locked}
    if once_a_day:
        looks = _first_today(looks)  # another tab may have been faster to the lock
    with ring_of(None) as ring:
        # A ring that lives for the sealing only: the request gets its keys once the rows are in.
        ring.add(people)
        for look in looks:
            # The name that the person signed for: what the viewer is called elsewhere is theirs alone.
            _chain(look, chains[look.person_id], str(held[look.consent_id].recipient_name))
    Access.objects.bulk_create(looks)
    AccessChain.objects.bulk_update([chains[look.person_id] for look in looks], ["length", "head"])


def _first_today(looks: list[Access]) -> list[Access]:
    """Leave out the people whom this viewer's list has shown in the meantime."""
    seen = _seen_today(looks[0].viewer_id, looks[0].page, looks[0].day)
    return [look for look in looks if look.person_id not in seen]


def _seen_today(viewer: User | UUID, page: str, day: date) -> set[UUID]:
    """Return whom this page has shown its viewer on a day."""
    viewer_id = viewer.pk if isinstance(viewer, User) else viewer
    return set(Access.objects.filter(viewer_id=viewer_id, day=day, page=page).values_list("person_id", flat=True))


def _chain(look: Access, chain: AccessChain, name: str) -> None:
    look.position, look.before = chain.length + 1, chain.head
    if name:
        # Sealed here and not on saving: the hash is over what the database will hold.
        place = f"{Access._meta.label}.viewer_name:{look.pk}"
        sealed = Sealed(seal(name, person_id=look.person_id, place=place))
        look.__dict__["viewer_name"] = sealed
    look.hash = look.expected_hash()
    chain.length, chain.head = look.position, look.hash
