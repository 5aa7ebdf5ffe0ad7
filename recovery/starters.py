"""First words for goals, by what matters to people; whatever is picked becomes the person's own and can be changed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.starters import Words

VALUES: dict[Promise, Words] = {
    _("Health"): [_("See a doctor or dentist once"), _("Walk 10 minutes, 3 times this week")],
    _("Family"): [_("Spend one hour with someone I love, phone away"), _("Write to someone I miss")],
    _("Friendship"): [_("Ask one person for a coffee"), _("Say thank you to someone who stayed")],
    _("Honesty"): [_("Tell one person one true thing"), _("Answer one letter I have put off")],
    _("Learning and work"): [_("Look up one class or course"), _("Finish one thing I began")],
    _("Home and money"): [_("Put one corner of my home in order"), _("Write down what I spend for a week")],
    _("Joy"): [_("Do one thing I liked as a child"), _("Cook something I have never cooked")],
    _("Faith, nature, quiet"): [
        _("Sit somewhere green for 20 minutes"),
        _("Take 5 quiet minutes each morning this week"),
    ],
}
