"""The four stages and their small things, as administrators first find them; all of it can be edited later."""

from django.db import migrations

STAGES = [
    (
        "initial-recognition",
        "Initial recognition",
        "Taking a look",
        "eye",
        "Something about your use is on your mind. Nothing has to be decided here. You look at what it gives you and "
        "what it costs, and you learn what keeps you safe in the meantime.",
        [
            ("gives-and-costs", "Write down one thing using gives you and one thing it costs you."),
            ("when-it-shows-up", "For 3 days, notice when the wish to use shows up."),
            ("someone-to-talk-to", "Name one person you could talk to about this."),
            ("worth-a-change", "Write one reason that would make a change worth it."),
            ("lines-any-hour", "Look once at the lines you can call at any hour."),
            ("overdose-signs", "Read the overdose steps, so you know them before you need them."),
        ],
    ),
    (
        "seeking-help",
        "Seeking help",
        "Reaching out",
        "people",
        "You are finding out who and what could help: a clinician, medication, a group, a person who has been there. "
        "Stopping some things suddenly can be dangerous, so ask a clinician first.",
        [
            ("safe-to-stop", "Before you stop or cut down, ask a clinician if it is safe to do it at home."),
            ("one-place", "Find one place or meeting that could help, and save when it is open."),
            ("first-visit", "Book one first visit or call."),
            ("three-questions", "Write 3 questions to bring to that visit."),
            ("ask-medication", "Ask what medication could do for you."),
            ("tell-one-person", "Tell one person what you are planning."),
            ("try-a-meeting", "Try one meeting, in a room or online, and see how it feels."),
        ],
    ),
    (
        "early-sobriety",
        "Early sobriety",
        "Finding your footing",
        "steps",
        "The first months of a new way of living. Short days, regular meals and sleep, people within reach, and a plan "
        "for the moments you already know will be hard.",
        [
            ("three-people", "Name 3 people you can tell when it gets hard."),
            ("warning-signs", "Write down 2 early signs that only you would notice."),
            ("risky-place", "Plan what you will do at one risky place."),
            ("another-place", "Write down one place you could go this weekend that has nothing to do with using."),
            ("calm-wave", "Practice riding the wave once on a calm day."),
            ("same-bedtime", "Go to bed at the same time 3 nights in a row."),
            ("show-my-plan", "Show your plan to someone you trust."),
            ("naloxone-near", "Keep naloxone where someone else can reach it, and tell them where it is."),
        ],
    ),
    (
        "long-term-recovery",
        "Long-term recovery",
        "Living it",
        "sun",
        "Keeping what works, and using the room it makes: work, money, people, rest, things you enjoy, and perhaps "
        "helping someone else.",
        [
            ("look-over-plan", "Read through your plan and change one thing that no longer fits."),
            ("help-someone", "Do one thing for someone else this week."),
            ("one-goal", "Set one small goal for work, home or money."),
            ("call-a-friend", "Call someone you haven't spoken to in a while."),
            ("what-helped", "Write down what has helped you most this past month."),
            ("look-forward", "Plan one thing to look forward to."),
        ],
    ),
]


def put_stages(apps, schema_editor):
    stages, tasks = apps.get_model("recovery", "Stage"), apps.get_model("recovery", "StageTask")
    for position, (slug, title, alias, icon, summary, texts) in enumerate(STAGES, start=1):
        stage = stages.objects.create(
            slug=slug, position=position, title=title, alias=alias, icon=icon, summary=summary
        )
        for number, (task_slug, text) in enumerate(texts, start=1):
            tasks.objects.create(stage=stage, slug=task_slug, position=number, text=text)


def take_stages(apps, schema_editor):
    apps.get_model("recovery", "StageMove").objects.all().delete()
    apps.get_model("recovery", "Stage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0001_initial")]
    operations = [migrations.RunPython(put_stages, take_stages)]
