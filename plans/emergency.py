"""The numbers that must be there whatever else is broken: constants, so that no database and no curator stands between.

Sources: 911 and 988 in the US (988lifeline.org) and Canada (988.ca); 999 and 116 123 in Great Britain and 112/999 and
116 123 in Ireland (samaritans.org); 000 and 13 11 14 in Australia (lifeline.org.au); 111 and 1737 in New Zealand
(1737.org.nz). 112 is the emergency number of every country of the EU and the EEA and of Switzerland, and mobile phones
take it far beyond. Each is dialled again before a release.
"""

from typing import NamedTuple

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Line(NamedTuple):
    """Somebody who answers at any hour."""

    name: Words
    number: str  # as dialled
    shown: str
    about: Words
    texts: bool = False  # the same number takes text messages
    chat: str = ""  # the address of its own chat, where there is one


class Numbers(NamedTuple):
    """What to call in one country: `ambulance` first, then who listens."""

    country: str
    name: Words
    ambulance: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def no_line(self) -> str:
        """Why nobody who listens stands here; empty where somebody does."""
        if self.lines:
            return ""
        said = _now("We have no listening line for %(country)s here.") % {"country": self.name}
        if len(self.ambulance) == 1:
            return said
        return f"{said} {_now('112 and 911 are the numbers that most phones accept; your local one may be another.')}"


_ANY_HOUR = _("Free, any hour")
_988 = Line("988", "988", "988", _("Free counselor, any hour"), texts=True)
_SAMARITANS = Line("Samaritans", "116123", "116 123", _ANY_HOUR)

COUNTRIES = {
    numbers.country: numbers
    for numbers in (
        Numbers("US", _("United States"), ("911",), (_988._replace(chat="https://988lifeline.org/chat/"),)),
        Numbers("CA", _("Canada"), ("911",), (_988,)),
        Numbers(
            "GB",
            _("United Kingdom"),
            ("999",),
            (_SAMARITANS, Line("NHS 111", "111", "111", _("Health advice, any hour"))),
        ),
        Numbers("IE", _("Ireland"), ("112", "999"), (_SAMARITANS,)),
        Numbers("AU", _("Australia"), ("000",), (Line("Lifeline", "131114", "13 11 14", _("Any hour")),)),
        Numbers(
            "NZ", _("New Zealand"), ("111",), (Line("1737", "1737", "1737", _("Free counselor, any hour"), texts=True),)
        ),
    )
}
# Where nobody has said: a phone on a mobile network takes either of the two nearly everywhere.
UNKNOWN = Numbers("", _("Somewhere else"), ("911", "112"), (_988._replace(about=_("US and Canada, any hour")),))


# The EU, Iceland, Liechtenstein, Norway and Switzerland: 112 is answered everywhere there.
ONE_ONE_TWO = frozenset({
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip


def numbers_for(country: str) -> Numbers:
    """Return the numbers of a country (ISO 3166 alpha-2), or, where none is said, what is right nearly everywhere.

    Where we know a country and no line in it, there is none: a line of another country cannot be reached from there.
    """
    if country in COUNTRIES:
        return COUNTRIES[country]
    name = Locale.parse((get_language() or "en").split("-")[0]).territories.get(country) if len(country) == 2 else None
    if name is None or not country.isalpha() or country == "ZZ":
        return UNKNOWN
    return Numbers(country, name, ("112",) if country in ONE_ONE_TWO else ("112", "911"), ())
