"""Who they are: Alice with eight months, Maya in her first week, Bob and his clients, Dana, Erin, an administrator."""

from dataclasses import dataclass, field
from datetime import time

from config.management.demo.days import Habits

# 555-0100 to 555-0199 are set aside for stories in North America.
ALICE_NOTES = (
    "Long day, still here.",
    "Walked home the long way. It helped.",
    "Slept badly, but the morning was all right.",
    "Teo scored. I saw it.",
    "Said no to the after-work thing. Easier than I thought.",
)
ALICE_GOOD_THINGS = (
    "Teo's second goal, because he looked over first\nThe early bus was empty\nSoup",
    "Slept until nine\nDenise laughed at my joke\nThe river was high",
    "Paid a bill on time\nMessage from Dana\nClear morning",
)


@dataclass(frozen=True)
class Trigger:
    name: str
    category: str
    impact: int
    answer: str = ""
    first_impact: int | None = None  # what it was rated at the start


@dataclass(frozen=True)
class Person:
    """One demo person: an account and, where they keep a record, its habits and plan."""

    slug: str
    called: str
    time_zone: str = "America/Chicago"
    roles: tuple[str, ...] = ()
    is_superuser: bool = False
    substance: str = ""
    aim: str = "undecided"
    days: int = 0  # how long ago they started, 0 for no record
    habits: Habits = field(default_factory=Habits)
    stage: str = ""
    triggers: tuple[Trigger, ...] = ()
    strategies: tuple[tuple[str, int], ...] = ()  # with minutes
    contacts: tuple[tuple[str, str, str], ...] = ()  # name, relation, number
    activities: tuple[tuple[str, str], ...] = ()  # name, when
    items: tuple[tuple[str, str, str, str], ...] = ()  # part, kind, text, detail
    reasons: tuple[str, ...] = ()
    weeks: tuple[tuple[str, str, str], ...] = ()  # last week first: what worked, what was hard, what is next
    spent_a_week: int = 0  # own figures, 0 for none
    also: tuple[str, str, int] | None = None  # a second journey: substance, aim, how many days ago
    reviews: int = 0  # so many months of our own review
    # Days ago, tool, way, and how strong it was before and after.
    exercises: tuple[tuple[int, str, str, int, int], ...] = ()
    pages: tuple[tuple[int, str, str], ...] = ()  # days ago, question, text
    weighed: dict[str, str] = field(default_factory=dict)
    medications: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # name, times of day, prescriber
    reminder: time | None = None
    shares_with: tuple[str, ...] = ()  # slugs
    shared: frozenset[str] = field(default_factory=frozenset)  # scopes for a counselor


EVERYTHING = frozenset({"charts", "checkins", "plan", "triggers", "stage", "lapses", "measures"})
TRENDS = frozenset({"charts", "stage"})

ALICE = Person(
    slug="alice",
    called="Alice",
    substance="alcohol",
    aim="abstain",
    days=243,
    habits=Habits(
        start=6.5,
        settled=2.6,
        attendance=0.9,
        used_on=frozenset({152}),
        notes=ALICE_NOTES,
        good_things=ALICE_GOOD_THINGS,
        triggers={"Stress from work": 0.45, "Argument at home": 0.18, "Fourth Street": 0.12, "Alone at night": 0.2},
        strategies={"Walk to the river": 0.79, "Cold water on my face": 0.7, "Call Denise": 0.85},
    ),
    spent_a_week=60,
    also=("tobacco", "cut_down", 70),
    stage="early-sobriety",
    triggers=(
        Trigger("Fourth Street", "place", 9, "I take Oak Street home."),
        Trigger("Stress from work", "stress", 7, "I text Denise before I leave.", first_impact=8),
        Trigger("Argument at home", "conflict", 7, "I go around the block before I answer."),
        Trigger("Payday", "money", 6, "The money goes to savings in the morning."),
        Trigger("Alone at night", "emotional", 5),
    ),
    strategies=(("Walk to the river", 20), ("Cold water on my face", 2), ("Call Denise", 10), ("Box breathing", 3)),
    contacts=(
        ("Denise", "Sponsor", "202 555 0134"),
        ("Dana", "My sister", "202 555 0171"),
        ("Bob Ruiz", "Counselor", "202 555 0122"),
    ),
    items=(
        ("signs", "behavior", "Skipping breakfast two days running", ""),
        ("signs", "thought", "Telling myself “just this weekend”", ""),
        ("signs", "behavior", "Not answering Denise's texts", ""),
        ("places", "place", "The pottery studio on Oak Street", "Tuesdays"),
        ("places", "person", "Cooking with Dana", "Sundays"),
        ("safer", "numbers", "Old numbers deleted, new phone number", ""),
        ("safer", "naloxone", "Naloxone in the kitchen drawer", "Dana knows how to use it"),
        ("safer", "money", "Only the card with the $40 limit in my wallet", ""),
        ("support", "peer", "Home group", "Mondays and Thursdays at 7 pm"),
        ("support", "professional", "Bob", "Every second Wednesday"),
        ("help_me", "do", "Sit with me, you don't have to fix it", ""),
        ("help_me", "leave", "Asking if I used, first thing", ""),
        ("help_me", "say", "“Do you want company or quiet?”", ""),
    ),
    activities=(
        ("Saturday game with Teo", "Saturdays"),
        ("Library, the quiet room", "After work"),
        ("Swim", "Sundays"),
    ),
    reasons=("Saturday games with Teo. I want to remember every one.", "Mornings that start clear."),
    weeks=(
        (
            "Oak Street instead of Fourth, every day.",
            "Friday after the meeting at work.",
            "Text Denise before I leave.",
        ),
        ("Two swims. Slept better for it.", "", "The library on Sunday."),
        ("Said it out loud at the meeting.", "Payday.", "Move the money in the morning."),
    ),
    reviews=12,
    exercises=(
        (33, "box-breathing", "5", 7, 4),
        (26, "box-breathing", "4", 6, 5),
        (19, "body-scan", "10", 5, 3),
        (12, "delay", "15", 8, 4),
        (9, "box-breathing", "5", 7, 3),
        (4, "grounding", "3", 8, 5),
        (2, "paced-breathing", "2", 5, 3),
    ),
    pages=(
        (
            16,
            "What went better than I thought?",
            "The staff party. I stayed an hour, drank tonic, and left with Denise.",
        ),
        (5, "Who was kind?", "Dana brought soup. We didn't talk about it, and that was the kind part."),
    ),
    weighed={
        "use_gives": "An hour of quiet.",
        "use_costs": "The next day, and Teo's face when I forget.",
        "change_gives": "Saturdays. Mornings that start clear.",
        "change_costs": "Some evenings are long.",
    },
    medications=(("Naltrexone", ("morning",), "Dr. Okafor"),),
    reminder=time(20, 30),
    shares_with=("bob", "dana"),
    shared=EVERYTHING,
)

MAYA = Person(
    slug="maya",
    called="Maya",
    time_zone="America/New_York",
    aim="undecided",
    days=6,
    habits=Habits(start=6.0, settled=5.0, attendance=0.95, payday=False, triggers={"Sunday evenings": 0.4}),
    stage="seeking-help",
    triggers=(Trigger("Sunday evenings", "emotional", 7),),
    contacts=(("Ines", "Friend", "202 555 0147"),),
    reasons=("My own front door.",),
    reminder=time(21, 0),
)


def _client(slug: str, called: str, days: int, shared: frozenset[str] = TRENDS, **habits: object) -> Person:
    return Person(
        slug=slug,
        called=called,
        aim="abstain" if days % 2 else "on_medication",
        days=days,
        # The callers below name fields of Habits; a spread of keywords hides their types.
        habits=Habits(triggers={"Boredom": 0.3}, strategies={"Call somebody": 0.6}, **habits),  # type: ignore[arg-type]
        stage="early-sobriety" if days < 300 else "long-term-recovery",
        triggers=(Trigger("Boredom", "boredom", 6, "I put my shoes on and go out."),),
        strategies=(("Call somebody", 10),),
        shares_with=("bob",),
        shared=shared,
    )


CLIENTS = (
    _client("sam", "Sam", 41, start=8.5, settled=7.5, attendance=0.95),
    _client("priya", "Priya", 88, silent_for=6),
    _client("jordan", "Jordan", 30, EVERYTHING, used_on=frozenset({27})),
    _client("luis", "Luis", 64),
    _client("mei", "Mei", 120, EVERYTHING),
    _client("omar", "Omar", 17, start=7.0, settled=5.0),
    _client("grace", "Grace", 150),
    _client("tomas", "Tomás", 75, attendance=0.55),
    _client("hana", "Hana", 33, frozenset({"stage"})),
    _client("will", "Will", 52, silent_for=3),
    _client("nia", "Nia", 400, settled=1.2),
)

OTHERS = (
    Person(slug="bob", called="Bob Ruiz", roles=("counselor",)),
    Person(slug="dana", called="Dana"),
    Person(slug="erin", called="Erin", roles=("curator",)),
    Person(slug="admin", called="Admin", is_superuser=True),
)

# Those who are let in come first.
PEOPLE = (*OTHERS, ALICE, MAYA, *CLIENTS)
