"""Finds every form on every page of the house by looking at the pages, and fills them in as a person would."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.hostile import Trial, route_of, shape_of
from tests.matrix import ADMIN, ALICE, ANONYMOUS, BOB, CHARLIE, DANA, ERIN
from tests.matrix.stage import Stage
from tests.test_matrix import PLAYED, address, row_of

# Whoever has the most on their pages comes first; Charlie has nothing, and with it the forms of the first steps.
CAST = (ALICE, BOB, CHARLIE, ANONYMOUS)
# Their own pages only: what everybody has, the others have shown.
OWN_PAGES = (DANA, ERIN, ADMIN)
PASSWORD = "waylight-tests"
LEAVE_OUT = {"cover", "readyz"}  # one leads away on purpose, the other is red where no beat ticks
# The same page as somebody finds it in another state, or with more on it.
ALSO = {
    "onboarding-step": [f"/welcome/{step}/" for step in (1, 3, 4)],
    "plans:trigger-list": ["/plan/triggers/?away=1"],
}
# What may be answered with another form: whoever stops from today on is asked about their health first.
ASKING_BACK = {"onboarding-step"}
ROW = r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d[\d-]*(?=/)|(?<=/)[\w.~-]{30,}"
# What is right in a field whose name or kind does not say it.
KNOWN = {
    "number": "312 555 0142", "login": "alice@example.org", "sleep_exact": "7.5",
    "verified_on": timezone.now().date().isoformat(), "slug": "a-word", "country": "US",
}  # fmt: skip
KNOWN_ON = {("account_email", "email"): "alice.new@example.org", ("admin:accounts_role_add", "kind"): "curator"}


class HandedOver(SimpleUploadedFile):
    """A file that may be sent more than once."""

    def read(self, *size: int) -> bytes:
        self.seek(0)
        return bytes(super().read(*size))


@dataclass
class Form:
    """One form as it stands on a page: where it is sent, and what a person would send."""

    persona: str
    page: str
    action: str
    method: str
    values: dict[str, list[Any]]
    kinds: dict[str, str]
    htmx: bool = False

    @cached_property
    def route(self) -> str:
        return route_of(self.action)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Forms for different rows of one list are one form."""
        return self.method, self.route or self.action, *sorted(map(shape_of, self.values))

    def with_one(self, name: str, value: str | list[str] | None) -> dict[str, Any]:
        sent: dict[str, Any] = {key: list(kept) for key, kept in self.values.items()}
        if value is None:
            sent.pop(name, None)
        else:
            sent[name] = value
        return sent


def pages(stage: Stage, *, admin: bool = False) -> list[tuple[str, str, str]]:
    """Return (route name, address, persona) of every page that one of the cast may open."""
    found = []
    for name in PLAYED:
        row = row_of(name)
        assert row
        if name.startswith("admin") != admin or name.startswith("api") or name in LEAVE_OUT or "GET" not in row.methods:
            continue
        own = [next((each for each in OWN_PAGES if each in row.access.let_in), "")]
        who = [each for each in CAST if each in row.access.let_in] or list(filter(None, own))
        urls = [address(name, row, stage), *ALSO.get(name, [])]
        found += [(name, url, each) for url in urls for each in who]
    return found


def find_forms(stage: Stage, trial: Trial, *more: tuple[str, str, str], admin: bool = False) -> list[Form]:
    """Open every page as each of the cast, and return each form once; then those that stand on no page of theirs."""
    kept: dict[tuple[str, ...], Form] = {}
    seen: set[str] = set()
    for _name, url, persona in [*pages(stage, admin=admin), *more]:
        response = trial.send(persona, "GET", url, label="as it is")
        if response is None or response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        for form in forms_on(response.content, urlsplit(url).path, persona, seen):
            kept.setdefault(form.key, form).htmx |= form.htmx
    for form in [each for each in kept.values() if each.route in ASKING_BACK]:
        response = trial.send(form.persona, "POST", form.action, label="as it is", data=dict(form.values))
        if response is not None and response.status_code == 200:
            for further in forms_on(response.content, form.action, form.persona, seen):
                kept.setdefault(further.key, further)
    found = list(kept.values())
    if admin:  # every model has all of the stock addresses, and most of them take nothing
        return found
    reached = {form.route for form in found if form.method == "POST"}
    return [*found, *(form for form in forms_on_no_page(stage, trial) if form.route not in reached)]


def posting() -> Iterator[str]:
    """Yield the name of every route that takes a form; the admin's are its own."""
    for name in PLAYED:
        row = row_of(name)
        if row and "POST" in row.methods and not name.startswith(("api", "admin")):
            yield name


def forms_on_no_page(stage: Stage, trial: Trial) -> Iterator[Form]:
    """Yield a form for each route that takes one, with the fields that its view asks for."""
    for name in posting():
        row = row_of(name)
        assert row
        url = address(name, row, stage)
        who = next(each for each in (*CAST, *OWN_PAGES) if each in row.access.let_in)
        trial.send(who, "POST", url, label="nothing", data=row.body)
        asked = sorted(key for route, (place, key) in trial.read if (route, place) == (route_of(url), "POST"))
        names = [key for key in asked if "*" not in key and key != "csrfmiddlewaretoken"]
        values = {key: value if isinstance(value := row.body.get(key, ""), list) else [value] for key in names}
        yield Form(who, url, url, "POST", values, dict.fromkeys(names, "hidden"))


def forms_on(html: bytes, url: str, persona: str, seen: set[str] | None = None) -> Iterator[Form]:
    """Yield each form, but for those whose like is in `seen`."""
    for text in re.findall(r"<form\b.*?</form>", html.decode("utf-8", "replace"), re.S):
        like = persona + re.sub(rf'{ROW}|name="csrfmiddlewaretoken" value="\w+"|id="\S+"|aria-label="[^"]*"', "*", text)
        if seen is not None:
            if like in seen:
                continue
            seen.add(like)
        tag = BeautifulSoup(text, "html.parser").form
        form = read_form(tag, url, persona) if tag and tag.get("method") != "dialog" else None
        # A page that a phone keeps has the words of a form, and no field of it.
        if form and (form.values or not url.startswith("/offline/")):
            yield form


def read_form(tag: Tag, url: str, persona: str) -> Form:
    action = urlsplit(urljoin(f"http://testserver{url}", str(tag.get("action") or url)))
    values: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for each in tag.find_all(["input", "textarea", "select", "button"]):
        name = str(each.get("name") or "")
        pressed = each.name != "button" or (name not in values and not each.has_attr("formnovalidate"))
        if (
            not name
            or name == "csrfmiddlewaretoken"
            or "__prefix__" in name
            or not pressed
            or each.find_parent(class_="trap")
        ):
            continue
        kinds[name] = kind = str(each.get("type", "text")) if each.name == "input" else str(each.name)
        values.setdefault(name, [])
        values[name] += filled(each, kind, values[name], route_of(action.path))
    method = str(tag.get("method", "get")).upper()
    return Form(persona, url, action.path, method, values, kinds, htmx=tag.has_attr("hx-post"))


def filled(tag: Tag, kind: str, kept: list[Any], route: str) -> list[Any]:
    """Return what a person would put into this field."""
    value, name = str(tag.get("value") or ""), str(tag["name"])
    known = KNOWN_ON.get((route, name))
    if kind in {"radio", "checkbox"}:
        value = str(tag.get("value", "on"))
        return [value] if not kept and value and not name.endswith("-DELETE") else []
    if kind == "file":
        return [HandedOver("meetings.csv", b"name,day,time\nAt the hall,1,19:30\n")]
    if kind == "select":
        options = [option for option in tag.find_all("option") if option.get("value", option.text)]
        if re.search(r"-\d+-", name) and not any(option.has_attr("selected") for option in options):
            return [""]  # a spare row of the admin: with a choice made in it, it would have to be filled in whole
        first = [*(option for option in options if option.has_attr("selected")), *options][:1]
        return [known or str(option.get("value", option.text)) for option in first]
    if kind == "textarea":
        optional = route.startswith("admin") and not tag.has_attr("required")
        return [tag.text.strip("\n") or ("" if optional else "A line")]
    typed = {"password": PASSWORD, "email": known or "alice@example.org", "date": timezone.now().date().isoformat()}
    typed |= {"time": "19:30", "number": str(tag.get("min") or 1), "url": "https://example.org/"}
    if route.startswith("admin") and not tag.has_attr("required"):
        return [value]
    if kind in typed:
        return [value or typed[kind]]
    if kind in {"hidden", "button", "submit"}:
        return [value]
    if tag.get("inputmode") == "decimal":
        return [value or "7"]
    return [value or known or KNOWN.get(name, "A few words"[: int(tag.get("maxlength") or 99)])]


def typed_again(html: bytes, action: str) -> dict[str, list[str]]:
    """Return what stands in the form that is sent there: typed, chosen or ticked, by the name of its field."""
    found: dict[str, list[str]] = {}
    for text in re.findall(r"<form\b.*?</form>", html.decode("utf-8", "replace"), re.S):
        tag = BeautifulSoup(text, "html.parser").form
        if (
            tag is None
            or urlsplit(urljoin(f"http://testserver{action}", str(tag.get("action") or action))).path != action
        ):
            continue
        for each in tag.find_all(["input", "textarea", "select"], attrs={"name": True}):
            found.setdefault(str(each["name"]), []).extend(standing(each))
    return found


def standing(tag: Tag) -> list[str]:
    if tag.name == "textarea":
        return [tag.text]
    if tag.name == "select":
        chosen = [option for option in tag.find_all("option") if option.has_attr("selected")]
        return [str(option.get("value", option.text)) for option in chosen]
    if tag.get("type") in {"radio", "checkbox"}:
        return [str(tag.get("value", "on"))] if tag.has_attr("checked") else []
    return [str(tag.get("value", ""))]
