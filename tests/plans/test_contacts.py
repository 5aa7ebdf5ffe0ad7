"""People to call: the number that is kept is the number that is dialled."""

import pytest

from accounts import keys
from plans import phones, services
from plans.models import Contact, PlanRevision
from tests.plans.factories import WHEN

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _alices_keys(alice):
    with keys.ring_of(alice.pk):
        yield


def test_a_contact_is_added_last_and_leaves_a_revision(alice):
    for name, number in [("Denise", "202-555-0134"), ("988", "988")]:
        services.add_contact(person=alice, name=name, relation="Sponsor", number=number, now=WHEN)

    assert [(row.name, row.number, row.number_type, row.position) for row in services.contacts(alice)] == [
        ("Denise", "+12025550134", phones.E164, 0),
        ("988", "988", phones.SHORT_CODE, 1),
    ]
    latest = PlanRevision.objects.of(alice).newest_first().first()
    assert (latest.number, latest.author, latest.created_at) == (2, alice, WHEN)
    assert [row["name"] for row in latest.parts["contacts"]] == ["Denise", "988"]


def test_a_refused_number_leaves_no_contact_and_no_revision(alice):
    with pytest.raises(phones.NumberNotUsable, match=r"10 digits. This one has 9"):
        services.add_contact(person=alice, name="Denise", relation="", number="202-555-013", now=WHEN)

    assert not Contact.objects.of(alice).exists()
    assert not PlanRevision.objects.of(alice).exists()


def test_the_country_of_the_person_says_how_a_number_is_read(make_user):
    person = make_user("sian", country="GB")

    contact = services.add_contact(person=person, name="Mam", relation="", number="020 7946 0018", now=WHEN)

    assert contact.call_link == "tel:+442079460018"
    assert contact.text_link.startswith("sms:+442079460018?&body=Hi%2C%20can%20you%20talk%3F")


def test_saving_what_the_form_showed_changes_no_digit(alice):
    contact = services.add_contact(
        person=alice, name="Unknown area", relation="", number="555 555 0134", sure=True, now=WHEN
    )

    services.change_contact(contact=contact, name="Denise", relation="Sponsor", number=contact.shown_number, now=WHEN)

    assert Contact.objects.of(alice).get().number == "+15555550134"
