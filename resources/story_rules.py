"""What a story leaves out, as far as a machine can see it, and what its author agrees to. Pure: no database, no clock.

Source of the rules: clinical.md, section 5, “Stories”: no amounts, no methods, no before and after, no brand names of
drugs; medication is a path like any other. What no pattern finds is for the curators who read every story.
"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RULES: tuple[Promise, ...] = (
    gettext_lazy("No amounts: not how much, how strong or what it cost."),
    gettext_lazy("No methods: not how something was taken, got or hidden."),
    gettext_lazy("No before and after: no weights, photos or numbers to compare."),
    gettext_lazy("No brand names of drugs or medicines. “Buprenorphine” or “my medication” is fine."),
    gettext_lazy("Nobody who could be recognized: no full names, places of work, phone numbers or links."),
    gettext_lazy("Your way, not advice. Medication is a path like any other, and so is doing without."),
)

# Raised with every change of the sentences: a consent is to what was read.
CONSENT_VERSION = "1"
CONSENT: tuple[Promise, ...] = (
    gettext_lazy("People who are signed in here may read my story, under the name I chose. They don't see my account."),
    gettext_lazy("Curators read it first. They may say no, and they never change my words."),
    gettext_lazy(
        "I can take it back at any time. Its words are deleted at once; what a reader copied is out of our hands."
    ),
    gettext_lazy("If I delete my account, my story is taken down and deleted with it."),
)

# Brand names, in small letters; the general names are welcome.
BRANDS = re.findall(
    r"\S+",
    """
    suboxone subutex zubsolv sublocade brixadi buvidal bunavail methadose dolophine vivitrol revia antabuse
    campral lucemyra narcan kloxxado oxycontin percocet vicodin norco lortab dilaudid opana demerol duragesic
    xanax valium klonopin ativan librium ambien lunesta adderall ritalin vyvanse concerta neurontin lyrica
    chantix champix zyban nicorette
    """,
)
_UNITS = "mg|mcg|µg|ml|cl|oz|ounces?|grams?|pills?|tablets?|beers?|drinks?|shots?|bottles?|pints?|cigarettes?|joints?"
_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
AMOUNT = re.compile(rf"\b(?:\d+(?:[.,]\d+)?|{_WORDS})[\s-]*(?:{_UNITS})\b|\b\d+(?:[.,]\d+)?\s?g\b", re.IGNORECASE)
BRAND = re.compile(rf"\b(?:{'|'.join(BRANDS)})\b", re.IGNORECASE)
# Two years with a dash between them are no telephone number.
YEARS = r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b"
CONTACT = re.compile(
    rf"[^\s@]{{1,64}}@[^\s@]{{1,64}}\.\w|https?://\S+|\bwww\.\S+|(?<!\d)(?!{YEARS})(?:\+?\d[\s().-]*){{7,}}(?!\d)"
)


def against_rules(text: str) -> list[str]:
    """Return a sentence for each rule that a text breaks in a way that can be seen, with the words it is about."""
    sentences = (
        (AMOUNT, _("Leave out amounts, such as “%(words)s”.")),
        (BRAND, _("Say it without the brand name “%(words)s”: “my medication” or the general name is fine.")),
        (CONTACT, _("Leave out numbers to call, addresses and links, such as “%(words)s”.")),
    )
    found = ((pattern.search(text), sentence) for pattern, sentence in sentences)
    return [sentence % {"words": match[0].strip()} for match, sentence in found if match]


def consent_text() -> str:
    """Return what the author agrees to, in the language in which they read it."""
    return "\n".join(str(sentence) for sentence in CONSENT)
