"""The exact words of a consent; what is signed is kept, and its hash with it. Awaiting clinical and legal review."""

import hashlib
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from support.models import Consent, Role, Scope

# What goes along with whatever is disclosed: 42 CFR 2.32, the short form.
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
# What a person may choose to open, by whom they let in, in the order of the page.
OFFERED: dict[str, list[Scope]] = {
    Role.COUNSELOR: [
        Scope.CHARTS, Scope.CHECKINS, Scope.PLAN, Scope.TRIGGERS, Scope.STAGE, Scope.LAPSES, Scope.MEDICATION,
        Scope.MEASURES,
    ],
    Role.SUPPORTER: [Scope.CHECKED_IN, Scope.HELPS, Scope.HELP_CARD, Scope.STAGE],
}  # fmt: skip
HINTS = {
    Scope.CHECKED_IN: gettext_lazy("That you did, on the day you did. Nothing you answered"),
    Scope.CHARTS: gettext_lazy("Lines of craving, mood and sleep over weeks"),
    Scope.CHECKINS: gettext_lazy("Mood, craving and sleep for each day"),
    Scope.PLAN: gettext_lazy("Reasons, what you do on your own, what takes your mind off it. No phone numbers"),
    Scope.TRIGGERS: gettext_lazy("What sets it off, and how strong you rated it"),
    Scope.HELPS: gettext_lazy("The names of what you do when an urge comes"),
    Scope.HELP_CARD: gettext_lazy("The card you wrote for others in your plan: what helps, what doesn't, what to say"),
    Scope.STAGE: gettext_lazy("The stretch of the path you chose"),
    Scope.LAPSES: gettext_lazy("The days. Off means they aren't told"),
    Scope.MEDICATION: gettext_lazy("Whether you marked it taken or missed"),
    Scope.MEASURES: gettext_lazy("The name, day and score of each questionnaire. Not the single answers"),
}


def consent_text(*, name: str, role: str, scopes: Collection[Scope], purpose: str, signed_on: date, until: date) -> str:
    """Return what the person signs, with every element that 42 CFR 2.31 asks of a consent."""
    kinds = [f"– {scope.label}: {HINTS[scope]}" for scope in OFFERED[role] if scope in scopes]
    lines = [
        _("I let %(app)s show some of what I keep here to one person.") % {"app": settings.APP_NAME},
        _("Who: %(name)s, as my %(role)s.") % {"name": name, "role": Role(role).label.lower()},
        _("What they may see:") if kinds else _("What they may see: nothing yet. They see that I let them in."),
        *(["\n".join(kinds)] if kinds else []),
        _("Never: what I write in notes, and anything not named above."),
        _("What for: %(purpose)s.") % {"purpose": Consent.Purpose(purpose).label},
        _("From today, %(day)s, until %(until)s.") % {"day": date_format(signed_on), "until": date_format(until)},
        _(
            "I can stop this at any time, without a reason: Sharing, then “Stop sharing”. "
            "It holds from that second. What they have already seen stays seen."
        ),
        _("Each look is listed for me under “Who has looked”."),
        _(
            "Saying no changes nothing about the care I get. If the person I let in is not bound by the same law, "
            "they could pass on what they saw; federal law (42 CFR Part 2) tells those it binds not to."
        ),
    ]
    return "\n\n".join(lines)


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
