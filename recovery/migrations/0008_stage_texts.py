"""What people notice in each stage, what helps and what it is made of, as administrators first find it."""

from django.db import migrations

# stage → (guide, how long, signs with the goal each suggests, strategies with the page each leads to, parts with a goal)
TEXTS = {
    "initial-recognition": (
        "check",
        "As long as it takes. Many people look more than once before they decide anything.",
        [
            (
                "more-than-meant",
                "It happens more often, or goes on longer, than I meant.",
                "For one week, note each time it was more than I meant.",
            ),
            (
                "comes-second",
                "Something I care about has come second: sleep, money, work or people.",
                "Give one hour this week to something that has come second.",
            ),
            (
                "someone-worries",
                "Someone close to me has said that they worry.",
                "Ask one person what they have noticed, and only listen.",
            ),
            (
                "part-of-me",
                "Part of me wants something to change.",
                "Write one sentence about what I would like to be different.",
            ),
            (
                "hard-to-cut-down",
                "I have tried to cut down, and it was hard to keep to it.",
                "Ask a clinician what could make cutting down safe and easier.",
            ),
            (
                "unwell-without",
                "I feel shaky, sweaty or unwell when I go without.",
                "See a clinician before I stop or cut down. Stopping suddenly can be dangerous.",
            ),
        ],
        [
            ("both-sides", "Look at both sides: what it gives you, and what it costs you.", "plans:reason-list"),
            ("notice-when", "Notice when the wish to use shows up, without having to change it.", "recovery:checkin"),
            ("know-overdose", "Know the overdose signs and steps before you need them.", "recovery:right-now"),
            ("talk-undecided", "Talk to one person who listens. Nothing has to be decided.", "resources:listing-list"),
        ],
        [
            ("honest-look", "An honest look, for you alone", "Write down what a usual week looks like."),
            ("safe-meanwhile", "Safety in the meantime", "Find out where I can get naloxone near me."),
            ("someone-knows", "One person who knows", "Tell one person that I am thinking about this."),
            ("own-reason", "A reason of your own", "Write down one reason that is mine."),
        ],
    ),
    "seeking-help": (
        "help",
        "From one phone call to some months. Waiting lists are not your doing.",
        [
            ("want-choices", "I want to know what the choices are.", "Look at 3 entries under Find support."),
            ("told-someone", "I have told someone, or I nearly have.", "Tell one person what I am planning."),
            ("near-a-call", "I could make a first call, or I am getting there.", "Make one first call this week."),
            (
                "what-if-withdrawal",
                "I wonder what will happen in my body when I stop.",
                "Ask a clinician if it is safe to stop at home.",
            ),
        ],
        [
            (
                "talking",
                "Talking with a professional: alone, in a group, or with family.",
                "resources:listing-list",
            ),
            (
                "groups",
                "Groups of people who have been there: 12-step and others, in a room or online.",
                "resources:listing-list",
            ),
            ("programs", "Treatment at a place: by day, or staying there.", "resources:listing-list"),
            (
                "medication",
                "Medication for opioid or alcohol use. It is treatment in its own right.",
                "resources:listing-list",
            ),
        ],
        [
            ("safe-start", "A safe start", "Ask a clinician what a safe start would look like for me."),
            ("first-date", "A first appointment", "Book one first visit or call."),
            ("my-questions", "Your own questions", "Write down 3 questions for the first visit."),
            ("comes-along", "Someone who comes along", "Ask one person to come with me, or to be on the phone."),
        ],
    ),
    "early-sobriety": (
        "goals",
        "Often the first year. People count it in different ways, and going back is part of many ways.",
        [
            ("new-shape", "My days are taking a new shape.", "Plan one meal and one walk for tomorrow."),
            ("urges-come", "Urges come, and I know at least one thing that helps.", "Write down one thing that helped."),
            ("up-and-down", "Sleep and mood go up and down.", "Go to bed at the same time 3 nights this week."),
            ("choosing-places", "I choose more carefully where I go and with whom.", "Plan for one risky place."),
        ],
        [
            ("short-days", "Keep days simple: meals, sleep, some movement.", "recovery:checkin"),
            ("within-reach", "Have people within reach, and call before it gets hard.", "plans:contact-list"),
            ("know-what-sets-off", "Know what sets it off, and what you will do then.", "plans:trigger-list"),
            ("ride-it", "Ride out an urge instead of arguing with it.", "help-now"),
            ("body-handles-less", "The body handles less than before. Know the overdose steps.", "recovery:right-now"),
        ],
        [
            ("sleep-and-meals", "Sleep and regular meals", "Eat breakfast 3 days in a row."),
            ("people", "People", "Call one person on my list just to talk."),
            ("plan-for-hard", "A plan for the moments that will be hard", "Write what I will do at one risky place."),
            ("care-goes-on", "Care that goes on", "Put my next appointment in the calendar."),
        ],
    ),
    "long-term-recovery": (
        "week",
        "Open. There is no finish, and nobody has to be done.",
        [
            ("own-rhythm", "Most weeks have their own rhythm.", "Choose 3 things my week should hold."),
            ("tell-early", "I can tell early when I need more support.", "Write down 2 early signs that I know."),
            ("room-for-more", "There is room for other things.", "Try one new thing this month."),
            ("like-to-help", "I help someone, or I would like to.", "Do one thing for someone else this week."),
        ],
        [
            ("keep-what-works", "Keep what works, also when all is well.", "plans:strategy-list"),
            ("read-plan", "Read your plan once a month and change what no longer fits.", "plan"),
            ("watch-long-view", "Look at the long view now and then.", "recovery:insights"),
            ("still-call", "Stay in touch with people, before you need them.", "plans:contact-list"),
        ],
        # The four dimensions that SAMHSA's working definition of recovery names: health, home, purpose, community.
        [
            ("health", "Health: body, mind and the care they need", "Book the check-up I have put off."),
            ("home", "Home: a place that is safe and yours", "Make one corner at home a good place to be."),
            ("purpose", "Purpose: work, learning, caring, making", "Take one small step toward work or a class."),
            ("community", "Community: people you belong to", "Meet one person this week for something good."),
        ],
    ),
}


def put_texts(apps, schema_editor):
    models = {name: apps.get_model("recovery", name) for name in ("StageSign", "StageStrategy", "StageComponent")}
    for slug, (guide, length, signs, strategies, components) in TEXTS.items():
        # An administrator may have taken a stage away or given it another slug.
        stage = apps.get_model("recovery", "Stage").objects.filter(slug=slug).first()
        if stage is None:
            continue
        stage.guide, stage.typical_length = guide, length
        stage.save(update_fields=["guide", "typical_length"])
        for name, last, lines in (
            ("StageSign", "goal", signs),
            ("StageStrategy", "leads_to", strategies),
            ("StageComponent", "goal", components),
        ):
            for position, (key, text, value) in enumerate(lines, start=1):
                models[name].objects.create(stage=stage, slug=key, position=position, text=text, **{last: value})


def take_texts(apps, schema_editor):
    for name in ("StageSign", "StageStrategy", "StageComponent"):
        apps.get_model("recovery", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("recovery", "0007_stage_lines")]
    operations = [migrations.RunPython(put_texts, take_texts)]
