"""Finds words that hurt people, in what a person reads: the avoid list of NIDA's Words Matter, and ours."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

# What may not stand in any sentence. Each pattern is a whole word or phrase, in any case.
AVOID = (
    r"addicts?",
    r"junk(?:ie|y|ies)",
    r"abusers?",
    r"alcoholics?",
    r"drunks?",
    r"abus(?:e|ed|ing)",
    r"habit",
    r"drugs? of choice",
    r"drug[- ]free",
    r"(?:get|got|stay|stayed|be|been|being|come|go) clean",
    r"clean (?:time|date|days?|and sober)",
    r"(?:clean|dirty) urine",
    r"dirty",
    r"relaps(?:e|ed|es|ing)",
    r"fell off the wagon",
    r"streaks?",
    r"reset your (?:count|days?|run|progress)",
    r"medication[- ]assisted",
    r"(?:replacement|substitution) (?:therapy|treatment|medication)",
    r"born addicted",
    r"in denial",
    r"resistant",
    r"non-?complian(?:t|ce)",
    r"commit(?:ted)? suicide",
    r"battl(?:e|ing)",
    r"fight(?:ing)?",
    r"victims?",
    r"suffer(?:s|ing)? from",
    r"failed",
    r"failures?",
    r"willpower",
    r"temptations?",
)
# In pages and mails only: in code these words name parts of Django.
AVOID_IN_PAGES = (r"users?", r"patients?", r"submit", r"oops", r"invalid")

# Names that others chose, and names of features that people look for. Whole phrases, in any case.
ALLOWED = (
    r"relapse[- ]prevention",
    r"Alcoholics Anonymous",
    r"Medication-Assisted Recovery Anonymous",
    r"patient guide",
    r"Adult Children of Alcoholics",
    r"Substance Abuse and Mental Health Services Administration",
    r"National Institute on (?:Drug Abuse|Alcohol Abuse and Alcoholism)",
    r"people who abuse (?:you|others)",
    r"domestic (?:violence and )?abuse",
)

_avoid = re.compile(r"\b(?:" + "|".join(AVOID) + r")\b", re.IGNORECASE)
_avoid_in_pages = re.compile(r"\b(?:" + "|".join((*AVOID, *AVOID_IN_PAGES)) + r")\b", re.IGNORECASE)
_allowed = re.compile("|".join(ALLOWED), re.IGNORECASE)

_COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
_TRANSLATED = re.compile(r"""(?:{%\s*trans(?:late)?\s+|\b_\()(["'])(.*?)\1""", re.DOTALL)
_READ_ALOUD = re.compile(r"""\b(?:aria-label|alt|placeholder|title|aria-valuetext)=(["'])(.*?)\1""", re.DOTALL)
_TAG = re.compile(r"{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)


def stigmatising(text: str, *, page: bool = True) -> list[str]:
    """Return the words in a text that are on the avoid list, leaving out names and features that are allowed."""
    pattern = _avoid_in_pages if page else _avoid
    return [found.group() for found in pattern.finditer(_allowed.sub(" ", text))]


def visible_text(template: str) -> str:
    """Return what a person can see or hear of a template: its text, its translated strings, its labels."""
    template = _COMMENT.sub(" ", template)
    parts = [found.group(2) for found in _TRANSLATED.finditer(template)]
    parts += [_TAG.sub(" ", found.group(2)) for found in _READ_ALOUD.finditer(template)]
    return unescape("\n".join((*parts, _TAG.sub(" ", template))))


def visible_strings(module: ast.Module) -> Iterator[str]:
    """Yield the strings of a module that read like a sentence; docstrings speak to builders and are left out."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and " " in node.value and id(node) not in documentation:
            yield node.value


_SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_SCRIPT_STRING = re.compile(r"""(["'`])((?:\\.|(?!\1).)*)\1""", re.DOTALL)


def script_strings(script: str) -> Iterator[str]:
    """Yield the strings of a script that read like a sentence."""
    for found in _SCRIPT_STRING.finditer(_SCRIPT_COMMENT.sub(" ", script)):
        if " " in found.group(2):
            yield found.group(2)


def data_strings(data: Any) -> Iterator[str]:
    """Yield every string of a data file; web addresses are what others chose."""
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from data_strings(part)
    elif isinstance(data, str) and not data.startswith(("https://", "http://")):
        yield data
