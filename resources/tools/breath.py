"""Breathing, sitting still and looking around: what calms the body in a few minutes."""

from django.utils.translation import gettext_lazy as _

from resources.tools.shape import WRITTEN_ON, Group, Move, Phase, Step, Tool, Way, Words, step

DIZZY = _("If you get dizzy, stop and breathe the way you always do.")
NO_HOLDS = _(
    "Leave out the holds if you are pregnant, have a heart or lung condition, or if holding your breath brings on "
    "panic. Paced breathing has none."
)
BREATHING_STUDY = _(
    "In one study, healthy adults did five minutes a day for 28 days. Their mood lifted, with slow sighs most. "
    "It did not look at cravings."
)


def breathing(pattern: Words, rounds: int, *phases: Phase) -> tuple[Step, ...]:
    return (Step(pattern, phases, rounds),)


IN_4 = Phase(_("Breathe in"), 4, Move.IN)
OUT_4 = Phase(_("Breathe out"), 4, Move.OUT)
HOLD_4 = Phase(_("Hold"), 4)

PACED = Tool(
    slug="paced-breathing",
    title=_("Paced breathing"),
    about=_("In for 4, out for 6. About six slow breaths a minute."),
    group=Group.CALM,
    icon="wind",
    is_open=True,
    ways=tuple(
        Way(slug, name, breathing(_("In for 4, out for 6."), rounds, IN_4, Phase(_("Breathe out"), 6, Move.OUT)))
        for slug, name, rounds in (("2", _("2 minutes"), 12), ("5", _("5 minutes"), 30))
    ),
    cautions=(DIZZY,),
    evidence=_(
        "Slow breathing with a longer breath out is widely taught to settle the body. We name no trial for it here."
    ),
    source="General practice; pattern chosen by us",
    written_on=WRITTEN_ON,
)
BOX = Tool(
    slug="box-breathing",
    title=_("Box breathing"),
    about=_("In, hold, out, hold: four counts each. Sit or stand so that your belly can move."),
    group=Group.CALM,
    icon="wind",
    is_open=True,
    ways=tuple(
        Way(
            slug,
            name,
            breathing(_("In for 4, hold for 4, out for 4, hold for 4."), rounds, IN_4, HOLD_4, OUT_4, HOLD_4),
        )
        for slug, name, rounds in (("4", _("4 rounds"), 4), ("5", _("5 minutes"), 19))
    ),
    cautions=(DIZZY, NO_HOLDS),
    evidence=BREATHING_STUDY,
    source="Balban and others 2023",
    written_on=WRITTEN_ON,
)
SIGH = Tool(
    slug="slow-sigh",
    title=_("Slow sighs"),
    about=_("A breath in, a short one on top, and a long breath out."),
    group=Group.CALM,
    icon="wind",
    is_open=True,
    ways=(
        Way(
            "5",
            _("5 minutes"),
            breathing(
                _("In, a little more, and a long breath out."),
                33,
                Phase(_("Breathe in"), 2, Move.IN),
                Phase(_("A little more"), 1, Move.TOP),
                Phase(_("Breathe out slowly"), 6, Move.OUT),
            ),
        ),
    ),
    cautions=(DIZZY,),
    evidence=BREATHING_STUDY,
    source="Balban and others 2023",
    written_on=WRITTEN_ON,
)

PROMPTS = (
    _("Notice one breath, all the way in and all the way out."),
    _("If your mind has gone off, that is what minds do. Come back to the next breath."),
    _("Find where you feel the breath most: nose, chest or belly. Stay there."),
    _("Let the breath be as it is. Nothing to fix."),
    _("Count ten breaths out, then start again at one."),
    _("If something aches, make room for it, and come back."),
    _("Hear what there is to hear, and keep the breath in front."),
    _("A few more breaths like this. No need to do it well."),
)


def sitting(minutes: int) -> tuple[Step, ...]:
    """Settle 30 s, breath with a word every minute, widen 60 s, close 30 s."""
    return (
        step(_("Sit down somewhere. Eyes open or closed, feet on the floor."), 30),
        *(step(prompt, 60) for prompt in PROMPTS[: minutes - 2]),
        step(_("Widen out: the room, the sounds, the whole of you sitting here."), 60),
        step(_("Move your hands. Look around. Carry on when you are ready."), 30),
    )


MEDITATION = Tool(
    slug="meditation",
    title=_("Sit and breathe"),
    about=_("A short meditation. A word each minute, the rest is quiet."),
    group=Group.CALM,
    icon="moon",
    ways=(
        Way("3", _("3 minutes"), sitting(3)),
        Way("5", _("5 minutes"), sitting(5)),
        Way("10", _("10 minutes"), sitting(10)),
    ),
    cautions=(_("If closing your eyes or sitting still makes it worse, keep them open, walk instead, or stop."),),
    evidence=_("Sitting with the breath is part of many recovery courses. We name no trial for this short form."),
    source="General practice; timings chosen by us",
    written_on=WRITTEN_ON,
)
GROUNDING = Tool(
    slug="grounding",
    title=_("5, 4, 3, 2, 1"),
    about=_("Come back to the room with your senses."),
    group=Group.CALM,
    icon="eye",
    is_open=True,
    ways=(
        Way(
            "3",
            _("3 minutes"),
            (
                step(_("Name 5 things you can see. Out loud, if you can."), 40),
                step(_("Name 4 things you can feel: feet in shoes, cloth on skin, air."), 40),
                step(_("Name 3 things you can hear, near or far."), 30),
                step(_("Name 2 things you can smell, or two smells you like."), 25),
                step(_("Name 1 thing you can taste, or take a sip of water."), 20),
                step(_("Say where you are and what day it is."), 25),
            ),
        ),
    ),
    evidence=_("Widely taught for panic and for memories that come back. We name no trial for it here."),
    source="General practice; timings chosen by us",
    written_on=WRITTEN_ON,
)

TOOLS = (PACED, BOX, SIGH, GROUNDING, MEDITATION)
