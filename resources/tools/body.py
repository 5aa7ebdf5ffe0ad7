"""The body and a place in the mind: scan, muscle relaxation, a safe place, a bite eaten slowly."""

from django.utils.translation import gettext_lazy as _

from resources.tools.shape import WRITTEN_ON, Group, Move, Phase, Step, Tool, Way, Words, step

NOT_FORCED = _("Eyes may stay open. Leave out any part that is hard, and stop whenever you want.")
SCAN_SECONDS = 40
TENSE_SECONDS, RELEASE_SECONDS, TIMES = 5, 15, 2

SCAN = Tool(
    slug="body-scan",
    title=_("Body scan"),
    about=_("Go through the body from the feet up, and notice. Nothing has to change."),
    group=Group.CALM,
    icon="body",
    ways=(
        Way(
            "10",
            _("10 minutes"),
            (
                step(_("Lie or sit. Feel what holds you up."), 40),
                *(
                    step(part, SCAN_SECONDS)
                    for part in (
                        _("Feet: warm, cold, tight, nothing at all. Just notice."),
                        _("Lower legs."),
                        _("Knees."),
                        _("Thighs, and what they rest on."),
                        _("Hips."),
                        _("Belly, moving with the breath."),
                        _("Chest."),
                        _("Hands, each finger if you like."),
                        _("Arms, up to the elbows and on."),
                        _("Shoulders. Let them be as they are."),
                        _("Neck and throat."),
                        _("Face: jaw, eyes, forehead."),
                        _("The whole body at once, breathing."),
                    )
                ),
                step(_("Stretch a little. Look around the room."), 40),
            ),
        ),
    ),
    cautions=(NOT_FORCED, _("If noticing the body brings back something bad, try 5, 4, 3, 2, 1 instead.")),
    evidence=_("Part of many mindfulness courses. We name no trial for this short form."),
    source="Trauma-sensitive guidance: mindful.org, insighttimer.com",
    written_on=WRITTEN_ON,
)


def tense(text: Words) -> Step:
    """Tense and let go, twice."""
    phases = (
        Phase(_("Tense"), TENSE_SECONDS, Move.IN),
        Phase(_("Let go"), RELEASE_SECONDS, Move.OUT),
    )
    return Step(text, phases, TIMES)


MUSCLES = Tool(
    slug="muscle-relaxation",
    title=_("Muscle relaxation"),
    about=_("Tense one part for 5 seconds, let go for 15. Twice each, from the toes to the head."),
    group=Group.CALM,
    icon="body",
    ways=(
        Way(
            "10",
            _("10 minutes"),
            (
                step(_("Sit or lie somewhere quiet. Take a few slow breaths: in for 4, out for 4."), 50),
                tense(_("Feet: curl your toes.")),
                tense(_("Calves: pull your toes up.")),
                tense(_("Thighs: press your knees together.")),
                tense(_("Hips: squeeze.")),
                tense(_("Belly: make it firm.")),
                tense(_("Hands: make fists.")),
                tense(_("Forearms: bend your wrists back.")),
                tense(_("Upper arms: bend your elbows tight.")),
                tense(_("Shoulders: up to the ears.")),
                tense(_("Neck: press back gently.")),
                tense(_("Jaw: bite down lightly.")),
                tense(_("Eyes: shut them tight.")),
                tense(_("Forehead: raise your brows.")),
                step(_("Breathe. Notice what is looser than before."), 30),
            ),
        ),
    ),
    cautions=(_("Skip whatever is sore, hurt or healing. Tense gently, never to pain."), NOT_FORCED),
    evidence=_("Taught by the US Department of Veterans Affairs for stress. Timings differ between guides."),
    source="VA patient handout; HPRC",
    written_on=WRITTEN_ON,
)
PLACE = Tool(
    slug="safe-place",
    title=_("A place that is good"),
    about=_("Picture a place where you feel at ease, with every sense."),
    group=Group.CALM,
    icon="sun",
    ways=(
        Way(
            "5",
            _("5 minutes"),
            (
                step(_("Get comfortable. Let your breath slow down by itself."), 30),
                step(_("Pick a place where you are at ease. Real or made up."), 40),
                step(_("See 5 things there: colors, light, what is near, what is far."), 60),
                step(_("Hear 3 things."), 50),
                step(_("Feel 2 things: the ground, the air, something in your hand."), 40),
                step(_("Smell 1 thing."), 30),
                step(_("Give the place one word. Say it slowly. It is your way back here."), 30),
                step(_("Come back: feet, room, the day."), 20),
            ),
        ),
    ),
    cautions=(_("If the place turns bad, open your eyes and name 5 things you see."),),
    evidence=_("Guided imagery is widely used to calm down. We name no trial for this form."),
    source="General practice; timings chosen by us",
    written_on=WRITTEN_ON,
)
EATING = Tool(
    slug="mindful-eating",
    title=_("One bite, slowly"),
    about=_("Eat one small thing as if it were the first time."),
    group=Group.CALM,
    icon="cup",
    ways=(
        Way(
            "5",
            _("5 minutes"),
            (
                step(_("Take one small thing to eat. Look at it: color, shape, light on it."), 50),
                step(_("Feel it: its weight, warm or cold, rough or smooth."), 50),
                step(_("Smell it. Notice if your mouth answers."), 50),
                step(_("Put it on your tongue. Wait before you bite."), 50),
                step(_("Chew slowly. What comes first, what comes after?"), 50),
                step(_("Swallow. Notice what is left, and whether you were hungry."), 50),
            ),
        ),
    ),
    cautions=(_("Leave this one out if eating is a struggle for you, and pick something you can swallow safely."),),
    evidence=_("An old mindfulness exercise. We name no trial for it here."),
    source="General practice; timings chosen by us",
    written_on=WRITTEN_ON,
)

TOOLS = (SCAN, MUSCLES, PLACE, EATING)
