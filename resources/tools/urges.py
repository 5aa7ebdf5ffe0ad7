"""What carries through an urge: waiting, playing it forward, a three-minute pause, what the body needs."""

from django.utils.translation import gettext_lazy as _

from resources.tools.shape import WRITTEN_ON, Group, Phase, Step, Tool, Way, Words, step

QUARTER = 15 * 60
USED_ALREADY = _("If you have used already, or might be in danger, go to Help first.")

WAVE = Tool(
    slug="wave",
    title=_("Ride the wave"),
    about=_("Stay with an urge for 20 minutes while it rises and falls."),
    group=Group.URGE,
    icon="wave",
    is_open=True,
    leads_to="help-now",
    length=_("20 min"),
    extra=(
        _("Name it: “This is an urge.”"),
        _("Find it in the body. Where is it, how big, warm or tight?"),
        _("Breathe with it. You don't have to push it away."),
        _("Watch it rise, crest and fall. Most urges ease within half an hour."),
        _("Then choose what comes next."),
    ),
    cautions=(USED_ALREADY,),
    evidence=_(
        "Guides give different times, from 15 to 30 minutes. Nobody can say how long yours will take. "
        "If it is still there after 30 minutes, call someone."
    ),
    source="Practice guides: 7cups.com, kathyberman.com",
    written_on=WRITTEN_ON,
)
DELAY = Tool(
    slug="delay",
    title=_("Wait 15 minutes"),
    about=_("Put it off, and do one other thing meanwhile. Then decide again, up to three times."),
    group=Group.URGE,
    icon="clock",
    length=_("15 min, and again"),
    ways=(
        Way(
            "15",
            _("15 minutes"),
            tuple(
                Step(text, (Phase("", QUARTER),), asks=number > 0)
                for number, text in enumerate(
                    (
                        _("You don't have to decide anything for 15 minutes. Do your one thing."),
                        _("Another 15 minutes. Go on, or pick something else to do."),
                        _("The last 15. If the pull is still strong after this, call someone."),
                    )
                )
            ),
        ),
    ),
    cautions=(USED_ALREADY,),
    evidence=_("Waiting is part of most plans against urges. We name no trial for waiting by itself."),
    source="Delay, as in smartrecovery.org/deads; our own words",
    written_on=WRITTEN_ON,
)
FORWARD = Tool(
    slug="play-it-forward",
    title=_("Play it forward"),
    about=_("See the whole film, not only the first scene."),
    group=Group.URGE,
    icon="video",
    ways=(
        Way(
            "3",
            _("3 minutes"),
            (
                step(_("Say you used now. Picture the first ten minutes, honestly."), 60),
                step(_("Now the rest: tonight, tomorrow morning, who finds out, what it costs you."), 60),
                step(_("Now the other film: you wait it out. Picture tomorrow morning."), 60),
            ),
        ),
    ),
    cautions=(USED_ALREADY, _("Not right after a use: then be safe and rest first.")),
    evidence=_(
        "Looking at what comes after is part of cognitive behavioral therapy. We name no trial for it by itself."
    ),
    source="Functional analysis in CBT; our own words",
    written_on=WRITTEN_ON,
)
PAUSE = Tool(
    slug="pause",
    title=_("A three-minute pause"),
    about=_("Stop, observe, breathe, expand, respond."),
    group=Group.URGE,
    icon="moon",
    ways=(
        Way(
            "3",
            _("3 minutes"),
            (
                step(_("Stop. Where you are, for a moment."), 20),
                step(_("Observe. What is in your body, your feelings, your thoughts?"), 40),
                step(_("Breathe. Only this breath, and the next one."), 60),
                step(_("Expand. Feel the whole body, the room, what is around you."), 40),
                step(_("Respond. What would help right now? Choose one thing, knowing why."), 20),
            ),
        ),
    ),
    evidence=_("From mindfulness-based courses in relapse prevention. We name no trial for the pause by itself."),
    source="SOBER breathing space, as described at juliegiroux.ca; our own words",
    written_on=WRITTEN_ON,
)


def one_action(slug: str, name: Words, *steps: Step) -> Way:
    return Way(slug, name, steps)


HALT = Tool(
    slug="halt",
    title=_("Hungry, angry, lonely, tired?"),
    about=_("Pick the one that is true. Each has one thing to do."),
    group=Group.URGE,
    icon="heart",
    length=_("5–15 min"),
    ways=(
        one_action(
            "hungry",
            _("Hungry"),
            step(_("Drink a glass of water first."), 60),
            step(_("Eat something real, sitting down: bread, eggs, fruit, nuts, whatever is there."), 600),
        ),
        one_action(
            "angry",
            _("Angry"),
            step(_("Step away from whoever or whatever it is."), 60),
            step(_("Move hard for a few minutes: stairs, a fast walk, push against a wall."), 240),
            step(_("Say in one sentence what you need. You can tell them later."), 60),
        ),
        one_action(
            "lonely",
            _("Lonely"),
            step(_("Send one message: “Hi, can you talk?” It doesn't have to be about this."), 120),
            step(_("Go where people are, or call a line. Being near others counts."), 480),
        ),
        one_action(
            "tired",
            _("Tired"),
            step(_("Put the phone out of reach after this. Lie down, or sit back with your eyes closed."), 60),
            step(_("Rest. You don't have to sleep. Things can wait until after."), 840),
        ),
    ),
    cautions=(USED_ALREADY,),
    evidence=_("A folk rule that many people find useful. There is little direct research on it."),
    source="mielenterveystalo.fi; our own words",
    written_on=WRITTEN_ON,
)

TOOLS = (WAVE, DELAY, PAUSE, FORWARD, HALT)
