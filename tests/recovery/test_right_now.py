"""Right now: the same first screen for everybody, every card that applies, and a record of who signed which words."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from recovery.models import SafetyText
from recovery.safety_texts import CARDS, FIRST, TEXTS, SafetyWords, cards_for
from recovery.services import FutureReview, sign_safety_text

database = pytest.mark.django_db(databases=["default", "keys"])
NOW = dt.datetime(2025, 6, 13, 2, 0, tzinfo=dt.UTC)  # the evening of the 12th in Chicago
TODAY = dt.date(2025, 6, 12)
SUBSTANCES = ["opioids", "stimulants", "pills", "benzodiazepines", "ghb", "cannabis", "alcohol", "tobacco"]
# Which cards each family must bring, in this order.
FAMILIES = {
    "opioids": ["opioids", "supply"],
    "stimulants": ["opioids", "stimulants", "supply"],
    "pills": ["opioids", "supply", "withdrawal"],
    "benzodiazepines": ["opioids", "supply", "withdrawal"],
    "ghb": ["opioids", "supply", "withdrawal"],
    "cannabis": ["opioids", "supply"],
    "alcohol": ["withdrawal"],
    "tobacco": [],
    "something of my own": ["opioids", "stimulants", "supply", "withdrawal"],
}


def slugs(texts) -> list[str]:
    return [text.slug for text in texts]


def main(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser").find("main")


@pytest.fixture(autouse=True)
def _evening():
    with time_machine.travel(NOW, tick=False):
        yield


def test_where_nothing_was_said_every_card_is_open_and_opioids_come_first():
    assert slugs(cards_for([]).open) == ["opioids", "stimulants", "supply", "withdrawal"]
    assert cards_for([]).folded == ()


@pytest.mark.parametrize(("substance", "cards"), FAMILIES.items())
def test_each_substance_brings_its_cards(substance, cards):
    assert slugs(cards_for([substance]).open) == cards


@database
def test_signed_out_the_numbers_are_of_the_country_that_was_chosen_on_help(client):
    client.post("/help/country/", {"country": "GB"})

    page = main(client.get("/right-now/"))

    assert page.find("a", href="tel:999")
    assert page.find("a", href="tel:116123")
    assert not page.find("a", href="tel:911")


@given(st.sets(st.sampled_from(SUBSTANCES)), st.text())
def test_naming_one_more_never_folds_a_card_away_and_none_is_lost(named, another):
    before, after = cards_for(named), cards_for({*named, another})

    assert not named or set(slugs(before.open)) <= set(slugs(after.open))
    assert sorted([*after.open, *after.folded]) == sorted(CARDS)


def test_a_changed_word_or_source_is_another_version():
    words = SafetyWords("x", "Title", ("One.",), "A source.")

    assert words.version == SafetyWords("x", "Title", ("One.",), "A source.").version
    assert words._replace(lines=("Two.",)).version != words.version
    assert words._replace(source="Another.").version != words.version


@database
def test_every_text_has_a_source_and_a_record_that_nobody_has_signed():
    rows = {row.slug: row for row in SafetyText.objects.all()}

    assert rows.keys() == TEXTS.keys()
    assert all(row.source and row.text and not row.is_signed for row in rows.values())


@database
@pytest.mark.parametrize("known", [False, True])
def test_nothing_is_asked_before_the_number_and_the_steps(client, as_alice, known):
    page = main((as_alice if known else client).get("/right-now/"))

    markup = str(page)
    assert markup.index("tel:911") < markup.index("Give naloxone") < markup.index("card-opioids")
    assert markup.index("card-withdrawal") < (markup.index("<form") if known else len(markup))
    assert page.get_text().count("awaiting clinical review") == len((FIRST, *CARDS))


@database
@pytest.mark.parametrize(("country", "number"), [("GB", "999"), ("AU", "000"), ("NZ", "111"), ("US", "911")])
def test_the_number_is_that_of_where_the_person_is(as_alice, alice, country, number):
    alice.country = country
    alice.save()

    assert main(as_alice.get("/right-now/")).select_one(f'.call--ember a[href="tel:{number}"]')


@database
def test_a_signature_holds_until_a_word_changes(client):
    for row in SafetyText.objects.all():
        sign_safety_text(text=row, reviewed_by="Dr. R. Okafor, addiction medicine", reviewed_on=TODAY, day=TODAY)
    assert "awaiting" not in main(client.get("/right-now/")).get_text()

    SafetyText.objects.filter(slug="opioids").update(version="of-a-year-ago"[:12])

    assert main(client.get("/right-now/")).get_text().count("awaiting clinical review") == 1


@database
def test_a_review_of_tomorrow_is_refused():
    with pytest.raises(FutureReview):
        sign_safety_text(
            text=SafetyText.objects.get(slug="opioids"),
            reviewed_by="Dr. R. Okafor",
            reviewed_on=TODAY + dt.timedelta(days=1),
            day=TODAY,
        )


@database
def test_an_administrator_sees_words_source_and_version_and_signs_them(make_user, signed_in):
    admin = signed_in(make_user("admin", is_staff=True, is_superuser=True))
    row = SafetyText.objects.get(slug="stimulants")
    address = f"/admin/recovery/safetytext/{row.pk}/change/"

    seen = " ".join(BeautifulSoup(admin.get(address).content, "html.parser").get_text(" ").split())
    assert "Move away from heat" in seen
    assert "National Harm Reduction Coalition" in seen
    half = admin.post(address, {"reviewed_by": "Dr. R. Okafor", "reviewed_on": ""})
    admin.post(address, {"reviewed_by": "Dr. R. Okafor", "reviewed_on": timezone.now().date().isoformat()})

    row.refresh_from_db()
    assert half.status_code == 422
    assert row.is_signed
    assert row.version == TEXTS["stimulants"].version


# In a browser, without JavaScript.


@pytest.mark.parametrize("text", CARDS, ids=slugs(CARDS))
def test_each_family_s_card_is_there_on_a_phone_without_a_script(plain_site, text):
    plain_site.open("/right-now/")
    page = plain_site.page

    call = page.locator(".call--ember a").first
    assert call.get_attribute("href") == "tel:911"
    assert call.bounding_box()["y"] + call.bounding_box()["height"] < 844
    assert page.get_by_text(str(FIRST.lines[2])).is_visible()
    card = page.locator(f"section[aria-labelledby='card-{text.slug}']")
    for line in text.lines:
        assert card.get_by_text(str(line)).is_visible()
    assert card.get_by_text("awaiting clinical review").is_visible()
    assert plain_site.overflow() <= 0
