"""What somebody's days look like: from a few habits and a fixed seed, always the same answers for the same date."""

import random
from dataclasses import dataclass, field
from datetime import date
from math import exp
from typing import Any

FRIDAY, SATURDAY = 4, 5
# From this craving on, some urges are ridden out in Help now.
RIDDEN_OUT = 6


@dataclass(frozen=True)
class Habits:
    """How somebody's record goes: where craving starts and settles, and what makes a day harder."""

    start: float = 6.0  # craving of the first days
    settled: float = 2.5  # craving it eases towards
    attendance: float = 0.88  # share of days with a check-in
    hard_weekdays: frozenset[int] = frozenset({FRIDAY, SATURDAY})
    payday: bool = True
    used_on: frozenset[int] = frozenset()  # days after the start with noted use
    silent_for: int = 0  # days without a check-in until today
    notes: tuple[str, ...] = ()
    good_things: tuple[str, ...] = ()
    # Each trigger with how likely a day meets it, each strategy with how often it helps.
    triggers: dict[str, float] = field(default_factory=dict)
    strategies: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    """One day's answers, with triggers and strategies by name."""

    answers: dict[str, Any]
    met: dict[str, int]
    helped: dict[str, str]
    rode: int | None  # how strong an urge was that was ridden out, where one was


def day_of(who: str, habits: Habits, start: date, day: date, today: date) -> Day | None:
    """Return what this person says of a day, or None where they did not check in."""
    chance = random.Random(f"{who} {day.isoformat()}")  # noqa: S311  # a story, not a secret
    index, left = (day - start).days, (today - day).days
    used = index in habits.used_on
    if left < habits.silent_for or (chance.random() > habits.attendance and not used and left > 1):
        return None
    craving = _craving(habits, index, day, used=used, chance=chance)
    sleep = _within(7.2 - 0.2 * (craving - 3) + chance.gauss(0, 0.7), 3, 10)
    mood = _within(3.7 - 0.24 * (craving - 3) + chance.gauss(0, 0.6), 1, 5)
    met = {name: _whole(craving + chance.gauss(0, 1), 1, 10) for name, odds in habits.triggers.items()
           if craving >= 3 and chance.random() < odds}  # fmt: skip
    helped = {name: _outcome(odds, chance) for name, odds in habits.strategies.items()
              if craving >= 4 and chance.random() < 0.15}  # fmt: skip
    answers = {
        "mood": _whole(mood, 1, 5),
        "craving": craving,
        "sleep_half_hours": round(sleep * 2),
        "used": "yes" if used else "no",
        "confidence": _whole(8.5 - 0.5 * craving + chance.gauss(0, 0.8), 0, 10),
        "connection": chance.choice(["meeting", "talked", "talked", "none"]),
        "note": chance.choice(habits.notes) if habits.notes and chance.random() < 0.3 else "",
    }
    if habits.good_things and day.weekday() == FRIDAY + 2:
        answers["good_things"] = habits.good_things[day.toordinal() // 7 % len(habits.good_things)]
    answers |= {
        "craving_when": _when(craving, day, chance),
        "sleep_quality": _whole((sleep - 2) / 2 + chance.gauss(0, 0.4), 1, 3),
        "halt": "".join(letter for letter in "halt" if chance.random() < 0.05 + 0.05 * craving),
        "risky_ahead": chance.random() < 0.06,
    }
    rode = craving if craving >= RIDDEN_OUT and chance.random() < 0.5 else None
    return Day(answers, met, helped, rode)


def review_of(who: str, month: int, months: int) -> dict[str, int | None]:
    """Return the answers to our own review in one of so many months."""
    chance = random.Random(f"{who} review {month}")  # noqa: S311  # a story, not a secret
    way = month / max(months - 1, 1)
    answers: dict[str, int | None] = {}
    for number in range(1, 5):
        answers[f"risk{number}"] = _whole(3.4 - 2 * way + chance.gauss(0, 0.6), 0, 4)
        answers[f"protection{number}"] = _whole(1.2 + 2 * way + chance.gauss(0, 0.6), 0, 4)
    answers["use1"] = _whole(14 - 22 * way + chance.gauss(0, 1.5), 0, 30)
    return answers


def _craving(habits: Habits, index: int, day: date, *, used: bool, chance: random.Random) -> int:
    level = habits.settled + (habits.start - habits.settled) * exp(-index / 70)
    level += 1.8 if day.weekday() in habits.hard_weekdays else 0
    level += 1.5 if habits.payday and day.day in {1, 15} else 0
    level += 4 if used else 0
    return _whole(level + chance.gauss(0, 1.2), 0, 10)


def _when(craving: int, day: date, chance: random.Random) -> str:
    """Say when it was strongest, where there was something to speak of: evenings, and nights at the week's end."""
    if craving < 2:
        return ""
    late = 3 if day.weekday() in {FRIDAY, SATURDAY} else 1
    return chance.choices(["morning", "afternoon", "evening", "night"], weights=[1, 3, 6, late])[0]


def _outcome(odds: float, chance: random.Random) -> str:
    if chance.random() < odds:
        return "a_lot" if chance.random() < 0.5 else "some"
    return "none"


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _whole(value: float, low: int, high: int) -> int:
    return round(_within(value, low, high))
