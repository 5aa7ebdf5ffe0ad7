"""Every field is drawn so that a screen reader ties label, hint and error to it, and a thumb can hit it."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict

from accounts import widgets

CHOICES = [("no", "No"), ("yes", "Yes")]


class Everything(forms.Form):
    called = forms.CharField(max_length=5, help_text="A name or a letter.")
    agree = forms.BooleanField(label="I am 18 or older")
    one = forms.ChoiceField(choices=CHOICES, widget=widgets.Picks(hints={"yes": "Any time"}))
    around = forms.MultipleChoiceField(choices=CHOICES, widget=widgets.Chips)
    impact = forms.IntegerField(min_value=1, max_value=10, widget=widgets.Steps)
    where = forms.ChoiceField(choices=CHOICES)
    note = forms.CharField(widget=forms.Textarea)


def page_of(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_a_wrong_field_names_its_error_and_its_hint():
    page = page_of(Everything({"called": "far too long"}))

    field = page.find(id="id_called")

    assert field["aria-invalid"] == "true"
    assert [bool(page.find(id=name)) for name in field["aria-describedby"].split()] == [True, True]


def test_the_error_summary_takes_focus_and_leads_to_each_field():
    page = page_of(Everything({}))

    summary = page.find(role="alert")

    assert summary.has_attr("autofocus")
    for link in summary.find_all("a"):
        assert page.find(id=link["href"].removeprefix("#")), link
    assert len(summary.find_all("a")) == sum(field.required for field in Everything.base_fields.values())


def test_nothing_is_chosen_before_somebody_chooses():
    page = page_of(Everything())

    assert page.select("[checked], [selected]") == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [("one", ["yes"]), ("around", ["no"])],
)
def test_what_was_chosen_stays_chosen(name: str, kept: list[str]):
    page = page_of(Everything(QueryDict("&".join(f"{name}={value}" for value in kept))))

    assert [field["value"] for field in page.select(f"[name={name}][checked]")] == kept


def test_every_field_has_a_label():
    page = page_of(Everything())

    for field in page.select("input, select, textarea"):
        wrapped = field.find_parent("label")
        assert wrapped or page.find("label", attrs={"for": field["id"]}), field


def test_no_id_is_given_twice():
    ids = [element["id"] for element in page_of(Everything({})).select("[id]")]

    assert len(ids) == len(set(ids))
