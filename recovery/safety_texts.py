"""What the safety pages say: sentences with their sources, kept in code so that they are there whatever else is broken.

A text's version is made from its words, so a signed review holds for exactly what was read and lapses with any change.
Sources marked (S…) were read for this product; “general knowledge” was not looked up and asks most of a reviewer.
"""

import hashlib
from collections.abc import Collection
from typing import NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class SafetyWords(NamedTuple):
    """One text: a heading, its lines in the order to read them, and where they come from."""

    slug: str
    title: Words
    lines: tuple[Words, ...]
    source: str

    @property
    def version(self) -> str:
        """Twelve letters made from the English words and the source."""
        with translation.override(None):
            whole = "\n".join([str(self.title), *map(str, self.lines), self.source])
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


OVERDOSE = SafetyWords(
    "overdose",
    _("Is anyone hard to wake, or breathing slowly?"),
    (
        _("Can't wake up, slow or no breathing, gurgling, blue or grey lips: call now. Say where you are."),
        _("Try to wake them: say their name loudly, rub your knuckles on their breastbone."),
        _("Give naloxone if there is any. If they still don't breathe after 2 to 3 minutes, give a second dose."),
        _(
            "Not breathing: tilt the head back and give one breath every 5 seconds, or do what the person on the "
            "phone says."
        ),
        _("Breathing but not awake: roll them onto their side."),
        _("Stay until help comes. No cold shower, no hitting, and don't make them throw up."),
    ),
    "Signs and response: ASAM patient guide on opioid use disorder, 2025, p. 19 (S74). Second dose: Kane County and "
    "Watauga health pages (S75). What not to do: relink.org after SAMHSA (S76). Rescue breaths: general knowledge.",
)
OPIOIDS = SafetyWords(
    "opioids",
    _("If opioids may be in it"),
    (
        _(
            "After a break, even of a few days, your body handles much less. The amount you used to take could stop "
            "your breathing."
        ),
        _(
            "If you might use again, don't be alone, and don't mix it with alcohol or sleeping pills. No amount is "
            "sure to be safe."
        ),
        _("Keep naloxone where someone else can reach it, and tell them where it is."),
        _(
            "On buprenorphine, methadone or naltrexone, or were you? Going back to it protects you. Ask your clinician "
            "before the next dose if you missed any."
        ),
    ),
    "Risk after a break: overdose about 5 times as likely in the month after leaving treatment without medication "
    "(S71); tolerance falls in days (S72); even a small dose may not be safe (S73). Going back to medication: general "
    "knowledge.",
)
STIMULANTS = SafetyWords(
    "stimulants",
    _("If it was cocaine, meth or another stimulant"),
    (
        _(
            "Call the emergency number for chest pain, a seizure, a very bad headache, skin that is hot and dry, "
            "confusion, or weakness on one side."
        ),
        _(
            "Move away from heat, noise and crowds. Sit down, cool the skin with wet cloths, and take small sips of "
            "water."
        ),
        _(
            "There can be fentanyl in it. If somebody won't wake up, give naloxone: it does no harm if it was "
            "something else."
        ),
        _(
            "Don't take more to come down softly, and don't take something else against it. Eat, and sleep when you "
            "can."
        ),
    ),
    "Signs and first steps: towardtheheart.com (BC Centre for Disease Control), stimulant overdose awareness; National "
    "Harm Reduction Coalition, responding to stimulant overamping. Naloxone does no harm: the same. Last line: general "
    "knowledge.",
)
SUPPLY = SafetyWords(
    "supply",
    _("If it was a pill or powder not from a pharmacy"),
    (
        _("Count it as fentanyl, whatever it was sold as. You can't see, smell or taste it, and a pill can look real."),
        _("Don't be alone for the next hours. Let somebody look in on you, and have naloxone where they can reach it."),
        _("Pills sold for sleep or nerves can hold things that naloxone doesn't lift. Call all the same, and stay."),
    ),
    "Fentanyl in counterfeit pills and other supply: odfreemarin.org after CDC and DEA; US Drug Enforcement "
    "Administration, One Pill Can Kill. Other sedatives in it: general knowledge.",
)
WITHDRAWAL = SafetyWords(
    "withdrawal",
    _("If it was alcohol, benzodiazepines or GHB"),
    (
        _(
            "After daily use, don't stop suddenly: it can cause seizures and be deadly. Speak to a clinician first. "
            "It can be made safe."
        ),
        _(
            "Shaking, sweating and feeling sick can start 6 to 8 hours after the last drink. Seizures come within two "
            "days, severe confusion on the second or third."
        ),
        _(
            "Call the emergency number for a seizure, seeing or hearing things, confusion, high fever, strong shaking, "
            "chest pain, fainting, or if no fluids stay down."
        ),
        _(
            "Somebody who had a lot and is very sleepy: lay them on their side and stay. Mixed with opioids it is "
            "stronger."
        ),
    ),
    "Course of alcohol withdrawal: BJGP table (S78). Danger signs and stopping benzodiazepines: clinical brief 3.3 "
    "after S78. Recovery position and mixing: ASAM patient guide 2025 (S74); general knowledge.",
)
STOP_FIRST = SafetyWords(
    "stop-first",
    _("Some things are dangerous to stop suddenly."),
    (
        _(
            "Stopping alcohol or benzodiazepines quickly can cause seizures and death. If you use them every day, "
            "please talk to a clinician first. It can be made safe."
        ),
    ),
    "Withdrawal gate: clinical brief 3.3 after the BJGP table (S78); benzodiazepines: general knowledge.",
)
# True of daily use, use in the morning, or a seizure before; not of every reason to see a clinician first.
GOING_ON = _("Going on as you are until you have talked to them is safer than stopping alone.")
STOP_TOLD = SafetyWords(
    "stop-told",
    _("Don't stop suddenly. See a clinician first"),
    (
        _(
            "Stopping alcohol, benzodiazepines or GHB quickly can cause seizures and death. A doctor, a clinic or an "
            "emergency room can make it safe. Talk to one of them before you change anything."
        ),
        GOING_ON,
        _(
            "After the last drink, shaking, sweating and feeling sick can start within 6 to 8 hours, seizures within "
            "two days, and severe confusion on the second or third. Benzodiazepines are stopped over weeks or months, "
            "with whoever prescribes them."
        ),
        _("We never give doses or a schedule for coming off anything."),
    ),
    "Course of alcohol withdrawal: BJGP table (S78). Stopping benzodiazepines and GHB: clinical brief 3.3, general "
    "knowledge.",
)
STOP_DANGER = SafetyWords(
    "stop-danger",
    _("An emergency, now"),
    (
        _("a seizure, or fainting"),
        _("seeing or hearing things that others do not, or confusion"),
        _("high fever, severe shaking, or chest pain"),
        _("no fluids staying down"),
    ),
    "Danger signs in withdrawal: clinical brief 3.3 after the BJGP table (S78).",
)
STOP_OPIOIDS = SafetyWords(
    "stop-opioids",
    _("If it is opioids"),
    (
        _(
            "Coming off them is hard, and medication makes it much easier: methadone or buprenorphine, with a "
            "clinician. Throwing up for hours can dry you out: get help if nothing stays down."
        ),
        _(
            "After a few days your body handles much less. The amount you used to take could then stop your breathing, "
            "so keep naloxone near."
        ),
        _(
            "Already on methadone or buprenorphine? That is recovery, and there is no day by which it has to end. Any "
            "change is made with whoever prescribes it."
        ),
    ),
    "No recommended time limit for medication: ASAM 2020 (S1); deaths in and out of treatment (S2, S3). Loss of "
    "tolerance (S72, S73). Relief by medication and fluids: general knowledge.",
)
STOP_PREGNANT = SafetyWords(
    "stop-pregnant",
    _("If you are pregnant"),
    (
        _(
            "Do not stop opioids, methadone or buprenorphine suddenly either. Your clinician can keep you and the baby "
            "safe, and both medications go on through pregnancy, birth and breastfeeding."
        ),
        _("In some places health workers must report use in pregnancy. You may ask what they report before you tell."),
    ),
    "Not stopping abruptly, and going on with medication: New York guideline NBK572854 (S79); ACOG 711 with ASAM "
    "(S80). Reporting duties: general knowledge.",
)
LEAVING = SafetyWords(
    "leaving-care",
    _("Afterwards your body handles much less"),
    (
        _(
            "After detox, a stay, time locked up, or coming off medication, the amount you used to take could stop "
            "your breathing. The first month is the most dangerous."
        ),
        _(
            "If you might use, don't be alone, and don't mix it with alcohol or sleeping pills. No amount is sure to "
            "be safe."
        ),
        _("Have naloxone where someone else can reach it, and tell them where it is."),
        _(
            "Medication protects: on methadone or buprenorphine, far fewer people die. You can ask for it before you "
            "leave, or at your first appointment."
        ),
        _("Somebody can't be woken, or breathes slowly: call the emergency number, give naloxone, and stay."),
    ),
    "Overdose in the month after treatment: about 5 times as likely without medication, twice with it (S71). Tolerance "
    "falls in days (S72); even a small dose may not be safe (S73). Deaths in and out of medication treatment (S2, S3). "
    "Signs and response: ASAM patient guide 2025 (S74). Time locked up: general knowledge.",
)
SUICIDE = SafetyWords(
    "suicide",
    _("That sounds heavy"),
    (
        _("You matter, and you don't have to carry this alone. Somebody can listen now."),
        _("If you might act on it now, or already have"),
        _("Are you thinking about ending your life now, or do you have a plan for it?"),
        _("Please don't stay alone with this"),
        _(
            "Call now. Put distance between you and anything you could hurt yourself with, and ask somebody to come "
            "and stay with you."
        ),
        _("Thank you for saying so"),
        _(
            "These numbers stay here all the same, for today or another night. It can help to tell one person how "
            "heavy it has been."
        ),
    ),
    "Screen, question and what follows: clinical brief 3.2. Asking does not plant the idea: abc57 on Lifeline guidance "
    "(S77). Opens at any answer above 0: attempts and deaths by the ninth answer (S29); 0 is never safe (S30).",
)

FIRST = OVERDOSE
# In the order in which they are read, whichever of them apply.
CARDS = (OPIOIDS, STIMULANTS, SUPPLY, WITHDRAWAL)
# Before stopping: asked first, then told.
STOPPING = (STOP_FIRST, STOP_TOLD, STOP_DANGER, STOP_OPIOIDS, STOP_PREGNANT)
TEXTS = {text.slug: text for text in (FIRST, *CARDS, *STOPPING, LEAVING, SUICIDE)}

# Which cards belong to what somebody says it was. Pills and street supply count as possible fentanyl, so nearly
# everything that is not from a shop brings the opioid card; a word of the person's own could be anything.
_BY_SUBSTANCE = {
    "opioids": {"opioids", "supply"},
    "stimulants": {"opioids", "stimulants", "supply"},
    "pills": {"opioids", "supply", "withdrawal"},
    "benzodiazepines": {"opioids", "supply", "withdrawal"},
    "ghb": {"opioids", "supply", "withdrawal"},
    "cannabis": {"opioids", "supply"},
    "alcohol": {"withdrawal"},
    "tobacco": set[str](),
}
_ALL = {text.slug for text in CARDS}


class Screen(NamedTuple):
    """The screen about ending one's life: its heading and sentence, what stands by the ambulance, and the question."""

    heading: Words
    said: Words
    by_the_ambulance: Words
    question: Words
    urgent: bool


def suicide_screen(answer: str = "") -> Screen:
    """Return the words for an answer to the question: yes, unsure or no; empty before it."""
    said, ambulance, question, alone, call_now, thanks, later = SUICIDE.lines
    urgent = answer in ("yes", "unsure")
    heading, said = (alone, call_now) if urgent else (thanks, later) if answer == "no" else (SUICIDE.title, said)
    return Screen(heading, said, ambulance, question, urgent)


class Shown(NamedTuple):
    """The cards that apply, open, and the rest, folded away but there."""

    open: tuple[SafetyWords, ...]
    folded: tuple[SafetyWords, ...]


def cards_for(substances: Collection[str]) -> Shown:
    """Sort the cards by what somebody said it was (codes or own words); all are open where nothing was said."""
    wanted = set().union(*(_BY_SUBSTANCE.get(each, _ALL) for each in substances)) if substances else _ALL
    return Shown(
        tuple(text for text in CARDS if text.slug in wanted), tuple(text for text in CARDS if text.slug not in wanted)
    )
