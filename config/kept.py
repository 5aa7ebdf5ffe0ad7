"""The one document that a phone may keep of somebody's plan: what is read in a hard hour, in the order of the page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.clock import local_day
from accounts.models import User
from plans import services
from plans.services.cards import TriggerCard, WholePlan

# Contacts first, since a call needs no network. More than this is not read on a phone at night.
MOST_CALLERS = 12


def kept_plan(person: User, *, now: datetime) -> dict[str, Any]:
    """Return the plan and the people to call as plain values; the person's key must be on the ring."""
    whole = services.whole_plan(person, today=local_day(person, now), most_triggers=50)
    return {
        "made_at": now.isoformat(),
        "callers": [
            {"name": row.name, "about": row.relation or row.shown_number, "call": row.call_link, "text": row.text_link}
            for row in [*whole.contacts, *whole.professionals][:MOST_CALLERS]
        ],
        "helpers": [
            {"text": card.strategy.name, "small": _eased(card.eased, card.said)}
            for card in services.what_has_worked(person)
        ],
        "reason": whole.reasons[0].text if whole.reasons else "",
        "sections": [section for section in _sections(whole) if section["lines"]],
    }


def _sections(whole: WholePlan) -> Iterable[dict[str, Any]]:
    yield _section(_("Why I do this"), [(reason.text, "") for reason in whole.reasons])
    yield _section(_("How I notice it starting"), _items(whole, "signs"))
    yield _section(_("What sets it off, and what I do then"), [_trigger(card) for card in whole.triggers])
    yield _section(_("What helps"), [(card.strategy.name, _eased(card.eased, card.said)) for card in whole.strategies])
    yield _section(_("What I do instead"), [(activity.name, "") for activity in whole.activities])
    yield _section(_("Places and people"), _items(whole, "places"))
    yield _section(_("Making things safer"), _items(whole, "safer"))


def _items(whole: WholePlan, part: str) -> list[tuple[str, str]]:
    return [(item.text, item.detail) for item in whole.items[part]]


def _section(title: str, lines: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"title": title, "lines": [{"text": str(text), "small": small} for text, small in lines]}


def _trigger(card: TriggerCard) -> tuple[str, str]:
    return card.trigger.name, "\n".join(answer.text for answer in card.answers)


def _eased(eased: int, said: int) -> str:
    return _("Eased it %(eased)s of %(said)s times") % {"eased": eased, "said": said} if said else ""
