"""Questionnaires with the real structure and made-up words: nobody's sentences are in this repository."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from recovery import services
from recovery.instruments.questionnaires import ORDINAL, read
from recovery.instruments.recipes import RECIPES
from recovery.models import Instrument, MeasureDraft


def resource(slug: str, **changes: Any) -> dict[str, Any]:
    """Return a file as an operator would write it."""
    items = [
        {"linkId": item.link_id, "text": f"Made-up question {item.link_id}?", "type": "integer"}
        if item.is_days
        else {
            "linkId": item.link_id,
            "text": f"Made-up question {item.link_id}?",
            "type": "choice",
            "answerOption": [
                {"valueCoding": {"code": f"made-up-{value}", "display": f"Option {value}", "extension": [
                    {"url": ORDINAL, "valueDecimal": value}
                ]}}
                for value in range(item.low, item.high + 1)
            ],
        }
        for item in RECIPES[slug].items
    ]  # fmt: skip
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "name": slug.upper().replace("-", "_"),
        "version": "1",
        "title": f"Made-up {slug}",
        "language": "en",
        "copyright": "Made up for tests.",
        "item": [{"linkId": "lead", "type": "group", "text": "Lately", "item": items}],
        **changes,
    }


def loaded(slug: str, **changes: Any) -> Instrument:
    content = resource(slug, **changes)
    return services.load_instrument(questionnaire=read(content), resource=content, now=timezone.now())[0]


def begun(person: User, slug: str, answers: dict[str, int | None] | None = None) -> MeasureDraft:
    """Return a draft with some answers in it."""
    instrument = Instrument.objects.filter(slug=slug).first() or loaded(slug)
    return services.begin_measure(
        person=person, instrument=instrument, reviewed=True, now=timezone.now(), already=answers
    )
