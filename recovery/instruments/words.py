"""What a score is called and what may be said of it: never a diagnosis, always with where the number comes from."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recovery.instruments.scoring import Recipe, Result, Scale, span

# What each one asks about, before it is opened.
ABOUT: dict[str, str | Promise] = {
    "own-review": gettext_lazy(
        "9 short questions about the last 30 days: what is hard, what carries you, what was used."
    ),
    "bam-r": gettext_lazy("About the last 30 days: health, sleep, use, cravings, people, work. Once a month."),
    "phq-2": gettext_lazy("2 questions about mood in the last 2 weeks."),
    "phq-9": gettext_lazy("9 questions about mood in the last 2 weeks. One is about thoughts of hurting yourself."),
    "gad-7": gettext_lazy("7 questions about worry in the last 2 weeks."),
    "audit-c": gettext_lazy("3 questions about drinking."),
    "barc-10": gettext_lazy("10 statements about what your recovery stands on. Every 3 months or so."),
    "pacs": gettext_lazy("5 questions about the wish to drink in the last week."),
}
SCALES: dict[str, str | Promise] = {
    "total": gettext_lazy("Score"),
    "use": gettext_lazy("Use"),
    "risk": gettext_lazy("What makes it harder"),
    "protective": gettext_lazy("What carries you"),
    "protection": gettext_lazy("What carries you"),
}
BANDS: dict[str, str | Promise] = {
    "none": gettext_lazy("none"),
    "none-minimal": gettext_lazy("none to minimal"),
    "minimal": gettext_lazy("minimal"),
    "low": gettext_lazy("low"),
    "mild": gettext_lazy("mild"),
    "moderate": gettext_lazy("moderate"),
    "moderately severe": gettext_lazy("moderately severe"),
    "substantial": gettext_lazy("substantial"),
    "severe": gettext_lazy("severe"),
}


def scale_name(scale: Scale) -> str:
    return str(SCALES[scale.name])


def band_name(band: str) -> str:
    return str(BANDS.get(band, ""))


def meaning(recipe: Recipe, result: Result) -> list[str]:
    """Return the sentences that may stand beside a score, each with what it rests on; none where a score is missing."""
    if None in result.scores.values():
        return []
    if result.band:
        return [_in_band(recipe, result.band)]
    return {
        "phq-2": _of_phq_2,
        "audit-c": _of_audit_c,
        "barc-10": _of_barc_10,
        "pacs": _of_pacs,
    }.get(recipe.slug, _of_own_kind)(result.marks)


def _in_band(recipe: Recipe, band: str) -> str:
    starts = [lowest for lowest, _name in recipe.bands]
    place = [name for _lowest, name in recipe.bands].index(band)
    last = starts[place + 1] - 1 if place + 1 < len(starts) else span(recipe, recipe.scales[0])[1]
    words = {"first": starts[place], "last": last, "band": band_name(band)}
    return (
        _("Scores from %(first)s to %(last)s are often called “%(band)s”. Only a talk can say what is behind it.")
        % words
    )


def _of_phq_2(marks: Collection[str]) -> list[str]:
    if "positive" in marks:
        return [_("From 3 on, a longer look is worth it. Talk with a doctor or counselor about how you have been.")]
    return [
        _("From 3 on, a longer look is worth it; yours is below. If days feel heavy all the same, do tell somebody.")
    ]


def _of_audit_c(marks: Collection[str]) -> list[str]:
    if "item1_only" in marks:
        return [_("All of it comes from how often you drink, so amounts may be small. A doctor can tell more.")]
    if "positive_female" in marks:
        return [_("From 3 on (4 for men), a talk with a doctor or counselor about drinking is worth it.")]
    return [_("Below 3, where a talk about drinking is usually advised.")]


def _of_barc_10(marks: Collection[str]) -> list[str]:
    study = _("In one study, 47 and more went with staying in remission for over a year.")
    return [study, _("It is no forecast for one person.")]


def _of_pacs(marks: Collection[str]) -> list[str]:
    if "flag_ge15" in marks:
        return [_("In one study, 15 and more went with drinking again more often. A good time to lean on your plan.")]
    return [_("Below 15, which one study used as its mark. It is no forecast for one person.")]


def _of_own_kind(marks: Collection[str]) -> list[str]:
    return [_("There is no mark to reach. Read it beside your own earlier ones.")]


def about(slug: str) -> str:
    return str(ABOUT.get(slug, ""))
