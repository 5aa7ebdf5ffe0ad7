"""What a coping tool is made of: ways to do it, steps with their seconds, cautions, where it comes from."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Words = str | Promise


class Group(StrEnum):
    URGE = "urge"
    CALM = "calm"
    THINK = "think"

    @property
    def heading(self) -> Words:
        return {
            Group.URGE: _("When the pull is strong"),
            Group.CALM: _("To calm the body"),
            Group.THINK: _("To think it through"),
        }[self]


class Move(StrEnum):
    """What the light does during a phase."""

    STILL = ""
    IN = "in"
    OUT = "out"
    # A second, short breath on top of the first: the light grows from nearly full to full.
    TOP = "top"


@dataclass(frozen=True)
class Phase:
    word: Words
    seconds: int
    move: Move = Move.STILL

    @property
    def minutes(self) -> int:
        return self.seconds // 60


@dataclass(frozen=True)
class Step:
    """One thing to do, for so many rounds of its phases."""

    text: Words
    phases: tuple[Phase, ...]
    rounds: int = 1
    asks: bool = False  # waits for the person before it begins

    @property
    def seconds(self) -> int:
        return self.rounds * sum(phase.seconds for phase in self.phases)


@dataclass(frozen=True)
class Way:
    """One way to do a tool: a length, a pattern, or what the moment asks for."""

    slug: str
    name: Words
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> int:
        return sum(step.seconds for step in self.steps)

    @property
    def minutes(self) -> int:
        """About how long it takes, 1 minute at least."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True)
class Tool:
    """One exercise. With ways it is timed on its own page; else `page` or `leads_to` says where the work is done."""

    slug: str
    title: Words
    about: Words
    group: Group
    icon: str
    evidence: Words
    source: str
    written_on: date
    ways: tuple[Way, ...] = ()
    cautions: tuple[Words, ...] = ()
    page: str = ""  # the URL name of the page that takes its place
    leads_to: str = ""  # the URL name of where its own page leads
    length: Words = ""  # in place of minutes
    is_open: bool = False  # works without an account
    extra: tuple[Words, ...] = ()  # further sentences, for a tool that is timed elsewhere

    @property
    def minutes(self) -> tuple[int, ...]:
        """The lengths to choose from, shortest first."""
        return tuple(sorted({way.minutes for way in self.ways}))

    @property
    def breathes(self) -> bool:
        """Whether the light grows and shrinks in it."""
        return any(phase.move for way in self.ways for step in way.steps for phase in step.phases)

    def sentences(self) -> list[str]:
        """Return every sentence that a person reads, with the seconds beside the steps, in the language they are in."""
        timed = [
            f"{step.text} | {' '.join(f'{phase.word} {phase.seconds}' for phase in step.phases)} | {step.rounds}"
            for way in self.ways
            for step in way.steps
        ]
        words = (self.title, self.about, *self.extra, *self.cautions, self.evidence, self.source)
        return [*map(str, words), *(str(way.name) for way in self.ways), *timed]

    def fingerprint(self) -> str:
        """Return what a reviewer's signature is about: any other text, source or timing has another one."""
        with override("en"):
            return hashlib.sha256(json.dumps(self.sentences()).encode()).hexdigest()[:16]


def step(text: Words, seconds: int) -> Step:
    """Return something to do for a while."""
    return Step(text, (Phase("", seconds),))


WRITTEN_ON = date(2026, 11, 22)
