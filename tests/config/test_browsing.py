"""The tab that browser tests drive sees what goes wrong."""

import pytest

from tests.browsing import DESK


def test_the_front_page_loads_clean_on_a_phone(site):
    answer = site.open("/")

    assert answer.status == 200
    assert site.page.viewport_size == {"width": 390, "height": 844}
    assert site.overflow() <= 0


def test_a_tab_of_another_size_can_be_opened(open_site):
    site = open_site(viewport=DESK, color_scheme="dark")

    assert site.open("/").status == 200
    assert site.page.viewport_size == DESK


def test_the_front_page_opens_without_javascript(plain_site):
    assert plain_site.open("/").status == 200


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ("fetch('https://elsewhere.example/').catch(() => 0)", "elsewhere.example"),
        ("document.head.append(Object.assign(document.createElement('style'), {textContent: 'p{}'}))", "console"),
        ("fetch('/static/css/not-there.css')", "404"),
    ],
    ids=["another host", "inline style", "missing file"],
)
def test_what_must_not_happen_is_noted(site, script, word):
    site.open("/")

    site.page.evaluate(script)
    site.page.wait_for_timeout(300)

    assert any(word in problem for problem in site.problems)
    site.problems.clear()
