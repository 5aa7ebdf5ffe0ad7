"""How words are made comparable: case, accents and punctuation fall away, the same on every database."""

import re
import unicodedata

# More words than this narrow nothing further, and a longer line is no search.
MOST_WORDS = 8
LONGEST_SEARCH = 200
# What is longer is no word; an index of a database holds no such thing.
LONGEST_WORD = 60

_QUIET = re.compile(r"['’‘`´]")
_GAPS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the words of a text in lower case without accents, one space between them."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    # Folding case can bring accents back (“İ”), so what it leaves is taken apart once more.
    bare = "".join(c for c in unicodedata.normalize("NFKD", bare.casefold()) if not unicodedata.combining(c))
    return " ".join(_GAPS.sub(" ", _QUIET.sub("", bare)).split())


def search_words(text: str) -> list[str]:
    """Return the folded words that somebody searches for, each once, in their order."""
    return list(dict.fromkeys(fold(text[:LONGEST_SEARCH]).split()))[:MOST_WORDS]


def digits(text: str) -> str:
    """Return only the digits 0–9 of a text."""
    return "".join(c for c in text if c in "0123456789")
