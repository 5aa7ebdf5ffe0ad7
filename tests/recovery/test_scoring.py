"""Scores: the 44 published and worked-out vectors, and what must hold for any answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.instruments.recipes import RECIPES
from recovery.instruments.scoring import Contradiction, NotOnTheScale, Recipe, band_of, opens_safety, score, span

VECTORS = json.loads((Path(__file__).parent / "data" / "scoring_vectors.json").read_text())["vectors"]
SLUGS = {"BAM (Likert form)": "bam", "BAM-R validity": "bam-r"}
WITH_SCORES = [recipe for recipe in RECIPES.values() if recipe.scales]


def recipe_of(vector: dict[str, Any]) -> Recipe:
    return RECIPES[SLUGS.get(vector["instrument"], vector["instrument"].lower())]


def answers_of(vector: dict[str, Any]) -> dict[str, int]:
    given_answers = vector["answers"]
    if isinstance(given_answers, list):
        given_answers = {str(number): answer for number, answer in enumerate(given_answers, start=1)}
    answers = {key: {"Y": 1, "N": 0}.get(answer, answer) for key, answer in given_answers.items()}
    if "already scored" in vector["name"]:
        answers["3"] = 1 - answers["3"]  # this one lists points, and the third question gives one for a no
    return {key: int(answer) for key, answer in answers.items()}


def test_there_are_44_vectors():
    assert len(VECTORS) == 44


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['instrument']}: {vector['name']}")
def test_a_vector_is_scored_as_published(vector):
    recipe, expected = recipe_of(vector), vector["expected"]

    if vector["answers"] is None:
        assert {total: band_of(recipe, int(total)) for total in expected} == expected
        return
    answers = answers_of(vector)
    if "error" in expected:
        first, sign, second = re.fullmatch(r"item (\w+) must be (>=|<=) item (\w+)", expected["error"]).groups()
        with pytest.raises(Contradiction) as raised:
            score(recipe, answers)
        assert (raised.value.smaller, raised.value.larger) == ((second, first) if sign == ">=" else (first, second))
        return

    result = score(recipe, answers)

    said: dict[str, Any] = {**result.scores, "band": result.band, "item9": answers.get("9")}
    said["safety_flow"] = any(opens_safety(recipe, key, answer) for key, answer in answers.items())
    said["max"] = span(recipe, recipe.scales[0])[1]
    said["flag"] = "item1_only" if "item1_only" in result.marks else ""
    said |= {mark.name: mark.name in result.marks for mark in recipe.marks}
    assert {key: said[key] for key in expected} == expected


def answers_for(recipe: Recipe) -> st.SearchStrategy[dict[str, int]]:
    """Whole answers that do not contradict each other."""

    @st.composite
    def make(draw: st.DrawFn) -> dict[str, int]:
        answers: dict[str, int] = {}
        for item in recipe.items:
            high = min(item.high, answers[item.at_most]) if item.at_most else item.high
            answers[item.link_id] = draw(st.integers(item.low, high))
        return answers

    return make()


any_filled_in = st.sampled_from(WITH_SCORES).flatmap(lambda recipe: st.tuples(st.just(recipe), answers_for(recipe)))


@given(any_filled_in)
def test_a_score_lies_on_its_scale(filled):
    recipe, answers = filled

    scores = score(recipe, answers).scores

    for scale in recipe.scales:
        low, high = span(recipe, scale)
        assert low <= scores[scale.name] <= high


@given(any_filled_in, st.data())
def test_a_missing_answer_gives_no_score_to_the_scale_that_needs_it(filled, data):
    recipe, answers = filled
    scale = data.draw(st.sampled_from(recipe.scales))
    part = data.draw(st.sampled_from(scale.parts))
    item = recipe.item(part.link_id)
    if item.only_after:
        answers[item.only_after] = max(answers[item.only_after], 1)  # or the question would not be asked
    answers[part.link_id] = None

    result = score(recipe, answers)

    assert result.scores[scale.name] is None
    assert (result.band, result.marks) == ("", frozenset()) or scale.name != "total"


@given(any_filled_in, st.data())
def test_an_answer_off_its_scale_is_no_answer(filled, data):
    recipe, answers = filled
    item = data.draw(st.sampled_from(recipe.items))
    answers[item.link_id] = data.draw(st.sampled_from([item.low - 1, item.high + 1]))

    with pytest.raises((NotOnTheScale, Contradiction)):
        score(recipe, answers)


@given(answers_for(RECIPES["phq-9"]))
def test_the_ninth_answer_alone_decides_about_safety(answers):
    recipe = RECIPES["phq-9"]

    opened = {key for key, answer in answers.items() if opens_safety(recipe, key, answer)}

    assert opened == ({"9"} if answers["9"] >= 1 else set())


@given(st.sampled_from([recipe for recipe in RECIPES.values() if recipe.bands]), st.integers(0, 60), st.integers(0, 60))
def test_a_higher_total_is_never_in_a_lower_band(recipe, one, other):
    names = [name for _lowest, name in recipe.bands]

    assert names.index(band_of(recipe, min(one, other))) <= names.index(band_of(recipe, max(one, other)))


def test_a_question_that_was_made_needless_counts_as_none():
    answers = answers_of(next(each for each in VECTORS if each["name"] == "mixed" and each["instrument"] == "BAM-R"))
    del answers["5"]

    assert score(RECIPES["bam-r"], answers).scores["use"] == 4
