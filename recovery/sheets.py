"""A questionnaire as a person fills it in or looks at it: its questions in their order, and the answers so far."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from recovery.instruments import own, scoring
from recovery.instruments.questionnaires import Option, Question, read
from recovery.instruments.recipes import RECIPES
from recovery.instruments.scoring import Item, Recipe
from recovery.models import Instrument


class Line(NamedTuple):
    """One question with what was answered, in words; nothing where the person would rather not."""

    number: int
    question: str
    answer: str


class Sheet:
    """One version of a questionnaire with somebody's answers; pages are numbered from 1."""

    def __init__(self, instrument: Instrument, answers: Mapping[str, int | None] | None = None) -> None:
        self.instrument, self.answers = instrument, dict(answers or {})
        self.recipe: Recipe = RECIPES[instrument.slug]
        self.title = title_of(instrument)
        self._is_ours = instrument.slug == own.SLUG
        kept = read(instrument.questionnaire)
        self.questions = kept.questions
        # Of the words, where it is not the reader's: ours are translated like every page.
        self.language = "" if self._is_ours else kept.language

    def at(self, number: int) -> tuple[Item, Question] | None:
        """Return the question on a page, or None where there is no such page."""
        if not 1 <= number <= len(self.questions):
            return None
        question = self.questions[number - 1]
        return self.recipe.item(question.link_id), self._in_words(question)

    def in_words(self) -> list[Question]:
        """Return every question as the person reads it."""
        return [self._in_words(question) for question in self.questions]

    def after(self, number: int) -> int | None:
        """Return the next page that is to be asked."""
        return next((page for page in range(number + 1, len(self.questions) + 1) if self._is_asked(page)), None)

    def before(self, number: int) -> int | None:
        return next((page for page in range(number - 1, 0, -1) if self._is_asked(page)), None)

    def first_open(self) -> int | None:
        """Return the first page that was neither answered nor passed over."""
        pages = range(1, len(self.questions) + 1)
        return next(
            (page for page in pages if self._is_asked(page) and self.questions[page - 1].link_id not in self.answers),
            None,
        )

    def numbers_of(self, link_ids: Collection[str]) -> list[int]:
        """Return the page numbers of some questions."""
        return [page for page, question in enumerate(self.questions, start=1) if question.link_id in link_ids]

    def lines(self) -> list[Line]:
        return [self._line(page) for page in range(1, len(self.questions) + 1) if self._is_asked(page)]

    def _line(self, page: int) -> Line:
        _item, question = self.at(page) or (None, self.questions[page - 1])
        given = self.answers.get(question.link_id)
        words = {option.value: option.words for option in question.options}
        return Line(page, question.words, "" if given is None else words.get(given, str(given)))

    def _is_asked(self, page: int) -> bool:
        return scoring.is_asked(self.recipe.item(self.questions[page - 1].link_id), self.answers)

    def _in_words(self, question: Question) -> Question:
        """Translate our own words; give a yes or no its two options."""
        options, item = question.options, self.recipe.item(question.link_id)
        if not options and not item.is_days:
            options = (Option(0, _("No")), Option(1, _("Yes")))
        if not self._is_ours:
            return Question(question.link_id, question.words, question.lead, options)
        return Question(
            question.link_id,
            _(question.words),
            _(question.lead),
            tuple(Option(option.value, _(option.words)) for option in options),
        )


def title_of(instrument: Instrument) -> str:
    """Return the title as a person reads it."""
    return _(instrument.title) if instrument.slug == own.SLUG else instrument.title
