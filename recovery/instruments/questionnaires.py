"""Reads a questionnaire from FHIR R4 and holds it against its recipe: the same questions, the same options, a licence.

https://hl7.org/fhir/R4/questionnaire.html. What a recipe knows is not read from the file: which questions depend on
which (`enableWhen`), and what the answers add up to.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recovery.instruments.recipes import RECIPES
from recovery.instruments.scoring import Item, Recipe

# Where FHIR R4 puts the number that an option stands for.
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LONGEST = 1000  # characters of one text


class NotAsExpected(ValueError):
    """The file is not this questionnaire, or lacks something; the message says what, for whoever wrote it."""


@dataclass(frozen=True)
class Option:
    value: int
    words: str


@dataclass(frozen=True)
class Question:
    link_id: str
    words: str
    lead: str  # what the file says before it, such as the span of time it is about
    options: tuple[Option, ...]  # none where a number of days is asked


@dataclass(frozen=True)
class Questionnaire:
    slug: str
    version: str
    title: str
    copyright: str
    language: str
    questions: tuple[Question, ...]

    def question(self, link_id: str) -> Question:
        return next(each for each in self.questions if each.link_id == link_id)


def read(resource: Any) -> Questionnaire:
    """Check a file's content and return what the pages need of it.

    :raises NotAsExpected: with the first thing that does not fit
    """
    if not isinstance(resource, dict) or resource.get("resourceType") != "Questionnaire":
        raise NotAsExpected("This is no FHIR Questionnaire: resourceType must be “Questionnaire”.")
    recipe = _recipe_of(resource)
    questions = list(_questions(resource.get("item"), recipe, lead=""))
    _check_questions(recipe, [each.link_id for each in questions])
    order = [item.link_id for item in recipe.items]
    return Questionnaire(
        slug=recipe.slug,
        version=_text(resource, "version", "Give it the version that you load, such as “1”."),
        title=_text(resource, "title", "Give it the title that people read."),
        copyright=_text(
            resource, "copyright", "Write the licence: whose it is, and what permits its use. People see it."
        ),
        language=str(resource.get("language") or ""),
        questions=tuple(sorted(questions, key=lambda each: order.index(each.link_id))),
    )


def digest(resource: Any) -> str:
    """Return the same 64 digits for the same content, however the file is laid out."""
    return hashlib.sha256(json.dumps(resource, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def _recipe_of(resource: dict[str, Any]) -> Recipe:
    name = str(resource.get("name") or "")
    by_name = {_plain(slug): recipe for slug, recipe in RECIPES.items()}
    recipe = by_name.get(_plain(name))
    offered = ", ".join(slug for slug, each in RECIPES.items() if each.is_offered)
    if recipe is None:
        raise NotAsExpected(f"“{name}” is no name that we can score. Set “name” to one of: {offered}.")
    if not recipe.is_offered:
        raise NotAsExpected(
            f"{recipe.slug} is not for people to fill in here; docs/measures.md says why. To choose from: {offered}."
        )
    return recipe


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _text(holder: dict[str, Any], key: str, otherwise: str) -> str:
    found = holder.get(key)
    if not isinstance(found, str) or not found.strip():
        raise NotAsExpected(f"“{key}” is missing. {otherwise}")
    if len(found) > LONGEST:
        raise NotAsExpected(f"“{key}” has more than {LONGEST} characters.")
    return found.strip()


def _questions(items: Any, recipe: Recipe, *, lead: str) -> Iterator[Question]:
    """Yield the questions in the order of the file; groups and displays become what is said before them."""
    if not isinstance(items, list):
        raise NotAsExpected("“item” must be a list of questions.")
    for item in items:
        if not isinstance(item, dict):
            raise NotAsExpected("Each item must be an object.")
        link_id = str(item.get("linkId") or "")
        words = _text(item, "text", f"Item {link_id or '?'} needs its words.") if item.get("type") != "group" else ""
        if item.get("type") == "display":
            lead = words
        elif item.get("type") == "group":
            yield from _questions(item.get("item"), recipe, lead=str(item.get("text") or lead)[:LONGEST])
        else:
            yield Question(link_id, words, lead, _options(item, link_id, recipe))


def _options(item: dict[str, Any], link_id: str, recipe: Recipe) -> tuple[Option, ...]:
    known = {each.link_id: each for each in recipe.items}
    if link_id not in known:
        raise NotAsExpected(f"Item {link_id or '?'} is no question of {recipe.slug}. It has: {', '.join(known)}.")
    expected, kind = known[link_id], item.get("type")
    if expected.is_days:
        if kind != "integer":
            raise NotAsExpected(f"Item {link_id} asks for a number of days: its type must be “integer”.")
        return ()
    if kind == "boolean" and (expected.low, expected.high) == (0, 1):
        return ()
    if kind != "choice":
        raise NotAsExpected(f"Item {link_id} has options to choose from: its type must be “choice”.")
    options = tuple(_option(option, link_id) for option in item.get("answerOption") or [])
    _check_options(expected, [option.value for option in options])
    return tuple(sorted(options, key=lambda option: option.value))


def _option(option: Any, link_id: str) -> Option:
    coding = option.get("valueCoding") if isinstance(option, dict) else None
    if not isinstance(coding, dict):
        raise NotAsExpected(f"An option of item {link_id} has no “valueCoding”.")
    words = _text(coding, "display", f"An option of item {link_id} needs its words.")
    for extension in [*(option.get("extension") or []), *(coding.get("extension") or [])]:
        if isinstance(extension, dict) and extension.get("url") == ORDINAL:
            return Option(_whole(extension.get("valueDecimal"), link_id), words)
    return Option(_whole(coding.get("code"), link_id), words)


def _whole(value: Any, link_id: str) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.5
    if number != int(number):
        raise NotAsExpected(f"An option of item {link_id} stands for no whole number: give it an ordinalValue.")
    return int(number)


def _check_options(item: Item, values: list[int]) -> None:
    expected = list(range(item.low, item.high + 1))
    if sorted(values) != expected:
        numbers = ", ".join(map(str, expected))
        raise NotAsExpected(f"The options of item {item.link_id} must stand for {numbers}, each once.")


def _check_questions(recipe: Recipe, found: list[str]) -> None:
    twice = sorted({link_id for link_id in found if found.count(link_id) > 1})
    if twice:
        raise NotAsExpected(f"Item {', '.join(twice)} stands there twice.")
    missing = [item.link_id for item in recipe.items if item.link_id not in found and not item.may_be_absent]
    if missing:
        raise NotAsExpected(f"{recipe.slug} also has item {', '.join(missing)}.")
