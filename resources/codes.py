"""What the codes of meeting feeds mean, in the words that people choose by.

From the public specifications of Meeting Guide (types) and BMLT (world ids of formats). A code means this only within
its own format; beside it the code is kept as it came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

FACETS = {
    "O": "open", "C": "closed", "X": "step_free", "XB": "step_free_toilet", "ASL": "signed", "BA": "childcare",
    "CF": "children", "FF": "no_scent", "OUT": "outdoors", "POA": "proof", "A": "secular", "BE": "newcomers",
    "SP": "speaker", "D": "discussion", "ST": "steps", "B": "literature", "LIT": "literature", "LS": "literature",
    "MED": "meditation",
}  # fmt: skip
AUDIENCE = {
    "W": "women", "Y": "young", "G": "lgbtq", "L": "lgbtq", "BI": "lgbtq", "LGBTQ": "lgbtq", "LGBTQIA": "lgbtq",
    "T": "trans", "NB": "nonbinary", "M": "men", "SEN": "seniors", "POC": "color", "N": "native",
}  # fmt: skip
LANGUAGES = {
    "AF": "af", "AM": "am", "AR": "ar", "BG": "bg", "DA": "da", "DE": "de", "EL": "el", "EN": "en", "FA": "fa",
    "FI": "fi", "FR": "fr", "HE": "he", "HI": "hi", "HR": "hr", "HU": "hu", "IS": "is", "ITA": "it", "JA": "ja",
    "KA": "ka", "KOR": "ko", "LT": "lt", "ML": "ml", "MT": "mt", "NE": "ne", "NL": "nl", "NO": "no", "POL": "pl",
    "POR": "pt", "PUN": "pa", "RUS": "ru", "S": "es", "SK": "sk", "SL": "sl", "SV": "sv", "TH": "th", "TL": "tl",
    "TUR": "tr", "UK": "uk",
}  # fmt: skip
# What nobody needs to know about a meeting that takes place on a screen only.
ONLY_ON_SITE = {"step_free", "step_free_toilet", "childcare", "no_scent", "outdoors"}

# BMLT formats, by world id and by the usual keys of its root servers.
BMLT_FACETS = {
    "OPEN": "open", "O": "open", "CLOSED": "closed", "C": "closed", "WCHR": "step_free", "WC": "step_free",
    "BEG": "newcomers", "B": "newcomers", "SPK": "speaker", "SP": "speaker", "DISC": "discussion", "DI": "discussion",
    "STEP": "steps", "ST": "steps", "BT": "literature", "LIT": "literature", "ME": "meditation",
    "CW": "children", "ASL": "signed", "SL": "signed",
}  # fmt: skip
BMLT_AUDIENCE = {"W": "women", "GL": "lgbtq", "Y": "young", "YP": "young", "M": "men"}
# The keys of the formats that say how a meeting is held.
BMLT_VENUE = {"TC": "closed", "VM": "online", "HY": "hybrid"}

TWELVE_STEP = {"aa", "ca", "cma", "da", "eda", "ga", "ha", "ma", "na", "nica", "oa", "sa", "slaa", "ra"}
FAMILY = {"aca", "al-anon", "alateen", "coda", "families-anonymous", "nar-anon"}


@dataclass
class Meaning:
    facets: list[str] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)


def meaning(codes: Iterable[str], facets: dict[str, str] = FACETS, audience: dict[str, str] = AUDIENCE) -> Meaning:
    """Return what codes mean; unknown ones mean nothing. Open and closed at once is closed (TSML)."""
    found = Meaning()
    for code in codes:
        for table, into in ((facets, found.facets), (audience, found.audience), (LANGUAGES, found.languages)):
            if code in table and table[code] not in into:
                into.append(table[code])
    if "closed" in found.facets and "open" in found.facets:
        found.facets.remove("open")
    return Meaning(sorted(found.facets), sorted(found.audience), sorted(found.languages))


def sub_kind(program: str) -> str:
    """Return which kind of meeting a program is: no program is taken for another."""
    return "twelve_step" if program in TWELVE_STEP else "family" if program in FAMILY else "other_path"


_NAMES = {
    "english": "en", "spanish": "es", "español": "es", "french": "fr", "français": "fr", "german": "de",
    "hindi": "hi", "italian": "it", "polish": "pl", "portuguese": "pt", "russian": "ru", "arabic": "ar",
    "japanese": "ja", "korean": "ko", "chinese": "zh", "vietnamese": "vi", "welsh": "cy", "persian": "fa",
    "farsi": "fa", "punjabi": "pa", "dutch": "nl", "swedish": "sv", "tagalog": "tl", "asl": "ase",
    "american sign language": "ase",
}  # fmt: skip


def language(word: str) -> str:
    """Return the code of a language by its name or by its code, or nothing."""
    said = word.strip().lower()
    return said if said in {*LANGUAGES.values(), "zh", "vi", "cy", "ase", "mul"} else _NAMES.get(said, "")
