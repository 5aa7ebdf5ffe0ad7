"""What to make ready before a change begins, in an order that puts safety first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Safety first: clinical.md 3.3 and 3.1; the rest is our own list.
ITEMS: dict[str, Promise] = {
    "safe-to-stop": _("I have asked a clinician if it is safe for me to stop or cut down at home."),
    "naloxone": _("Naloxone is where someone else can reach it."),
    "one-person": _("One person knows what I plan, and when."),
    "who-to-call": _("I have written down who to call when it gets hard."),
    "first-evenings": _("I know what I will do on the first three evenings."),
    "out-of-reach": _("What I do not want near me is out of reach, or someone keeps it."),
    "food-and-rest": _("There is food at home, and time to rest."),
    "first-visit": _("A first visit or meeting has a day."),
}
