"""Finds every form on every page of the house by looking at the pages, and fills them in as a person would."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.utils import timezone

from tests.hostile import Trial
from tests.matrix import ALICE, ANONYMOUS, BOB, CHARLIE, DANA, ERIN
from tests.matrix.stage import Stage
from tests.test_matrix import PLAYED, address, row_of

# Whoever has the most on their pages comes first; Charlie has nothing, and with it the forms of the first steps.
CAST = (ALICE, BOB, DANA, ERIN, CHARLIE, ANONYMOUS)
PASSWORD = "waylight-tests"
LEAVE_OUT = {"cover", "readyz"}  # one leads away on purpose, the other is red where no beat ticks


@dataclass
class Form:
    """One form as it stands on a page: where it is sent, and what a person would send."""

    persona: str
    page: str
    action: str
    method: str
    values: dict[str, list[str]]
    kinds: dict[str, str]

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Forms for different rows of one list are one form."""
        shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d[\d-]*(?=/)|(?<=/)[\w.~-]{30,}", "*", self.action)
        return self.method, shape, *sorted(re.sub(r"[0-9a-f-]{36}", "*", name) for name in self.values)

    def with_one(self, name: str, value: str | list[str] | None) -> dict[str, Any]:
        sent: dict[str, Any] = {key: list(kept) for key, kept in self.values.items()}
        if value is None:
            sent.pop(name, None)
        else:
            sent[name] = value
        return sent


def pages(stage: Stage) -> list[tuple[str, str, str]]:
    """Return (route name, address, persona) of every page that one of the cast may open."""
    found = []
    for name in PLAYED:
        row = row_of(name)
        assert row
        if name.startswith(("admin", "api")) or name in LEAVE_OUT or "GET" not in row.methods:
            continue
        url = address(name, row, stage)
        found += [(name, url, who) for who in CAST if who in row.access.let_in]
    return found


def find_forms(stage: Stage, trial: Trial) -> list[Form]:
    """Open every page as each of the cast, and return each form once."""
    kept: dict[tuple[str, ...], Form] = {}

    for _name, url, persona in pages(stage):

        def look(response: Any, url: str = url, persona: str = persona) -> list[str]:
            if response.status_code == 200 and "html" in response.headers["Content-Type"]:
                for form in forms_on(response.content, url, persona):
                    kept.setdefault(form.key, form)
            return []

        trial.send(persona, "GET", url, label="as it is", then=look)
    return list(kept.values())


def forms_on(html: bytes, url: str, persona: str) -> list[Form]:
    soup = BeautifulSoup(html, "html.parser")
    return [read_form(tag, url, persona) for tag in soup.find_all("form") if tag.get("method") != "dialog"]


def read_form(tag: Tag, url: str, persona: str) -> Form:
    action = urlsplit(urljoin(f"http://testserver{url}", str(tag.get("action") or url)))
    values: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    fields = tag.find_all(["input", "textarea", "select", "button"])
    for each in fields:
        name = str(each.get("name") or "")
        pressed = each.name != "button" or (name not in values and not each.has_attr("formnovalidate"))
        if not name or name == "csrfmiddlewaretoken" or not pressed or each.find_parent(class_="trap"):
            continue
        kinds[name] = kind = str(each.get("type", "text")) if each.name == "input" else str(each.name)
        values.setdefault(name, [])
        values[name] += filled(each, kind, values[name])
    return Form(persona, url, action.path, str(tag.get("method", "get")).upper(), values, kinds)


def filled(tag: Tag, kind: str, kept: list[str]) -> list[str]:
    """Return what a person would put into this field."""
    value = str(tag.get("value") or "")
    if kind in {"radio", "checkbox"}:
        value = str(tag.get("value", "on"))
        return [value] if not kept and value else []
    if kind == "select":
        options = [str(option.get("value", option.text)) for option in tag.find_all("option")]
        return [next((option for option in options if option), "")]
    if kind == "textarea":
        return [tag.text.strip("\n") or "A line"]
    name = str(tag["name"])
    typed = {"password": PASSWORD, "email": "alice@example.org", "date": timezone.now().date().isoformat()}
    typed |= {"time": "19:30", "number": str(tag.get("min") or 1)}
    if kind in typed:
        return [value or typed[kind]]
    if kind in {"hidden", "button", "submit"}:
        return [value]
    return [value or {"number": "312 555 0142", "login": "alice@example.org"}.get(name, "A few words")]


def typed_again(html: bytes, name: str) -> list[str]:
    """Return what stands in the fields of this name, so that nothing that was typed is lost."""
    soup = BeautifulSoup(html, "html.parser")
    fields = soup.find_all(["input", "textarea"], attrs={"name": name})
    return [each.text if each.name == "textarea" else str(each.get("value", "")) for each in fields]
