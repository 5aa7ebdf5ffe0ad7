"""The directory's fixed words: who something is for, what about, how, and in which language."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    ANYONE = "anyone", _("anyone")
    FAMILY = "family", _("family and friends")
    PARENTS = "parents", _("parents and caregivers")
    TEENS = "teens", _("teenagers")
    YOUNG = "young", _("young people")
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    SENIORS = "seniors", _("older people")
    COLOR = "color", _("people of color")
    NONBINARY = "nonbinary", _("nonbinary people")
    LGBTQ = "lgbtq", _("LGBTQ+ people")
    TRANS = "trans", _("trans people and people who are questioning")
    VETERANS = "veterans", _("veterans, people who serve, and those close to them")
    NATIVE = "native", _("Native American and Alaska Native people")
    SPANISH = "spanish", _("people who speak Spanish")
    PREGNANCY = "pregnancy", _("people who are pregnant, breastfeeding or new parents")
    SURVIVORS = "survivors", _("people who have been hurt sexually")
    PARTNERS = "partners", _("people hurt or controlled by a partner")
    DISASTER = "disaster", _("people hit by a disaster")
    ALONE = "alone", _("people who may use while alone")
    MIND = "mind", _("people who also live with a mental health condition")
    GRIEF = "grief", _("people who are grieving")
    CHRISTIAN = "christian", _("people who want a Christian program")
    ONTARIO = "ontario", _("people in Ontario")
    WALES = "wales", _("people in Wales")


class About(models.TextChoices):
    ANY = "any", _("any substance")
    ALCOHOL = "alcohol", _("alcohol")
    CANNABIS = "cannabis", _("cannabis")
    COCAINE = "cocaine", _("cocaine")
    MEDICINES = "medicines", _("prescription medicines")
    METH = "meth", _("methamphetamine")
    OPIOIDS = "opioids", _("opioids")
    TOBACCO = "tobacco", _("tobacco and vaping")


class Facet(models.TextChoices):
    """What people choose by, whatever a feed calls it."""

    OPEN = "open", _("Open to everyone")
    CLOSED = "closed", _("For people with a wish to stop")
    STEP_FREE = "step_free", _("Step-free")
    STEP_FREE_TOILET = "step_free_toilet", _("Accessible bathroom")
    SIGNED = "signed", _("Sign language")
    CHILDCARE = "childcare", _("Child care")
    CHILDREN = "children", _("Children are welcome")
    NO_SCENT = "no_scent", _("Fragrance free")
    OUTDOORS = "outdoors", _("Outdoors")
    PROOF = "proof", _("Signs proof of attendance")
    SECULAR = "secular", _("Secular")
    NEWCOMERS = "newcomers", _("For newcomers")
    SPEAKER = "speaker", _("Speaker")
    DISCUSSION = "discussion", _("Discussion")
    STEPS = "steps", _("Step study")
    LITERATURE = "literature", _("Reading together")
    MEDITATION = "meditation", _("Meditation")
    DETOX = "detox", _("Withdrawal care")
    INPATIENT = "inpatient", _("In hospital")
    RESIDENTIAL = "residential", _("Live-in treatment")
    DAY = "day", _("Day program")
    INTENSIVE = "intensive", _("Intensive outpatient")
    OUTPATIENT = "outpatient", _("Outpatient")
    OPIOID_PROGRAM = "opioid_program", _("Opioid treatment program")
    METHADONE = "methadone", _("Methadone")
    BUPRENORPHINE = "buprenorphine", _("Buprenorphine")
    NALTREXONE = "naltrexone", _("Naltrexone")
    HOUSING = "housing", _("Recovery housing")
    TELEHEALTH = "telehealth", _("By video or phone")
    MEDICAID = "medicaid", _("Takes Medicaid")
    MEDICARE = "medicare", _("Takes Medicare")
    MILITARY = "military", _("Takes military insurance")
    INSURANCE = "insurance", _("Takes private insurance")
    SELF_PAY = "self_pay", _("Pay yourself")
    SLIDING = "sliding", _("Fee by income")
    ASSISTANCE = "assistance", _("Help with payment")


# Levels of care and ways to pay, in the order in which pages offer them.
CARE = [
    *(Facet.DETOX, Facet.INPATIENT, Facet.RESIDENTIAL, Facet.DAY, Facet.INTENSIVE, Facet.OUTPATIENT),
    *(Facet.OPIOID_PROGRAM, Facet.HOUSING, Facet.TELEHEALTH),
]
PAYMENT = [
    *(Facet.MEDICAID, Facet.MEDICARE, Facet.MILITARY, Facet.INSURANCE),
    *(Facet.SELF_PAY, Facet.SLIDING, Facet.ASSISTANCE),
]
ACCESSIBLE = [Facet.STEP_FREE, Facet.STEP_FREE_TOILET, Facet.SIGNED, Facet.CHILDCARE, Facet.NO_SCENT]

# ISO 639 codes; “mul” stands for many.
LANGUAGES = {
    "af": _("Afrikaans"),
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "ase": _("American Sign Language"),
    "bg": _("Bulgarian"),
    "cy": _("Welsh"),
    "da": _("Danish"),
    "de": _("German"),
    "el": _("Greek"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hr": _("Croatian"),
    "hu": _("Hungarian"),
    "is": _("Icelandic"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ka": _("Georgian"),
    "ko": _("Korean"),
    "lt": _("Lithuanian"),
    "ml": _("Malayalam"),
    "mt": _("Maltese"),
    "mul": _("many other languages"),
    "ne": _("Nepali"),
    "nl": _("Dutch"),
    "no": _("Norwegian"),
    "pa": _("Punjabi"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "sk": _("Slovak"),
    "sl": _("Slovenian"),
    "sv": _("Swedish"),
    "th": _("Thai"),
    "tl": _("Tagalog"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
}
# What people call their own language, so that a search for it finds the entry.
OWN_NAMES = {
    "ase": "ASL",
    "cy": "Cymraeg",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "uk": "Українська",
}

COUNTRIES = {
    "AU": _("Australia"),
    "CA": _("Canada"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "NZ": _("New Zealand"),
    "US": _("United States"),
}


def _each_in(values: object, known: object, sentence: str) -> None:
    if not isinstance(values, list) or not all(isinstance(v, str) and v in known for v in values):  # type: ignore[operator]  # a container
        raise ValidationError(sentence)


def check_audience(values: object) -> None:
    _each_in(values, set(Audience.values), str(_("Choose from the list of audiences.")))


def check_about(values: object) -> None:
    _each_in(values, set(About.values), str(_("Choose from the list of substances.")))


def check_languages(values: object) -> None:
    _each_in(values, LANGUAGES, str(_("Choose from the list of languages.")))


def check_facets(values: object) -> None:
    _each_in(values, set(Facet.values), str(_("Choose from the list of choices.")))


_CODE = re.compile(r"[a-z0-9-]{1,40}:[^\s,]{1,40}")


def check_codes(values: object) -> None:
    """A code means something only beside the program that uses it: `SL` is a language here and signing there."""
    if not isinstance(values, list) or not all(isinstance(v, str) and _CODE.fullmatch(v) for v in values):
        raise ValidationError(_("Write each code as program:code."))


def check_country(value: str) -> None:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValidationError(_("Write the country as two capital letters, such as US."))
