"""What the coping tools say and how long each part takes; and who stands behind the text."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from resources import services
from resources.models import ToolReview
from resources.tools import TOOLS, Group, by_group
from resources.tools.shape import Phase, Step

both = pytest.mark.django_db(databases=["default", "keys"])
EVERY_WAY = [(tool.slug, way.slug) for tool in TOOLS.values() for way in tool.ways]


def way_of(tool, way):
    return next(each for each in TOOLS[tool].ways if each.slug == way)


@pytest.mark.parametrize(
    ("tool", "way", "seconds"),
    [
        ("meditation", "3", 180),
        ("meditation", "5", 300),
        ("meditation", "10", 600),
        ("paced-breathing", "5", 300),
        ("box-breathing", "4", 64),
        ("box-breathing", "5", 304),
        ("slow-sigh", "5", 297),
        ("grounding", "3", 180),
        ("body-scan", "10", 600),
        ("muscle-relaxation", "10", 600),
        ("safe-place", "5", 300),
        ("mindful-eating", "5", 300),
        ("play-it-forward", "3", 180),
        ("pause", "3", 180),
        ("delay", "15", 3 * 15 * 60),
    ],
)
def test_a_way_takes_as_long_as_its_source_says(tool, way, seconds):
    assert way_of(tool, way).seconds == seconds


def test_the_parts_have_the_timings_of_their_source():
    groups = [step for step in way_of("muscle-relaxation", "10").steps if step.rounds == 2]
    scan = [step.seconds for step in way_of("body-scan", "10").steps]

    assert {tuple(phase.seconds for phase in step.phases) for step in groups} == {(5, 15)}
    assert len(groups) == 13
    assert scan.count(40) == 15
    assert [phase.seconds for phase in way_of("slow-sigh", "5").steps[0].phases] == [2, 1, 6]
    assert [step.asks for step in way_of("delay", "15").steps] == [False, True, True]
    assert len(way_of("play-it-forward", "3").steps) == 3
    assert len(way_of("mindful-eating", "5").steps) == 6


@pytest.mark.parametrize(("tool", "way"), EVERY_WAY)
def test_every_step_says_something_and_takes_time(tool, way):
    for step in way_of(tool, way).steps:
        assert str(step.text).strip()
        assert all(phase.seconds > 0 for phase in step.phases)


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.slug)
def test_every_tool_says_where_it_comes_from_and_can_be_done(tool):
    assert str(tool.evidence)
    assert tool.source
    assert tool.written_on >= date(2026, 11, 22)
    assert tool.ways or tool.page or tool.leads_to


def test_only_breathing_grounding_and_the_wave_are_open():
    opened = {slug for slug, tool in TOOLS.items() if tool.is_open}

    assert opened == {"wave", "paced-breathing", "box-breathing", "slow-sigh", "grounding"}


def test_every_tool_stands_in_one_group():
    assert [group for group, _tools in by_group()] == list(Group)
    assert sum(len(tools) for _group, tools in by_group()) == len(TOOLS)


def test_a_signature_is_about_every_word_and_second():
    box = TOOLS["box-breathing"]
    longer = replace(box.ways[0], steps=(Step(box.ways[0].steps[0].text, (Phase("In", 5),)),))

    prints = {
        box.fingerprint(),
        replace(box, evidence="Nothing is known.").fingerprint(),
        replace(box, source="A friend").fingerprint(),
        replace(box, cautions=()).fingerprint(),
        replace(box, ways=(longer, *box.ways[1:])).fingerprint(),
    }

    assert len(prints) == 5
    assert box.fingerprint() == replace(box).fingerprint()


@both
def test_every_tool_waits_for_a_reviewer():
    assert set(ToolReview.objects.values_list("slug", flat=True)) == set(TOOLS)
    assert all(services.review_of(tool) is None for tool in TOOLS.values())


@both
def test_a_signed_text_is_reviewed_until_it_changes():
    tool = TOOLS["pause"]
    review = ToolReview.objects.get(slug="pause")
    review.reviewer, review.reviewed_on = "Dr. Ada Osei, addiction medicine", date(2026, 11, 20)

    services.sign_text(review=review)

    assert services.review_of(tool) == review
    assert services.review_of(replace(tool, about="Something else.")) is None


@both
def test_an_administrator_signs_and_a_curator_reads(make_user, signed_in, as_erin, as_alice):
    admin = signed_in(make_user("root", is_staff=True, is_superuser=True))
    address = reverse("admin:resources_toolreview_change", args=[ToolReview.objects.get(slug="grounding").pk])
    said = {"reviewer": "Dr. Ada Osei", "reviewed_on": "2026-11-20"}

    assert b"Name 5 things you can see" in as_erin.get(address).content
    assert as_erin.post(address, said).status_code == 403
    assert b"has the reviewer" in admin.post(address, {"reviewer": "Dr. Ada Osei"}).content
    assert services.review_of(TOOLS["grounding"]) is None

    admin.post(address, said)

    assert services.review_of(TOOLS["grounding"]) is not None
    assert b"Reviewed by Dr. Ada Osei on November 20, 2026." in as_alice.get("/tools/grounding/").content
    assert b"Awaiting clinical review." in as_alice.get("/tools/pause/").content
