"""Our own monthly review, in our own words: what is hard, what carries, what was used. Not validated; it says so."""

from typing import Any

from django.utils.translation import gettext_noop as _

# A change of a word is a new version: what was answered stays beside the words that were read.
VERSION = "1"
SLUG = "own-review"
TITLE = _("Look back over a month")
COPYRIGHT = _("Ours, under the licence of this software. Not validated: it has not been tested on groups of people.")
LEAD = _("Think of the last 30 days.")
HOW_MUCH = (_("Not at all"), _("A little"), _("Somewhat"), _("Quite a bit"), _("A great deal"))
QUESTIONS = (
    ("risk1", _("How strong was the wish to use, when it came?")),
    ("risk2", _("How much did bad sleep, pain or being worn out get in your way?")),
    ("risk3", _("How much were you low, worried or angry?")),
    ("risk4", _("How much were you around people or places where using is close?")),
    ("protection1", _("How much did you do things that help you: your plan, a tool, a meeting, moving about?")),
    ("protection2", _("How much did you talk with people who are on your side?")),
    ("protection3", _("How much of your time went to something that matters to you?")),
    ("protection4", _("How sure are you of the month ahead?")),
)
DAYS = ("use1", _("On how many days did you use something you want to stay away from, or go over your own limit?"))


def resource() -> dict[str, Any]:
    """Return it as the same kind of file that an operator loads, in English."""
    options = [{"valueCoding": {"code": str(value), "display": words}} for value, words in enumerate(HOW_MUCH)]
    asked: list[dict[str, Any]] = [
        {"linkId": link_id, "type": "choice", "text": words, "answerOption": options} for link_id, words in QUESTIONS
    ]
    asked.append({"linkId": DAYS[0], "type": "integer", "text": DAYS[1]})
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "name": "OwnReview",
        "language": "en",
        "version": VERSION,
        "title": TITLE,
        "copyright": COPYRIGHT,
        "item": [{"linkId": "month", "type": "group", "text": LEAD, "item": asked}],
    }
