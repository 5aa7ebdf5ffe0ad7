"""Questionnaires with the real structure and made-up words: nobody's sentences are in this repository."""

import uuid
from typing import Any

from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.models import User
from accounts.unlocking import acting_for
from recovery import services
from recovery.instruments.questionnaires import ORDINAL, read
from recovery.instruments.recipes import RECIPES
from recovery.models import Instrument, Measure, MeasureDraft


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


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response) -> str:
    return " ".join(page(response).find("main").get_text(" ").split())


def take(person, slug, answers, *, now=None, reviewed=True, submission=None) -> Measure:
    instrument = Instrument.objects.filter(slug=slug).first() or loaded(slug)
    with acting_for(person.pk):
        return services.take_measure(
            person=person,
            instrument=instrument,
            answers=answers,
            submission=submission or uuid.uuid4(),
            reviewed=reviewed,
            now=now or timezone.now(),
        )


def fill_in(client, slug, answers):
    """Start one and answer page by page; return the last answer of the server."""
    response = client.post(f"/measures/{Instrument.objects.get(slug=slug).pk}/start/", follow=True)
    for answer in answers:
        sent = {"skip": "1"} if answer is None else {"answer": str(answer)}
        response = client.post(response.request["PATH_INFO"], sent, follow=True)
    return response
