"""What can be done with stories: offered, changed and taken back by their authors, decided on by curators, read by all.

The rules stand in `story_rules`; who told a story is known to these deeds and shown by none.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.exceptions import Refusal
from accounts.models import User
from resources.exceptions import TooMany
from resources.models import HelpfulMark, Story, StoryReport
from resources.models.story import as_words
from resources.story_rules import CONSENT_VERSION, against_rules, consent_text

# More than these from one person nobody could read with care.
MOST_WAITING = 3
# As with “this is wrong” about an entry of the directory.
MOST_OPEN_REPORTS = 20
MOST_REPORTS_AN_HOUR = 100


class AgainstTheRules(Refusal):
    """The text says something that a story here leaves out."""


class KnownName(Refusal):
    """The name chosen for the story is one by which its author is known."""


class TooManyStories(Refusal):
    """Three are waiting to be read."""


class ToldAlready(Refusal):
    """The form was sent before, with other words."""


class TakenBack(Refusal):
    """There is nothing left of it to change or decide on."""


class OwnStory(Refusal):
    """Nobody decides on a story of their own, nor finds it helpful."""


class ChangedMeanwhile(Refusal):
    """The words are not the ones that were read."""


@transaction.atomic
def offer_story(
    *,
    person: User,
    pseudonym: str,
    title: str,
    body: str,
    now: datetime,
    stage: str = "",
    pathways: Collection[str] = (),
    notes: Collection[str] = (),
    submission: UUID | None = None,
) -> Story:
    """Offer a story to the curators. Whoever calls has had the consent read and ticked.

    :param submission: made with the form; the same one sent again is the same story
    :raises AgainstTheRules: for amounts, brand names and ways to reach somebody
    :raises KnownName: when the pseudonym is the author's own name
    :raises TooManyStories: when three are waiting
    :raises ToldAlready: when the submission is kept with other words
    """
    _check_words(person, pseudonym, title, body)
    User.objects.select_for_update().get(pk=person.pk)
    key = submission or uuid4()
    kept = Story.objects.of(person).filter(submission=key).first()
    if kept is not None:
        if kept.body != body.strip():
            raise ToldAlready(_("This was sent already, with other words. You can change it under “My stories”."))
        return kept
    if Story.objects.of(person).filter(state=Story.State.WAITING).count() >= MOST_WAITING:
        raise TooManyStories(_("Three of your stories are waiting to be read. Please wait for an answer first."))
    story = Story(person=person, submission=key, created_at=now)
    _tell(story, pseudonym, title, body, stage, pathways, notes, now)
    return story


@transaction.atomic
def change_story(
    *,
    story: Story,
    pseudonym: str,
    title: str,
    body: str,
    stage: str,
    pathways: Collection[str],
    notes: Collection[str],
    now: datetime,
) -> Story:
    """Change a story; it waits to be read again, and nobody sees it until then.

    :raises TakenBack: when it was taken back
    :raises AgainstTheRules: as when it was offered
    :raises KnownName: as when it was offered
    """
    kept = _locked(story)
    _check_words(kept.person, pseudonym, title, body)
    _tell(kept, pseudonym, title, body, stage, pathways, notes, now)
    return kept


@transaction.atomic
def withdraw_story(*, story: Story, now: datetime) -> Story:
    """Take a story back: nobody sees it from this moment, and its words are deleted. Twice is once.

    What stays is that there was a consent, and that it ended.
    """
    kept = Story.objects.select_for_update().get(pk=story.pk)
    if not kept.is_withdrawn:
        kept.state, kept.withdrawn_at = Story.State.WITHDRAWN, now
        kept.pseudonym = kept.title = kept.body = kept.stage = ""
        kept.pathway_slugs = kept.note_slugs = kept.reason_slugs = ""
        kept.save()
        kept.helpful_marks.all().delete()
        kept.reports.all().delete()
    return kept


@transaction.atomic
def publish_story(*, story: Story, by: User, notes: Collection[str], read_at: datetime, now: datetime) -> Story:
    """Let people read a story, with what they may want to know before.

    :param read_at: when the words that the curator read were written
    :raises OwnStory: when the curator told it
    :raises ChangedMeanwhile: when its author has changed it since
    :raises TakenBack: when its author has taken it back
    """
    kept = _to_decide(story, by, read_at)
    kept.state, kept.note_slugs, kept.reason_slugs = Story.State.PUBLISHED, as_words(notes), ""
    kept.decided_at, kept.decided_by = now, by
    kept.save()
    return kept


@transaction.atomic
def decline_story(*, story: Story, by: User, reasons: Collection[str], read_at: datetime, now: datetime) -> Story:
    """Say no, or take down what was published; its author is told why and may change it.

    :raises OwnStory: when the curator told it
    :raises ChangedMeanwhile: when its author has changed it since
    :raises TakenBack: when its author has taken it back
    """
    kept = _to_decide(story, by, read_at)
    kept.state, kept.reason_slugs = Story.State.DECLINED, as_words(reasons)
    kept.decided_at, kept.decided_by = now, by
    kept.save()
    kept.reports.waiting().update(handled_at=now, result=StoryReport.Result.TAKEN_DOWN)
    return kept


@transaction.atomic
def mark_helpful(*, story: Story, person: User, helpful: bool) -> None:
    """Say that a story helped, or take that back; once a person.

    :raises OwnStory: for a story of one's own
    """
    if story.person_id == person.pk:
        raise OwnStory(_("This one is yours. It is for others to say whether it helped them."))
    if helpful:
        HelpfulMark.objects.get_or_create(person=person, story=story)
    else:
        HelpfulMark.objects.of(person).filter(story=story).delete()


@transaction.atomic
def report_story(*, story: Story, what: str, text: str, now: datetime) -> StoryReport | None:
    """Ask the curators to look at a story again; nothing where they have plenty about it already.

    :raises TooMany: when so many come in that no people can be behind them
    """
    if StoryReport.objects.filter(created_at__gt=now - timedelta(hours=1)).count() >= MOST_REPORTS_AN_HOUR:
        raise TooMany(_("Too many messages are coming in just now. Please try again in an hour."))
    if story.reports.waiting().count() >= MOST_OPEN_REPORTS:
        return None
    return StoryReport.objects.create(story=story, what=what, text=text, created_at=now)


@transaction.atomic
def leave_reported(*, report: StoryReport, now: datetime) -> None:
    """Put a report away: the story was looked at and stays."""
    if report.handled_at is None:
        report.handled_at, report.result = now, StoryReport.Result.FINE
        report.save(update_fields=["handled_at", "result"])


def _tell(
    story: Story,
    pseudonym: str,
    title: str,
    body: str,
    stage: str,
    pathways: Collection[str],
    notes: Collection[str],
    now: datetime,
) -> None:
    story.pseudonym, story.title, story.body, story.stage = pseudonym.strip(), title.strip(), body.strip(), stage
    story.pathway_slugs, story.note_slugs, story.reason_slugs = as_words(pathways), as_words(notes), ""
    story.state, story.changed_at, story.decided_at, story.decided_by = Story.State.WAITING, now, None, None
    story.consent_version, story.consent_text, story.consented_at = CONSENT_VERSION, consent_text(), now
    story.save()


def _check_words(person: User, pseudonym: str, title: str, body: str) -> None:
    if broken := against_rules(f"{pseudonym}\n{title}\n{body}"):
        raise AgainstTheRules(" ".join(broken))
    known = {str(person.called).strip().casefold(), person.email.partition("@")[0].casefold()} - {""}
    if pseudonym.strip().casefold() in known:
        raise KnownName(_("That is a name you go by. Choose another one, so that nobody knows you by it."))


def _locked(story: Story) -> Story:
    kept = Story.objects.select_for_update().select_related("person").get(pk=story.pk)
    if kept.is_withdrawn:
        raise TakenBack(_("This story was taken back. Nothing is left of it."))
    return kept


def _to_decide(story: Story, by: User, read_at: datetime) -> Story:
    kept = _locked(story)
    if kept.person_id == by.pk:
        raise OwnStory(_("Somebody else has to decide on this one."))
    if kept.changed_at != read_at:
        raise ChangedMeanwhile(_("It was changed while you read it. Please read it again."))
    return kept
