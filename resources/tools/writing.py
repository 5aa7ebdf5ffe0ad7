"""What is done in writing: a thought looked at, two sides weighed, good things, a journal."""

from django.utils.translation import gettext_lazy as _

from resources.tools.shape import WRITTEN_ON, Group, Tool

GOOD_THINGS = Tool(
    slug="good-things",
    title=_("Three good things"),
    about=_("Three things that were good today, however small, and why."),
    group=Group.THINK,
    icon="sun",
    page="recovery:good-things",
    length=_("3 min"),
    cautions=(_("Not on a day when it would be a lie. Then leave it, and rest."),),
    evidence=_(
        "In a small trial, 23 adults in treatment for alcohol use wrote three good things each day. They felt calmer "
        "and less low while they did it. Eight weeks later that was gone."
    ),
    source="PMC4827271",
    written_on=WRITTEN_ON,
)
THOUGHT = Tool(
    slug="thoughts",
    title=_("Look at a thought"),
    about=_("Write down a thought that pulls at you, and look at it from two sides."),
    group=Group.THINK,
    icon="comment",
    page="plans:thought-list",
    length=_("10 min"),
    cautions=(_("Not right after a use, or while you are very upset: be safe and rest first."),),
    evidence=_("Thought records are a core part of cognitive behavioral therapy. This page is no therapy."),
    source="Functional analysis in CBT; formulatetools.co.uk",
    written_on=WRITTEN_ON,
)
WEIGHING = Tool(
    slug="weighing",
    title=_("Weigh it up"),
    about=_("Four questions: what it gives, what it costs, and the same for changing."),
    group=Group.THINK,
    icon="sort",
    page="plans:weighing-list",
    length=_("10 min"),
    cautions=(_("Write it on a calm day. Help now shows you your own answers on a hard one."),),
    evidence=_("Used in many courses to make one's own reasons clear. We name no trial for it by itself."),
    source="General practice; our own words",
    written_on=WRITTEN_ON,
)
JOURNAL = Tool(
    slug="journal",
    title=_("Journal"),
    about=_("A page for yourself, with a question to start from if you like."),
    group=Group.THINK,
    icon="note",
    page="plans:entry-list",
    length=_("as long as you like"),
    evidence=_("Writing helps some people and stirs up others. Stop if it makes things worse."),
    source="General practice; our own words",
    written_on=WRITTEN_ON,
)

TOOLS = (GOOD_THINGS, THOUGHT, WEIGHING, JOURNAL)
