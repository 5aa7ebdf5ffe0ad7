"""PDFs for paper, where the libraries are there: tagged, with text that can be selected, and nothing fetched from afar.

WeasyPrint loads Pango when it is imported. It is imported on the first sheet only, so that a machine without Pango runs
everything else; there the button prints the page itself.
"""

import logging
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

logger = logging.getLogger(__name__)

PAPERS = {"a4": "A4", "letter": "Letter"}
# Countries that print on Letter; everywhere else it is A4.
LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PA", "DO", "SV", "NI"})
# Sizes of the words in points, tried from the largest on until the sheet fits one page.
SIZES = (11.0, 9.0, 7.5, 6.5)
STYLE = "css/paper.css"
# PDF/UA: a reader hears headings, lists and what a code is for.
TAGGED: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
# Where the sheets believe to stand, so that addresses in the style sheet resolve; nothing is read from there.
BASE = "file:///static/"


@cache
def library() -> Any:
    """Return WeasyPrint, or None where its libraries are not installed."""
    try:
        import weasyprint
    except (ImportError, OSError) as problem:
        logger.info("No PDFs here: %s", type(problem).__name__)
        return None
    return weasyprint


def can_make_pdf() -> bool:
    return library() is not None


def paper_of(country: str) -> str:
    """Return which paper lies in the printers of a country (ISO 3166 alpha-2), where one is known."""
    return "letter" if country in LETTER_COUNTRIES or not country else "a4"


def make_pdf(html: str, *, paper: str, fits_one_page: bool) -> bytes:
    """Return a sheet as a tagged PDF; with `fits_one_page` the words are made smaller until it is one page.

    What a sheet holds is limited so that it fits in the smallest words (tests/config/test_paper.py).

    :param html: a whole page without scripts; its style sheet is static/css/paper.css
    """
    weasyprint = library()
    own = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=_only_static(weasyprint))
    for size in SIZES if fits_one_page else SIZES[:1]:
        page = f"@page {{ size: {PAPERS[paper]} }} html {{ font-size: {size}pt }}"
        fonts = weasyprint.text.fonts.FontConfiguration()
        sheets = [
            weasyprint.CSS(string=text, base_url=f"{BASE}css/", url_fetcher=_only_static(weasyprint), font_config=fonts)
            for text in (_style(), page)
        ]
        document = own.render(stylesheets=sheets, font_config=fonts, **TAGGED)
        if len(document.pages) == 1:
            break
    return bytes(document.write_pdf(**TAGGED))


def qr_code(number: str) -> str:
    """Return a code that dials a public number, as the address of a picture; never for anything of a person's own."""
    code = QRCode(border=1, image_factory=SvgPathImage)
    code.add_data(f"tel:{number}")
    return "data:image/svg+xml;base64," + b64encode(code.make_image().to_string()).decode()


def _style() -> str:
    return Path(str(finders.find(STYLE))).read_text(encoding="utf-8")


def _only_static(weasyprint: Any) -> Callable[..., Any]:
    """Return a reader of our own fonts and of pictures that stand in the page; nothing else is ever asked for."""

    def read(url: str, *_more: Any) -> Any:
        if url.startswith("data:"):
            return weasyprint.urls.URLFetcher().fetch(url)
        path = finders.find(url.removeprefix(BASE)) if url.startswith(BASE) else None
        if not path:
            raise weasyprint.urls.FatalURLFetchingError(f"not ours: {url[:40]}")
        return weasyprint.urls.URLFetcherResponse(url, Path(str(path)).read_bytes())

    return read
