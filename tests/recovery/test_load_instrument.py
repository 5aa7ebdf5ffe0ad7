"""Loading a questionnaire: what is taken, and what is turned away with a reason."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from recovery.instruments import own, words
from recovery.instruments.questionnaires import NotAsExpected, read
from recovery.instruments.recipes import RECIPES
from recovery.models import Instrument
from tests.recovery.questionnaires import resource

OFFERED = [slug for slug, recipe in RECIPES.items() if recipe.is_offered and slug != own.SLUG]


def load(tmp_path, content: Any) -> None:
    file = tmp_path / "questionnaire.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    call_command("load_instrument", file)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", OFFERED)
def test_each_questionnaire_that_is_offered_can_be_loaded(slug, tmp_path, capsys):
    load(tmp_path, resource(slug))

    kept = Instrument.objects.get()
    assert (kept.slug, kept.version, kept.copyright) == (slug, "1", "Made up for tests.")
    assert f"Loaded {slug} version 1" in capsys.readouterr().out


def test_each_questionnaire_that_is_offered_says_what_it_asks_about():
    assert words.ABOUT.keys() == {*OFFERED, own.SLUG}


@pytest.mark.django_db
def test_loading_twice_changes_nothing(tmp_path, capsys):
    load(tmp_path, resource("phq-2"))
    load(tmp_path, json.dumps(resource("phq-2"), indent=4))

    assert Instrument.objects.count() == 1
    assert "nothing changed" in capsys.readouterr().out


@pytest.mark.django_db
def test_our_own_review_comes_without_a_file():
    call_command("load_instrument")

    kept = Instrument.objects.get()
    assert kept.slug == own.SLUG
    assert "Not validated" in kept.copyright


@pytest.mark.django_db
def test_a_loaded_version_never_changes(tmp_path):
    load(tmp_path, resource("phq-2"))

    with pytest.raises(CommandError, match="Give the changed file a new version"):
        load(tmp_path, resource("phq-2", title="Another title"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.update(title="Another title")

    load(tmp_path, resource("phq-2", title="Another title", version="2"))
    assert list(Instrument.objects.order_by("version").values_list("title", flat=True)) == [
        "Made-up phq-2",
        "Another title",
    ]


def items(content: dict[str, Any]) -> list[dict[str, Any]]:
    return content["item"][0]["item"]


def without_an_option(content):
    items(content)[3]["answerOption"].pop()


def with_an_option_twice(content):
    items(content)[3]["answerOption"][1] = items(content)[3]["answerOption"][0]


def with_options_from_one(content):
    for option in items(content)[3]["answerOption"]:
        option["valueCoding"]["extension"][0]["valueDecimal"] += 1


def with_half_points(content):
    items(content)[3]["answerOption"][1]["valueCoding"]["extension"][0]["valueDecimal"] = 0.5


def without_numbers(content):
    for option in items(content)[3]["answerOption"]:
        del option["valueCoding"]["extension"]


def with_a_strange_question(content):
    items(content).append({"linkId": "99", "type": "choice", "text": "?"})


def with_a_question_twice(content):
    items(content).append(items(content)[0])


def with_a_question_without_words(content):
    items(content)[2]["text"] = " "


def with_an_option_without_words(content):
    items(content)[2]["answerOption"][0]["valueCoding"]["display"] = ""


def with_free_text(content):
    items(content)[2]["type"] = "string"


WRONG = [
    (lambda content: content.pop("copyright"), "“copyright” is missing. Write the licence"),
    (lambda content: content.pop("version"), "“version” is missing"),
    (lambda content: content.pop("title"), "“title” is missing"),
    (lambda content: content.update(copyright="x" * 2000), "more than 1000 characters"),
    (lambda content: content.update(resourceType="Patient"), "no FHIR Questionnaire"),
    (lambda content: content.update(name="C_SSRS"), "“C_SSRS” is no name that we can score"),
    (lambda content: content.update(name="DAST10"), "dast-10 is not for people to fill in here"),
    (lambda content: content.update(item={}), "must be a list"),
    (lambda content: items(content).pop(8), "phq-9 also has item 9"),
    (without_an_option, "The options of item 4 must stand for 0, 1, 2, 3, each once"),
    (with_an_option_twice, "The options of item 4 must stand for"),
    (with_options_from_one, "The options of item 4 must stand for"),
    (with_half_points, "An option of item 4 stands for no whole number"),
    (without_numbers, "An option of item 4 stands for no whole number"),
    (with_a_strange_question, "Item 99 is no question of phq-9"),
    (with_a_question_twice, "Item 1 stands there twice"),
    (with_a_question_without_words, "“text” is missing. Item 3 needs its words"),
    (with_an_option_without_words, "An option of item 3 needs its words"),
    (with_free_text, "Item 3 has options to choose from"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("spoil", "reason"), WRONG, ids=[reason for _spoil, reason in WRONG])
def test_a_file_that_does_not_fit_is_turned_away_with_the_reason(spoil, reason, tmp_path):
    content = resource("phq-9")
    spoil(content)

    with pytest.raises(CommandError) as refused:
        load(tmp_path, content)

    assert reason in str(refused.value)
    assert not Instrument.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["", "[1, 2", "[]", "null", '"text"'])
def test_a_file_that_is_no_questionnaire_is_turned_away(content, tmp_path):
    with pytest.raises(CommandError, match="was not loaded"):
        load(tmp_path, content)


def test_a_number_of_days_must_be_asked_as_a_number():
    content = resource("bam-r")
    items(content)[1] |= {"type": "choice", "answerOption": []}

    with pytest.raises(NotAsExpected, match="Item 2 asks for a number of days"):
        read(content)


def test_the_unscored_last_question_may_be_left_out():
    content = resource("phq-9")
    items(content).pop()

    assert len(read(content).questions) == 9
