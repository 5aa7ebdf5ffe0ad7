"""The directory's fixed words: who something is for, what about, and in which language."""

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


# ISO 639 codes that entries use so far; “mul” stands for many.
LANGUAGES = {
    "ase": _("American Sign Language"),
    "cy": _("Welsh"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "mul": _("many other languages"),
}
# What people call their own language, so that a search for it finds the entry.
OWN_NAMES = {"cy": "Cymraeg", "es": "Español", "fr": "Français", "ase": "ASL"}

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
