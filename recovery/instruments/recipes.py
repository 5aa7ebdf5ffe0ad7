"""The recipes: how many questions, what each takes, what adds up to what, and where the cut-offs lie.

Facts only. The sentences of a questionnaire belong to those who wrote it; an operator loads them from a file. Sources
are named at each recipe; more, with the licences, stands in docs/measures.md.
"""

from recovery.instruments.scoring import Item, Mark, Part, Recipe, Scale

# BAM-R: the five options of a question weigh like a number of days (VA VistA routine YTSBAMR).
LIKE_DAYS = (0, 8, 15, 22, 30)
TURNED_DAYS = tuple(reversed(LIKE_DAYS))
# The other form of the BAM: none, 1–3, 4–8, 9–15, 16–30 days.
DAYS_IN_STEPS = tuple(sum(day > most for most in (0, 3, 8, 15)) for day in range(31))


def _choices(count: int, high: int, *, low: int = 0) -> tuple[Item, ...]:
    return tuple(Item(str(number), low, high) for number in range(1, count + 1))


def _total(*link_ids: str) -> tuple[Scale, ...]:
    return (Scale("total", tuple(Part(link_id) for link_id in link_ids)),)


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def _days(link_id: str, *, only_after: str = "", at_most: str = "") -> Item:
    return Item(link_id, 0, 30, is_days=True, only_after=only_after, at_most=at_most)


# Kroenke, Spitzer, Williams 2003: positive from 3 on.
PHQ_2 = Recipe(
    slug="phq-2",
    items=_choices(2, 3),
    scales=_total("1", "2"),
    marks=(Mark("positive", 3),),
    every_days=7,
    opens="phq-9",
    opens_at="positive",
)

# Kroenke, Spitzer, Williams 2001: bands at 5, 10, 15, 20. The tenth question carries no points.
PHQ_9 = Recipe(
    slug="phq-9",
    items=(*_choices(9, 3), Item("10", 0, 3, may_be_absent=True)),
    scales=_total(*_numbers(9)),
    bands=((0, "none-minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe")),
    safety=(("9", 1),),
    needs_reviewer=True,
)

# Spitzer, Kroenke, Williams, Löwe 2006: bands at 5, 10, 15. The eighth question carries no points.
GAD_7 = Recipe(
    slug="gad-7",
    items=(*_choices(7, 3), Item("8", 0, 3, may_be_absent=True)),
    scales=_total(*_numbers(7)),
    bands=((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")),
    every_days=30,
)

# Bush et al. 1998: positive from 4 on for men and 3 on for women; where all of it comes from how often, look again.
AUDIT_C = Recipe(
    slug="audit-c",
    items=_choices(3, 4),
    scales=_total("1", "2", "3"),
    marks=(Mark("positive_female", 3), Mark("positive_male", 4), Mark("item1_only", 3, only_from="1")),
)

# Vilsaint et al. 2017: 47 and more went with staying in remission for over a year.
BARC_10 = Recipe(
    slug="barc-10",
    items=_choices(10, 6, low=1),
    scales=_total(*_numbers(10)),
    marks=(Mark("at_or_above_47", 47),),
    every_days=90,
)

# Flannery, Volpicelli, Pettinati 1999: five questions of 0 to 6; cut-offs as PMC6599943 weighs them.
PACS = Recipe(
    slug="pacs",
    items=_choices(5, 6),
    scales=_total(*_numbers(5)),
    marks=(Mark("flag_ge15", 15), Mark("flag_gt20", 21)),
)

_BAM_ITEMS = (
    Item("1", 0, 4),
    _days("2"),
    _days("3"),
    _days("4"),
    _days("5", only_after="4", at_most="4"),
    _days("6"),
    *(_days(f"7{letter}", only_after="6", at_most="6") for letter in "ABCDEFG"),
    Item("8", 0, 4),
    Item("9", 0, 4),
    _days("10"),
    _days("11"),
    Item("12", 0, 4),
    _days("13"),
    Item("14", 0, 1),
    Item("15", 0, 4),
    _days("16"),
    Item("17", 0, 4),
)

# Cacciola et al. 2013 and the VA. No cut-offs are published for this form: it is read beside one's own earlier ones.
BAM_R = Recipe(
    slug="bam-r",
    items=_BAM_ITEMS,
    scales=(
        Scale("use", (Part("4"), Part("5"), Part("6"))),
        Scale(
            "risk",
            (Part("1", LIKE_DAYS), Part("2"), Part("3"), Part("8", LIKE_DAYS), Part("11"), Part("15", LIKE_DAYS)),
        ),
        Scale(
            "protective",
            (Part("9", LIKE_DAYS), Part("10"), Part("12", LIKE_DAYS), Part("13"), Part("14", (0, 30)), Part("16")),
        ),
    ),
    every_days=30,
    least_days=28,
)

# The same questions with days in five steps, for those who come from that form.
BAM = Recipe(
    slug="bam",
    items=_BAM_ITEMS,
    scales=(
        Scale("use", tuple(Part(link_id, DAYS_IN_STEPS) for link_id in ("4", "5", "6"))),
        Scale(
            "risk",
            (
                Part("1"), Part("2", DAYS_IN_STEPS), Part("3", DAYS_IN_STEPS), Part("8"), Part("11", DAYS_IN_STEPS),
                Part("15"),
            ),
        ),
        Scale(
            "protective",
            (
                Part("9"), Part("10", DAYS_IN_STEPS), Part("12"), Part("13", DAYS_IN_STEPS), Part("14", (0, 4)),
                Part("16", DAYS_IN_STEPS),
            ),
        ),
    ),
    is_offered=False,
)  # fmt: skip

# Skinner 1982: one point for each yes, and for a no to the third question. Its licence is for non-commercial use.
DAST_10 = Recipe(
    slug="dast-10",
    items=_choices(10, 1),
    scales=(
        Scale("total", tuple(Part(number, (1, 0) if number == "3" else None) for number in _numbers(10))),
    ),
    bands=((0, "none"), (1, "low"), (3, "moderate"), (6, "substantial"), (9, "severe")),
    is_offered=False,
)  # fmt: skip

# Wesson and Ling 2003: for clinicians, who look at pulse and pupils; only the bands are here.
COWS = Recipe(
    slug="cows",
    bands=((0, "none"), (5, "mild"), (13, "moderate"), (25, "moderately severe"), (37, "severe")),
    is_offered=False,
)

# Gossop et al. 1995: five questions of 0 to 3. No sentence that permits its use was found.
SDS = Recipe(slug="sds", items=_choices(5, 3), scales=_total(*_numbers(5)), is_offered=False)

# Ours, in our own words (own.py), and not validated.
OWN_REVIEW = Recipe(
    slug="own-review",
    items=(
        *(Item(f"risk{number}", 0, 4) for number in range(1, 5)),
        *(Item(f"protection{number}", 0, 4) for number in range(1, 5)),
        _days("use1"),
    ),
    scales=(
        Scale("risk", tuple(Part(f"risk{number}") for number in range(1, 5))),
        Scale("protection", tuple(Part(f"protection{number}") for number in range(1, 5))),
        Scale("use", (Part("use1"),)),
    ),
    every_days=30,
)

RECIPES: dict[str, Recipe] = {
    recipe.slug: recipe
    for recipe in (
        OWN_REVIEW, BAM_R, PHQ_2, PHQ_9, GAD_7, BARC_10, AUDIT_C, PACS, BAM, DAST_10, COWS, SDS,
    )
}  # fmt: skip
