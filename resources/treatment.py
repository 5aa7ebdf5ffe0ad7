"""Kinds of treatment, side by side: what each is, who it is for, what to ask, what to be careful about.

Text in code like the coping tools (docs/adr/0017): translated, read by the tests, and signed for the very words shown.
In a source, “general knowledge” means that it was not looked up and asks most of a reviewer.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Words = str | Promise
WRITTEN_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Treatment:
    """One kind of treatment as people read it."""

    slug: str
    title: Words
    what: Words
    who: Words
    length: Words
    questions: tuple[Words, ...]
    cautions: tuple[Words, ...]
    evidence: Words
    source: str
    is_advised: bool = True
    written_on: date = WRITTEN_ON

    def sentences(self) -> list[str]:
        """Return every sentence that a person reads, in the language they are in."""
        words = (self.title, self.what, self.who, self.length, *self.questions, *self.cautions, self.evidence)
        return [*map(str, words), self.source, str(self.is_advised)]

    def fingerprint(self) -> str:
        """Return what a reviewer's signature is about: any other word or source has another one."""
        with override("en"):
            return hashlib.sha256(json.dumps(self.sentences()).encode()).hexdigest()[:16]


# What to ask anywhere; each kind adds its own.
EVERYWHERE: tuple[Words, ...] = (
    _("What does it cost me, with my insurance and without any?"),
    _("How soon can I start, and what can I do until then?"),
    _("Can I begin, or go on with, medication for opioids or alcohol here?"),
    _("What happens if I use while I am with you?"),
    _("Who do I call at night and on weekends?"),
    _("What comes after this, and who sets it up?"),
)

OPTIONS: tuple[Treatment, ...] = (
    Treatment(
        "detox",
        _("Medical detox"),
        _("Getting through withdrawal under the eyes of clinicians, who ease it and keep it safe."),
        _(
            "People whose body is used to alcohol, benzodiazepines, GHB or opioids, above all with a seizure or severe "
            "withdrawal before, a pregnancy, or another serious illness."
        ),
        _("Days, as a rule; benzodiazepines are lowered over weeks or months."),
        (
            _("How is my withdrawal watched, and by whom at night?"),
            _("Which medications do you use to ease it?"),
            _("Do I leave with naloxone, and with an appointment?"),
        ),
        (
            _("Detox alone is not treatment. What comes next decides more than the detox itself."),
            _("Afterwards the body handles much less opioid than before, and an overdose comes more easily."),
            _(
                "Stopping alcohol or benzodiazepines at home, with rest and water only, can kill. Ask a "
                "clinician first."
            ),
            _("It is no condition for methadone or buprenorphine: those can be started without a detox."),
        ),
        _("It makes withdrawal safe. By itself it does not make staying off more likely."),
        "Course and danger of alcohol withdrawal: BJGP table. Overdose after treatment "
        "(evidence2impact.psu.edu, medicalalgorithms.com). No better "
        "long-term outcome from the way of detox alone: Kleber 2007, doi 10.31887/DCNS.2007.9.2/hkleber "
        "(abstract). Not "
        "needed before medication: general knowledge.",
    ),
    Treatment(
        "inpatient",
        _("Inpatient hospital care"),
        _("A bed in a hospital, with doctors and nurses day and night."),
        _("People who are very ill, in dangerous withdrawal, or not safe with themselves right now."),
        _("Days to a few weeks, until the danger is over."),
        (
            _("Will my other illnesses be treated here too?"),
            _("Can the people close to me visit, or be part of it?"),
        ),
        (
            _("It is meant for a dangerous time, and no better in itself than care from home for everybody else."),
            _("Going home is a risky time for an overdose: leave with a next appointment and naloxone."),
        ),
        _("The setting is chosen by how much medical care somebody needs, not by how much they want to recover."),
        "Settings by need, and medication in all of them: Massachusetts General Hospital, levels of care "
        "(mghsuds.org/levels-of-care). Overdose after leaving (evidence2impact.psu.edu). Length: general knowledge.",
    ),
    Treatment(
        "residential",
        _("Residential treatment"),
        _("Living in a program for a while, with groups and counseling through the day."),
        _("People whose home makes it hard, or who have tried care from home and need more around them."),
        _("A few weeks to some months."),
        (
            _("Who runs the groups and the counseling, and what are they trained in?"),
            _("May I keep my phone, and call my people and my counselor?"),
            _("Are you licensed, and by whom?"),
        ),
        (
            _(
                "Some places turn people on medication away, or ask them to stop it. Stopping raises the risk "
                "of dying: "
                "look for another place."
            ),
            _("Be careful with anybody who promises a cure, a success rate, or pays for your travel."),
            _("After weeks away the body handles much less. Leave with naloxone and a next appointment."),
        ),
        _("It helps some people a good deal. More months in a bed are not better by themselves."),
        "Deaths in and out of medication treatment: Sordo 2017, Santo 2021. Overdose after leaving "
        "(evidence2impact.psu.edu). "
        "Paid referral posing as neutral: Washington attorney general against Recovery Worldwide, 2018 news "
        "reports. The rest: general knowledge.",
    ),
    Treatment(
        "outpatient",
        _("Outpatient care"),
        _(
            "Treatment while living at home: one talk a week, an intensive program of several half days, or a "
            "day program "
            "with whole days."
        ),
        _("Most people, to begin with or after a stay. It can be more or less at any time."),
        _("Months, in smaller steps as things settle."),
        (
            _("How many hours a week, and can they be fitted around work or children?"),
            _("Which kinds of talking treatment do you offer?"),
            _("For stimulants or cannabis: do you offer contingency management?"),
        ),
        (
            _("If withdrawal could be dangerous, that comes first: see Before you stop."),
            _(
                "For stimulants and cannabis no medication is approved; talking treatments and rewards for set "
                "goals have "
                "the best evidence."
            ),
        ),
        _(
            "Usual names: outpatient is under 9 hours a week, intensive outpatient 9 or more, a day program (partial "
            "hospitalization) 20 or more."
        ),
        "Hours: ASAM levels of care as several public pages sum them up, not read at the source. Contingency "
        "management: general knowledge.",
    ),
    Treatment(
        "opioid-medication",
        _("Medication for opioid use disorder"),
        _(
            "Methadone, buprenorphine or naltrexone, from a clinician or a clinic, with or without counseling. "
            "Methadone "
            "and buprenorphine calm withdrawal and craving; naltrexone blocks opioids."
        ),
        _("Anybody with opioid use disorder. It is recovery, not a way around it."),
        _("As long as it helps. There is no recommended time limit, and no end date is needed."),
        (
            _("Which of the three would you choose for me, and why?"),
            _("How often do I have to come, and can I take it at home?"),
            _("What do I do if I miss one?"),
            _("What if I have surgery, or am pregnant?"),
        ),
        (
            _("Stopping it raises the risk of dying. A change is planned with whoever prescribes it."),
            _(
                "Naltrexone can only be started after a week or more without opioids, or it brings on "
                "withdrawal at once."
            ),
            _("In pregnancy, do not stop methadone or buprenorphine suddenly."),
            _("Some groups and houses are unfriendly about it. Others welcome it: our list can be filtered."),
        ),
        _(
            "Of 1,000 people in a year, about 11 died while on methadone and 36 after leaving it; on "
            "buprenorphine about "
            "4, and 10 after leaving it. The groups were not assigned by chance."
        ),
        "No time limit: ASAM National Practice Guideline 2020. Deaths per 1,000 person-years, methadone 11.3 and "
        "36.1, buprenorphine 4.3 and 9.5: Sordo, BMJ 2017; rate ratio 0.47: Santo 2021. SAMHSA TIP 63, part 4. Wait "
        "before naltrexone: Clinician Reviews on opioid dependence (at least 7 days). Pregnancy: New York "
        "guideline NBK572854, ACOG 711.",
    ),
    Treatment(
        "alcohol-medication",
        _("Medication for alcohol use disorder"),
        _(
            "Naltrexone and acamprosate make it easier to drink less or not at all; disulfiram makes drinking "
            "unpleasant. A family doctor can prescribe them."
        ),
        _("People who want to stop or to drink less, alone or together with counseling."),
        _("Usually months or longer, as agreed with whoever prescribes it."),
        (
            _("Which one suits my liver, my kidneys and my other medicines?"),
            _("Do I have to stop drinking before I start?"),
            _("What do I do if I miss one?"),
        ),
        (
            _("It is no treatment for withdrawal. After daily drinking, see a clinician before you stop."),
            _("Naltrexone does not go together with opioids, pain medicine among them."),
        ),
        _("All three are approved in the United States. Few people are ever offered them, so it is fine to ask."),
        "Approved medications: AHRQ review 134, NCBI Bookshelf NBK208579, table 2. Few are offered them, with "
        "counseling: Alcohol Research 2020, “The Role of Medication in Recovery” (arcr.niaaa.nih.gov). Naltrexone and "
        "opioids, liver, kidneys: Cleveland Clinic Journal of Medicine table. The rest: general knowledge.",
    ),
    Treatment(
        "recovery-housing",
        _("Recovery housing"),
        _(
            "A shared home with house rules and people on the same road. Some have staff, many are run by those "
            "who live "
            "there."
        ),
        _("People who need a calmer place to live, often after a stay or beside outpatient care."),
        _("As long as it fits; often months to a year or two."),
        (
            _("May I keep taking my medication here, and who keeps it?"),
            _("Can I read the house rules before I move in?"),
            _("What does it cost, and what happens to my money if I leave?"),
            _("Is there naloxone in the house, and who knows how to use it?"),
            _("Which standard do you follow, and who checks it?"),
        ),
        (
            _("It is housing, not treatment, unless the house says so."),
            _("Many houses answer to nobody. A membership in a state or national association is a good sign."),
            _("Some put people out at once after use. Ask where you would go that night."),
        ),
        _("Houses differ in kind, not in rank: the national alliance sorts them by how much support they give."),
        "Levels of support and what to ask: North Carolina Association of Recovery Residences (ncarr.org, 6 "
        "questions); "
        "Relias with the National Alliance for Recovery Residences. Many are not regulated, rules on medication "
        "differ: "
        "West Virginia Alliance of Recovery Residences guide. Length: general knowledge.",
    ),
    Treatment(
        "rapid-detox",
        _("Rapid detox under anesthesia"),
        _("Withdrawal from opioids brought on with medicine while somebody is asleep under anesthesia."),
        _("Nobody, as far as the guidelines say."),
        _("Sold as a matter of hours or days."),
        (_("If somebody offers it: why not buprenorphine or methadone, which are safer and work longer?"),),
        (
            _("Not recommended: people have died of it."),
            _("It leaves somebody with a body that handles much less opioid, and no treatment afterwards."),
        ),
        _("In one clinic in New York, of 75 people 2 died and 5 more were seriously harmed."),
        "Not recommended, risk of death: ASAM guideline. The clinic: CDC, MMWR 2013; 62(38).",
        is_advised=False,
    ),
)
BY_SLUG = {option.slug: option for option in OPTIONS}


def questions_for(option: Treatment) -> Iterable[Words]:
    """Return what to ask at a visit, its own questions first; of what nobody advises, only those."""
    return (*option.questions, *EVERYWHERE) if option.is_advised else option.questions
