"""Which strategy comes first: by how often it eased things, held back where little is known.

Plain shares would put what worked once of one time before what worked 11 times of 14. So each share is pulled
toward what is supposed before anything is known (Bayesian shrinkage; the mean of a Beta posterior):

    overall = (eased + PRIOR_EASED) / (said + PRIOR_SAID)
    here    = (eased here + TRIGGER_WEIGHT × overall) / (said here + TRIGGER_WEIGHT)

The prior is “eased 2 of 4”: an even chance, worth four tries. With it 1 of 1 counts 0.60, 3 of 3 counts 0.71, 11 of 14
counts 0.72 and 4 of 4 counts 0.75: it takes four good tries in a row to overtake a well-tried strategy. For one trigger
the same is done once more, with the strategy's own overall share as what is supposed, also worth four tries; so a
strategy that is new to this trigger stands where it stands overall.

One more success never lowers a strategy, and one more try without success never raises it
(tests/plans/test_ordering.py).
The numbers are a choice and not a finding: docs/adr/0020-what-helps-comes-first.md.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

PRIOR_EASED, PRIOR_SAID = 2, 4
TRIGGER_WEIGHT = 4

T = TypeVar("T")


class Tally(NamedTuple):
    """How often something eased, of how many times the person said; 0 ≤ eased ≤ said."""

    eased: int = 0
    said: int = 0


NOTHING_SAID = Tally()


def promise(overall: Tally, here: Tally = NOTHING_SAID) -> float:
    """Return what may be hoped of a strategy, 0 to 1; for one trigger where `here` says how it went with it."""
    supposed = (overall.eased + PRIOR_EASED) / (overall.said + PRIOR_SAID)
    return (here.eased + TRIGGER_WEIGHT * supposed) / (here.said + TRIGGER_WEIGHT)


def most_helpful_first(rows: Iterable[tuple[T, Tally, Tally, bool]]) -> list[T]:
    """Put rows of (what, overall, with this trigger, is it an answer to it) in order; the most promising first.

    Of two with the same promise the person's own answer to the trigger comes first, then the order they came in.
    """
    ranked = sorted(rows, key=lambda row: (-promise(row[1], row[2]), not row[3]))
    return [row[0] for row in ranked]
