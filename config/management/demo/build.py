"""Makes the demo people through the same deeds that pages call, so that what is shown is what the product does."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import Role, User
from accounts.unlocking import acting_for
from config.management.demo.daily import fill_days
from config.management.demo.days import day_of, review_of
from config.management.demo.path import walk_path
from config.management.demo.people import PEOPLE, Person
from config.management.demo.stories import tell_stories
from plans import services as plans
from plans.models import JournalEntry, Strategy, Trigger, Weighing
from recovery import services as recovery
from recovery.instruments import own
from recovery.instruments.questionnaires import read
from recovery.models import CheckIn, Journey, Lapse, Stage
from reminders import services as reminders
from support import services as support
from support.wording import OFFERED, consent_text, text_hash

# Names the submissions, so that the same day told again is the same submission.
STORY = uuid.UUID("6d2ff9b2-0c0c-4d7c-9f0e-3f6f2f1b8f10")
CHECKS_IN_AT = time(20, 15)
SHARED_FOR = timedelta(days=180)
DAYS_A_TASK = 40
KINDS_OF_CONTACT = {"Sponsor": "sponsor", "My sister": "family", "Counselor": "counselor", "Friend": "friend"}


def address_of(slug: str) -> str:
    return f"{slug}@example.org"


def build_all(*, password: str, now: datetime) -> int:
    """Make everybody who is not there, tell each one's days up to now, and return how many accounts were made."""
    made = 0
    for person in PEOPLE:
        user = User.objects.filter(email=address_of(person.slug)).first()
        with transaction.atomic():
            if user is None:
                user, made = make_account(person, password, now), made + 1
                with acting_for(user.pk):
                    make_record(person, user, now)
            with acting_for(user.pk):
                tell_days(person, user, now)
    return made


def make_account(person: Person, password: str, now: datetime) -> User:
    joined = now - timedelta(days=person.days)
    user = User.objects.create_user(
        address_of(person.slug),
        password,
        called=person.called,
        time_zone=person.time_zone,
        country="US",
        agreed_at=joined,
        onboarded_at=joined,
        joined_at=joined,
        is_staff=person.is_superuser or "curator" in person.roles,
        is_superuser=person.is_superuser,
        is_demo=True,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for kind in person.roles:
        Role.objects.create(user=user, kind=kind, asked_at=joined, granted_at=joined)
    return user


def make_record(person: Person, user: User, now: datetime) -> None:
    began = now - timedelta(days=person.days)
    if person.days:
        make_journeys(person, user, began, now)
    if person.stage:
        stage = Stage.objects.get(slug=person.stage)
        recovery.move_stage(person=user, stage=stage, now=began)
        for number, task in enumerate(stage.tasks.order_by("position")[: person.days // DAYS_A_TASK], start=1):
            recovery.finish_task(person=user, task=task, now=began + timedelta(days=number * DAYS_A_TASK))
    make_plan(person, user, began, now)
    look_back(person, user, now)
    walk_path(person.slug, user, now)
    fill_days(person.slug, user, now)
    tell_stories(person.slug, user, now)
    do_exercises(person, user, now)
    keep_days(person, user, began, now)
    if person.reminder:
        reminders.set_daily(person=user, at=person.reminder, now=now)
    for back, (worked, hard, ahead) in enumerate(person.weeks, start=1):
        at = now - timedelta(weeks=back)
        day = at.astimezone(ZoneInfo(user.time_zone)).date()
        recovery.keep_reflection(person=user, day=day, worked=worked, hard=hard, ahead=ahead, now=at)
    for slug in person.shares_with:
        let_in(person, user, User.objects.get(email=address_of(slug)), now)


def make_journeys(person: Person, user: User, began: datetime, now: datetime) -> None:
    journey = recovery.start_journey(
        person=user,
        substance=person.substance,
        aim=person.aim,
        started_on=began.date(),
        now=began,
        on_today=bool(person.spent_a_week),
    )
    if person.spent_a_week:
        recovery.set_figures(
            journey=journey,
            limit_amount=None,
            limit_unit="",
            limit_per="",
            spent_a_week=Decimal(person.spent_a_week),
            currency="$",
            hours_a_week=Decimal(9),
        )
    if person.also:
        substance, aim, days = person.also
        second = recovery.start_journey(
            person=user, substance=substance, aim=aim, started_on=(now - timedelta(days=days)).date(), now=now
        )
        recovery.set_figures(
            journey=second,
            limit_amount=Decimal(5),
            limit_unit="cigarettes",
            limit_per="day",
            spent_a_week=None,
            currency="",
            hours_a_week=None,
        )


def make_plan(person: Person, user: User, began: datetime, now: datetime) -> None:
    for reason in person.reasons:
        plans.add_reason(person=user, text=reason, now=began)
    for name, minutes in person.strategies:
        plans.add_strategy(person=user, name=name, minutes=minutes, now=began)
    for each in person.triggers:
        plans.add_trigger(
            person=user,
            name=each.name,
            category=each.category,
            impact=each.first_impact or each.impact,
            words=[each.answer] if each.answer else [],
            now=began,
        )
    for name, relation, number in person.contacts:
        plans.add_contact(
            person=user, name=name, relation=relation, number=number, kind=KINDS_OF_CONTACT.get(relation, ""), now=began
        )
    for name, when in person.activities:
        plans.add_activity(person=user, name=name, when=when, now=began)
    for part, kind, text, detail in person.items:
        plans.add_item(person=user, part=part, kind=kind, text=text, detail=detail, now=began)
    eased = {each.name: each.impact for each in person.triggers if each.first_impact}
    for trigger in Trigger.objects.of(user):
        if trigger.name in eased:
            plans.rate_trigger(trigger=trigger, impact=eased[trigger.name], now=now - timedelta(days=20))


def look_back(person: Person, user: User, now: datetime) -> None:
    """Fill in our own review once a month, up to some days ago: what is hard eases, what carries grows."""
    content = own.resource()
    instrument, _made = recovery.load_instrument(questionnaire=read(content), resource=content, now=now)
    for month in range(person.reviews):
        at = now - timedelta(days=12 + 30 * (person.reviews - 1 - month))
        recovery.take_measure(
            person=user,
            instrument=instrument,
            answers=review_of(person.slug, month, person.reviews),
            submission=uuid.uuid5(STORY, f"{user.pk} review {month}"),
            reviewed=False,
            now=at,
        )


def do_exercises(person: Person, user: User, now: datetime) -> None:
    """Do a few tools over the last weeks, write two pages and weigh it up once."""
    for days, tool, way, before, after in person.exercises:
        at = now - timedelta(days=days)
        name = uuid.uuid5(STORY, f"{user.pk} {days} {tool}")
        plans.save_tool_use(person=user, tool=tool, way=way, before=before, after=after, submission=name, now=at)
    for days, prompt, text in person.pages:
        name = uuid.uuid5(STORY, f"{user.pk} {days} page")
        plans.write(
            JournalEntry, person=user, submission=name, now=now - timedelta(days=days), prompt=prompt, text=text
        )
    if person.weighed:
        name = uuid.uuid5(STORY, f"{user.pk} weighed")
        plans.write(Weighing, person=user, submission=name, now=now - timedelta(days=40), **person.weighed)


def keep_days(person: Person, user: User, began: datetime, now: datetime) -> None:
    """Write down what is taken; the last days are marked, one of them as missed."""
    for name, times, prescriber in person.medications:
        taken = plans.add_medication(person=user, name=name, times=times, prescriber=prescriber, now=began)
        for back in (6, 5, 4, 3, 2, 1):
            at = now - timedelta(days=back)
            day = at.astimezone(ZoneInfo(user.time_zone)).date()
            recovery.mark_medication(medication=taken, day=day, state="missed" if back == 4 else "taken", now=at)


def let_in(person: Person, user: User, recipient: User, now: datetime) -> None:
    """Sign a consent as the person would: the recipient's code, the text, the signature."""
    role = "counselor" if recipient.is_counselor else "supporter"
    scopes = person.shared if role == "counselor" else frozenset({"checked_in", "helps", "help_card"})
    with acting_for(recipient.pk):
        invitation = support.make_invitation(maker=recipient, role=role, name=recipient.called, now=now)
        name = invitation.name
    chosen = [scope for scope in OFFERED[role] if scope in scopes]
    signed_on = now.astimezone(ZoneInfo(user.time_zone)).date()
    until, purpose = signed_on + SHARED_FOR, "care" if role == "counselor" else "support"
    text = consent_text(name=name, role=role, scopes=chosen, purpose=purpose, signed_on=signed_on, until=until)
    support.give_consent(
        person=user,
        invitation_id=invitation.pk,
        scopes=chosen,
        purpose=purpose,
        until=until,
        shown_hash=text_hash(text),
        now=now,
    )


def tell_days(person: Person, user: User, now: datetime) -> None:
    """Check in for each day of the story that is not told yet, up to yesterday evening."""
    journey = Journey.objects.of(user).oldest_first().first()
    if journey is None or journey.started_on is None:
        return
    zone, start = ZoneInfo(user.time_zone), journey.started_on
    triggers = {each.name: each for each in Trigger.objects.of(user)}
    strategies = {each.name: each for each in Strategy.objects.of(user)}
    told = set(CheckIn.objects.of(user).values_list("day", flat=True))
    today = now.astimezone(zone).date()
    for offset in range((today - start).days):
        day = start + timedelta(days=offset)
        if day in told:
            continue
        tell_day(person, user, day, start, today, zone, triggers, strategies)


def tell_day(
    person: Person,
    user: User,
    day: date,
    start: date,
    today: date,
    zone: ZoneInfo,
    triggers: dict[str, Trigger],
    strategies: dict[str, Strategy],
) -> None:
    said = day_of(person.slug, person.habits, start, day, today)
    if said is None:
        return
    at = datetime.combine(day, CHECKS_IN_AT, tzinfo=zone).astimezone(UTC)
    answers = {
        **said.answers,
        "met": [(str(triggers[name].pk), felt) for name, felt in said.met.items() if name in triggers],
        "strategies": [(str(strategies[name].pk), how) for name, how in said.helped.items() if name in strategies],
    }
    submission = uuid.uuid5(STORY, f"{user.pk} {day.isoformat()}")
    recovery.save_checkin(person=user, day=day, answers=answers, submission=submission, answered_at=at, now=at)
    for lapse in Lapse.objects.of(user).filter(day=day) if person.substance else ():
        recovery.tell_use(lapse=lapse, substances=[person.substance], amount="")
    if said.rode is not None:
        ride_out(user, said.rode, strategies, at)


def ride_out(user: User, strongest: int, strategies: dict[str, Strategy], at: datetime) -> None:
    """Ride one urge out in Help now, before the check-in of the evening; the first strategy helped."""
    ridden = uuid.uuid5(STORY, f"{user.pk} ride {at.isoformat()}")
    began = at - timedelta(minutes=25)
    ride = plans.save_ride(person=user, submission=ridden, started_at=began, outcome="eased", now=at)
    plans.tell_ride(ride=ride, strongest=strongest, strategy=next(iter(strategies.values()), None))
