"""What curators and visitors do with the directory: one function a deed."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries import apply_field
from resources.exceptions import FloorLine, HasHistory, NotReady, TooMany
from resources.models import FLOOR, Access, ChangeProposal, Listing, Report, ToolReview, TreatmentReview, Verification
from resources.models.review import TextReview
from resources.tools import TOOLS, Tool
from resources.treatment import BY_SLUG, Treatment

# After so many days a check is too old to rely on: a dead hotline harms most, a community moves slowest.
CHECK_AGAIN_AFTER = {
    Listing.Kind.HOTLINE: timedelta(days=30),
    Listing.Kind.TREATMENT: timedelta(days=90),
    Listing.Kind.MEETING: timedelta(days=180),
    Listing.Kind.COMMUNITY: timedelta(days=180),
}
# How early the queue shows what will be due.
SOON = timedelta(days=7)
# More open reports about one entry tell a curator nothing new; more in an hour, site-wide, are no people.
MOST_OPEN_REPORTS = 20
MOST_REPORTS_AN_HOUR = 200


@transaction.atomic
def publish(*, listing: Listing) -> None:
    """Let everybody see an entry.

    :raises NotReady: when it has closed for good, says nothing, or cannot be reached
    """
    if listing.status == Listing.Status.PERMANENTLY_CLOSED:
        raise NotReady(_("%(name)s has closed for good. Change its status first.") % {"name": listing.name})
    if not listing.notes.strip():
        raise NotReady(_("%(name)s has no description yet.") % {"name": listing.name})
    if not (listing.url or listing.accesses.exists()):
        raise NotReady(_("%(name)s has no number and no web address yet.") % {"name": listing.name})
    if not listing.is_visible:
        listing.state = Listing.State.PUBLISHED
        listing.save(update_fields=["state", "updated_at"])


@transaction.atomic
def unpublish(*, listing: Listing) -> None:
    """Take an entry back into the drafts.

    :raises FloorLine: when it is a number of last resort
    """
    if listing.is_floor:
        raise FloorLine(listing.name)
    listing.state = Listing.State.DRAFT
    listing.save(update_fields=["state", "updated_at"])


@transaction.atomic
def delete_listing(*, listing: Listing) -> None:
    """Delete an entry that nobody ever checked.

    :raises FloorLine: when it is a number of last resort
    :raises HasHistory: when it was checked; its history stays
    """
    if listing.is_floor:
        raise FloorLine(listing.name)
    if listing.verifications.exists():
        raise HasHistory(
            _("%(name)s has been checked before, and its history stays. Take it back into the drafts instead.")
            % {"name": listing.name}
        )
    listing.delete()


def keep_floor(*, listing: Listing) -> None:
    """Make sure that a number of last resort is still there; the caller's transaction goes back if not.

    :raises FloorLine: when it is gone
    """
    dialled = {access.dial for access in listing.accesses.all() if access.method == Access.Method.PHONE}
    if not dialled.issuperset(FLOOR.get(listing.slug, ())):
        raise FloorLine(listing.name)


@transaction.atomic
def verify(
    *, listing: Listing, by: User, verified_on: date, method: str, outcome: str, note: str = "", now: datetime
) -> Verification:
    """Write down that somebody checked an entry, and what follows from it.

    :param verified_on: the curator's local day; not after the day of `now` anywhere on earth
    :raises FloorLine: when a number of last resort is said to have closed
    :raises NotReady: when the day is still to come
    """
    if verified_on > (now + timedelta(hours=14)).date():
        raise NotReady(_("That day is still to come. Choose the day of the check."))
    settled = outcome in {Verification.Outcome.OK, Verification.Outcome.CHANGED}
    due = verified_on + CHECK_AGAIN_AFTER[Listing.Kind(listing.kind)] if settled else None
    if outcome == Verification.Outcome.CLOSED:
        if listing.is_floor:
            raise FloorLine(listing.name)
        listing.status, listing.state = Listing.Status.PERMANENTLY_CLOSED, Listing.State.DRAFT
    # An older check that is written down late does not push a newer one aside.
    if settled and (listing.checked_on is None or verified_on >= listing.checked_on):
        listing.checked_on, listing.checked_how, listing.due_on = verified_on, method, due
        if listing.state == Listing.State.STALE:
            listing.state = Listing.State.PUBLISHED
    listing.save(update_fields=["status", "state", "checked_on", "checked_how", "due_on", "updated_at"])
    return Verification.objects.create(
        listing=listing, verified_on=verified_on, by=by, method=method, outcome=outcome, note=note, next_due=due
    )


@transaction.atomic
def take_check_back(*, listing: Listing) -> None:
    """Call an entry unchecked after its numbers or addresses have changed: the check was about the old ones."""
    listing.checked_on = listing.due_on = None
    listing.checked_how = ""
    if listing.state == Listing.State.STALE:
        listing.state = Listing.State.PUBLISHED
    listing.save(update_fields=["state", "checked_on", "checked_how", "due_on", "updated_at"])


@transaction.atomic
def mark_stale(*, day: date) -> int:
    """Mark what is overdue on a day, and return how many it were. Nothing is hidden by it."""
    due = Listing.objects.filter(state=Listing.State.PUBLISHED).overdue(day)
    return due.update(state=Listing.State.STALE)


@transaction.atomic
def report_wrong(*, listing: Listing, what: str, text: str, now: datetime) -> Report | None:
    """Keep a “this is wrong” for the curators; nothing where they have plenty about this entry already.

    :raises TooMany: when so many come in that no people can be behind them
    """
    if Report.objects.filter(created_at__gt=now - timedelta(hours=1)).count() >= MOST_REPORTS_AN_HOUR:
        raise TooMany(_("Too many messages are coming in just now. Please try again in an hour."))
    if listing.reports.waiting().count() >= MOST_OPEN_REPORTS:
        return None
    return Report.objects.create(listing=listing, what=what, text=text, created_at=now)


@transaction.atomic
def close_report(*, report: Report, by: User, result: str, now: datetime) -> None:
    """Put a report away with what came of it; one that is put away stays so."""
    if report.handled_at is None:
        report.handled_at, report.handled_by, report.result = now, by, result
        report.save(update_fields=["handled_at", "handled_by", "result"])


@transaction.atomic
def decide_proposal(*, proposal: ChangeProposal, by: User, decision: str, now: datetime) -> None:
    """Take over what a source says, or leave the entry as it is; a decision is made once."""
    if proposal.decided_at is not None:
        return
    if decision == ChangeProposal.Decision.TAKEN:
        listing = proposal.record.listing
        apply_field(listing, proposal.field, proposal.new)
        listing.save()
        keep_floor(listing=listing)
        if proposal.field in {"access", "url"}:
            take_check_back(listing=listing)
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, now
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])


@transaction.atomic
def sign_text(*, review: TextReview) -> None:
    """Keep who reviewed a text and when, for the text as it is now; without a name it awaits review."""
    text = text_of(review)
    review.fingerprint = text.fingerprint() if review.reviewer and text else ""
    review.save()


def text_of(review: TextReview) -> Tool | Treatment | None:
    """Return the text that a review is about, or None where a release has taken it out."""
    return TOOLS.get(review.slug) if isinstance(review, ToolReview) else BY_SLUG.get(review.slug)


def review_of(text: Tool | Treatment) -> TextReview | None:
    """Return the signature for this very text, or None while it awaits review; one query."""
    model = ToolReview if isinstance(text, Tool) else TreatmentReview
    review = model._default_manager.filter(slug=text.slug).first()
    return review if review and review.is_about(text.fingerprint()) else None
