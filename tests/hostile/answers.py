"""What an answer to a wrong form may be: words, nothing written, and everything that was typed still there."""

import re
from typing import Any

from tests.hostile import XSS, Trial, unescaped
from tests.hostile.forms import Form, typed_again
from tests.matrix import ALICE, BOB

TYPED_KINDS = {"text", "textarea", "search", "tel", "email", "number", "date", "time", "url"}
CHOSEN_KINDS = {"radio", "checkbox", "select"}
# Where text of Alice's is read again: by her, and by somebody whom she lets in.
READ_AGAIN = [(ALICE, "/plan/"), (ALICE, "/plan/print/"), (ALICE, "/today/"), (ALICE, "/help/"), (BOB, "/desk/")]


def wrong_form_answer(trial: Trial, form: Form, data: dict[str, Any], wrong_ones: set[str], response: Any) -> list[str]:
    """Return what is wrong with the answer to this form, in which these fields were wrong."""
    if form.method != "POST":
        return []
    wrong = []
    status = response.status_code
    if status == 422 and response.headers["Content-Type"] == "application/json":  # asked by a script of ours
        wrong += [] if " " in response.json()["detail"] else ["422 without a sentence"]
    elif status == 422:
        if not re.search(rb'class="err|role="alert"|errorlist|errornote', response.content):
            wrong.append("422 without a sentence")
        wrong += [f"422, and what was typed is gone: {name}" for name in lost(form, data, wrong_ones, response.content)]
        if "HX-Request" in response.request.get("headers", {}) or response.request.get("HTTP_HX_REQUEST"):
            wrong += ["422 to htmx with a whole page"] if form.htmx and b"<html" in response.content else []
    for name in wrong_ones:
        value = data.get(name)
        if form.kinds.get(name) in TYPED_KINDS and isinstance(value, str):
            if len(value) > 100_000 and status not in {400, 409, 413, 422}:
                wrong.append(f"{status} to 200 KB in {name}")
            if "\x00" in value and status not in {400, 409, 422}:
                wrong.append(f"{status} to a NUL in {name}")
        if value in XSS.values() and status == 302:
            for persona, url in READ_AGAIN:
                page = trial.stage.client(persona).get(url)
                wrong += [f"{complaint} on {url}" for complaint in unescaped(page)]
    return wrong


def lost(form: Form, data: dict[str, Any], wrong_ones: set[str], html: bytes) -> list[str]:
    """Return the fields in which the answer no longer holds what was sent; passwords are never sent back."""
    again = typed_again(html, form.action)
    gone = []
    for name, value in data.items():
        sent = value if isinstance(value, list) else [value]
        kind = form.kinds.get(name)
        if kind in TYPED_KINDS:  # twice in one form is no person's doing: the last one counts
            kept = not sent or plain(sent[-1]) in [plain(each) for each in again.get(name, [])] or not plain(sent[-1])
        elif kind in CHOSEN_KINDS and name not in wrong_ones:
            kept = set(sent) - {""} <= set(again.get(name, []))  # nothing chosen is nothing to lose
        else:
            kept = True
        gone += [] if kept else [name]
    return gone


def plain(text: str) -> str:
    return re.sub(r"[\r\n\x00]+", " ", text).strip()
