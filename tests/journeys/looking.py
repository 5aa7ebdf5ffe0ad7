"""How a page is looked at: axe-core in every size and light, sideways scroll, forms that were filled in wrong."""

import re
from collections.abc import Iterator, Sequence

from playwright.sync_api import TimeoutError, ViewportSize

from tests.browsing import DESK, PHONE, Site

NARROW = ViewportSize(width=320, height=640)
# Chromium's default is 16 px: somebody who reads at 200 % has set this.
DOUBLE_TEXT_PX = 32
FORMS = "form[method=post]:not([role=search])"
# What a template writes where it was handed an object instead of words.
OBJECT = re.compile(r"\b[A-Z]\w+\([a-z_]+=|<[\w.]+ object|<bound method|<function ")
# Every field of a form is answered so that it cannot be right: what is asked for stays empty, all else says nonsense.
# What the browser itself would hold back goes out too, as it does from an old one.
FILL_IN_WRONG = """form => {
  form.noValidate = true;
  for (const field of form.elements) {
    if (["hidden", "submit", "button", "fieldset"].includes(field.type)) continue;
    if (field.type === "checkbox") field.checked = false;
    else if (field.type === "radio") {
      field.value = "?";
      field.checked = true;
    }
    else if (field.tagName === "SELECT") {
      field.add(new Option("?", "?"));
      field.value = "?";
    } else {
      const blank = field.required;
      if (field.tagName === "INPUT") field.type = "text";
      field.removeAttribute("maxlength");
      field.value = blank ? "" : "x".repeat(5000);
    }
  }
}"""
SEND = "form => form.requestSubmit(form.querySelector('button:not([type=button])'))"
# Forms that nothing turns away, and why.
TAKEN_ANYWAY = {"/help/ride/": "how an urge went is kept, also where nobody knows what was tried against it"}
# A form of boxes alone is right however many are ticked.
ASKS_SOMETHING = """form => [...form.elements].some(
  field => !["hidden", "submit", "button", "fieldset", "checkbox"].includes(field.type))"""


def look(site: Site, where: str, sizes: Sequence[ViewportSize] = (PHONE, DESK)) -> list[str]:
    """Return what is wrong with the page as it stands."""
    for_everyone = [*leads_nowhere(site, where), *shows_an_object(site, where)]
    return [*problems_of(site, where, sizes), *too_wide(site, where), *for_everyone]


def problems_of(site: Site, where: str, sizes: Sequence[ViewportSize]) -> Iterator[str]:
    """Yield what axe-core finds in each size, light and dark.

    The page is not loaded again between them: server and scripts never learn of either, only the style sheet asks (the
    first test of test_accessibility.py holds that), and it answers at once. Motion is off: nothing is caught half-way.
    """
    for size in sizes:
        site.page.set_viewport_size(size)
        for light in ("light", "dark"):
            site.page.emulate_media(color_scheme=light, reduced_motion="reduce")
            found = site.accessibility_problems()
            yield from (f"{where} {size['width']} {light}: {problem}" for problem in found)


def too_wide(site: Site, where: str) -> Iterator[str]:
    site.page.set_viewport_size(NARROW)
    if site.overflow() > 0:
        yield f"{where} scrolls sideways by {site.overflow()} px at 320 px"
    site.page.set_viewport_size(PHONE)
    tools = site.page.context.new_cdp_session(site.page)
    tools.send("Page.setFontSizes", {"fontSizes": {"standard": DOUBLE_TEXT_PX, "fixed": DOUBLE_TEXT_PX}})
    site.page.wait_for_timeout(50)
    if site.overflow() > 0:
        yield f"{where} scrolls sideways by {site.overflow()} px at 200 % text"
    tools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    tools.detach()


def leads_nowhere(site: Site, where: str) -> Iterator[str]:
    """Yield what htmx would put into a place that is not on the page: such a button does nothing at all."""
    script = """[...document.querySelectorAll("[hx-target^='#']")].map(each => each.getAttribute("hx-target"))"""
    for target in site.page.evaluate(script):
        if site.page.locator(target).count() != 1:
            yield f"{where} has no place {target}"


def shows_an_object(site: Site, where: str) -> Iterator[str]:
    """Yield what only a programmer could read."""
    for found in OBJECT.finditer(site.page.locator("body").inner_text()):
        yield f"{where} shows an object of the code: {found[0]}"


def forms_of(site: Site) -> list[int]:
    """Return which of the page's forms ask for something, and are sent rather than searched with."""
    forms = site.page.locator(FORMS)
    return [
        number
        for number in range(forms.count())
        if forms.nth(number).evaluate(ASKS_SOMETHING) and forms.nth(number).get_attribute("action") not in TAKEN_ANYWAY
    ]


def send_wrong(site: Site, number: int = 0) -> list[str]:
    """Send one of the page's forms with nothing right in it, and return what is wrong with how it is turned away.

    On a phone only: what a form says beside its fields is in the same words and colours on a desk.
    """
    where = f"form {number} of {site.path}, turned away"
    site.page.set_viewport_size(PHONE)
    form = site.page.locator(FORMS).nth(number)
    form.evaluate(FILL_IN_WRONG)
    with site.page.expect_response(lambda response: response.request.method == "POST") as sent:
        form.evaluate(SEND)
    site.page.wait_for_load_state()
    if sent.value.status != 422:
        site.page.wait_for_load_state("networkidle")
        return [f"{where}: it was answered {sent.value.status}"]
    # What to mend is said first, and is where a keyboard and a screen reader are.
    said = []
    try:
        site.page.locator("[role=alert]:focus").first.wait_for(timeout=3000)
    except TimeoutError:
        said.append(f"{where}: what to mend is not in focus")
    return [*said, *look(site, where, sizes=(PHONE,))]
