"""The plan on paper: one page, real text, tagged, no name unless wanted, codes that dial public numbers only."""

import base64
import os
import re
import sys
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts import keys
from config import paper
from plans import emergency, services
from tests.plans.factories import WHEN, ContactFactory, ItemFactory, ReasonFactory, StrategyFactory, TriggerFactory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
# On the build machine a missing library is a failure, never a skip.
pdfs = pytest.mark.skipif(
    not paper.can_make_pdf() and os.environ.get("CI") != "true", reason="Pango is not installed here"
)
MM = 72 / 25.4
SIZES = {"a4": (210 * MM, 297 * MM), "letter": (215.9 * MM, 279.4 * MM)}


@pytest.fixture
def full_plan(alice):
    """A plan with more in every list than a sheet holds, each row as long as a row may be."""
    with keys.ring_of(alice.pk):
        alice.called = "Alicia Nightingale"
        alice.save()
    long = "Something with many words in it " * 3
    for number in range(12):
        TriggerFactory(person=alice, impact=9, name=f"Trigger {number} {long}")
        StrategyFactory(person=alice, name=f"Strategy {number} {long}")
        ContactFactory(
            person=alice, name=f"Contact {number}", relation="Somebody I know well", hours="Until eleven at night"
        )
        ReasonFactory(person=alice, text=f"Reason {number} {long}{long}")
        for part, kind in (("signs", "body"), ("places", "place"), ("safer", "naloxone"), ("help_me", "do")):
            ItemFactory(person=alice, part=part, kind=kind, text=f"{part} {number} {long}", detail=long)
    return alice


def read_pdf(client, **asked):
    from pypdf import PdfReader

    response = client.get(reverse("plan-pdf"), asked)
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    return PdfReader(BytesIO(response.content))


@pdfs
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", ["plan", "card", "help"])
def test_a_sheet_is_one_tagged_page_however_full_the_plan_is(sheet, size, as_alice, full_plan):
    pdf = read_pdf(as_alice, sheet=sheet, paper=size)

    box = pdf.pages[0].mediabox
    assert len(pdf.pages) == 1
    assert (float(box.width), float(box.height)) == pytest.approx(SIZES[size], abs=1)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/StructTreeRoot"]
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("en")


@pdfs
def test_the_text_can_be_selected_and_the_numbers_read(as_alice, full_plan):
    text = re.sub(r"\s+", " ", read_pdf(as_alice, sheet="plan", paper="a4").pages[0].extract_text())

    assert "Contact 0" in text
    assert "988" in text
    assert "In an emergency call" in text
    assert "Reason 0" in text


@pdfs
def test_large_letters_may_take_several_pages_and_are_large(as_alice, full_plan):
    sizes = set()
    pdf = read_pdf(as_alice, sheet="large", paper="letter")

    pdf.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, size: text.strip() and sizes.add(size * abs(tm[3]))
    )
    assert len(pdf.pages) > 1
    assert min(sizes) >= 14


@pdfs
@pytest.mark.parametrize("sheet", ["plan", "card", "large", "help"])
def test_there_is_no_name_unless_wanted_and_none_in_the_files_own_words(sheet, as_alice, full_plan):
    plain, named = read_pdf(as_alice, sheet=sheet), read_pdf(as_alice, sheet=sheet, named="1")

    assert "Alicia" not in "".join(page.extract_text() for page in plain.pages)
    assert "Alicia" in re.sub(r"\s+", " ", named.pages[0].extract_text())
    assert "Alicia" not in str(named.metadata)
    response = as_alice.get(reverse("plan-pdf"), {"sheet": sheet, "named": "1"})
    assert response["Content-Disposition"] == f'attachment; filename="sheet-{sheet}.pdf"'


@pdfs
def test_nothing_is_fetched_for_a_sheet(as_alice, alice):
    ReasonFactory(
        person=alice, text='<img src="https://example.org/x.png"> <style>@import "https://example.org/"</style>'
    )

    assert "example.org/x.png" in read_pdf(as_alice).pages[0].extract_text().replace("\n", "")
    with pytest.raises(paper.library().urls.FatalURLFetchingError):
        paper._only_static(paper.library())("file:///etc/hostname")


def test_without_the_libraries_the_page_prints_and_the_address_leads_there(as_alice, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # an import of it fails, as without Pango
    paper.library.cache_clear()

    page = BeautifulSoup(as_alice.get(reverse("plan-print")).content, "html.parser")
    answer = as_alice.get(reverse("plan-pdf"), {"sheet": "card"})

    assert page.select_one("[data-print]").get_text(strip=True) == "Print"
    assert reverse("plan-pdf") not in str(page)
    assert answer.url == reverse("plan-print") + "?sheet=card"
    paper.library.cache_clear()


@pytest.mark.parametrize("sheet", ["plan", "card", "large", "help", "", "x"])
def test_every_sheet_can_be_printed_from_the_page(sheet, as_alice, full_plan):
    page = BeautifulSoup(as_alice.get(reverse("plan-print"), {"sheet": sheet}).content, "html.parser")

    assert "Alicia" not in page.get_text()
    assert "The first of each list fit on the page." in page.get_text()
    assert page.select_one("main .leaf li")


@pytest.mark.parametrize("country", ["US", "CA", "GB", "IE", "AU", "NZ", ""])
def test_codes_dial_the_public_lines_of_the_country_and_nothing_else(country, make_user, signed_in):
    person = make_user("anna", country=country)
    ContactFactory(person=person, name="Denise", number="+12025550134")

    page = BeautifulSoup(signed_in(person).get(reverse("plan-print")).content, "html.parser")

    pictures = [image["src"] for image in page.select("img.qr")]
    assert pictures == [paper.qr_code(line.number) for line in emergency.numbers_for(country).lines]
    for picture in pictures:
        assert b"<svg" in base64.b64decode(picture.partition("base64,")[2])
    assert all(image["alt"] for image in page.select("img.qr"))


def test_paper_is_what_lies_in_the_printers_of_the_country():
    assert [paper.paper_of(country) for country in ("US", "CA", "", "GB", "DE", "AU")] == ["letter"] * 3 + ["a4"] * 3


def test_a_card_for_others_shows_only_what_was_written_for_them(as_alice, alice):
    services.add_item(person=alice, part="help_me", kind="say", text="I'm glad you called", now=WHEN)
    TriggerFactory(person=alice, name="A secret trigger")

    text = (
        BeautifulSoup(as_alice.get(reverse("plan-print"), {"sheet": "help"}).content, "html.parser")
        .select_one("main")
        .get_text()
    )

    assert "I'm glad you called" in text
    assert "secret" not in text
