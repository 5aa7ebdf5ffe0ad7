"""First lines to pick from for the plain lists, by kind; whatever is picked becomes the person's own."""

from django.utils.translation import gettext_lazy as _

from plans.models import Item
from plans.starters import Words

Part = Item.Part

# awaiting clinical review; sources: clinical.md §2.1 (1, 3, 6), §2.2 (warning phases), §2.3 (parts 3, 7, 8, 10, 11)
ITEMS: dict[str, dict[str, Words]] = {
    Part.SIGNS: {
        "thought": [_("“Just this once”"), _("“Nobody would notice”"), _("“I've got this, I don't need help”")],
        "feeling": [_("Restless, nothing feels right"), _("Angry at small things"), _("Flat, far away from people")],
        "behavior": [
            _("Not answering messages"),
            _("Skipping meals"),
            _("Skipping my meeting"),
            _("Hiding small things"),
        ],
        "body": [_("Sleeping badly for days"), _("Tense jaw or shoulders"), _("Sweating, heart racing")],
    },
    Part.PLACES: {
        "place": [
            _("The library"),
            _("A café with people in it"),
            _("The gym or pool"),
            _("A park nearby"),
            _("Church, mosque or temple"),
        ],
        "person": [_("Somebody to cook with"), _("Somebody to walk with"), _("My neighbor"), _("The kids")],
    },
    Part.SAFER: {
        "remove": [
            _("Nothing at home to drink or use"),
            _("Nothing to use it with in the house"),
            _("Old bottles and boxes gone"),
            _("Medicines locked, somebody else has the key"),
        ],
        "money": [_("No cash on payday"), _("Somebody I trust holds my card"), _("A limit on my card")],
        "numbers": [
            _("Old numbers deleted and blocked"),
            _("Out of the old group chats"),
            _("Delivery apps off my phone"),
        ],
        "naloxone": [
            _("Naloxone in the kitchen drawer"),
            _("Naloxone in my bag"),
            _("My people know where it is and how to use it"),
        ],
        "other": [_("Another way home"), _("A ride home arranged before I go")],
    },
    Part.SUPPORT: {
        "peer": [_("My home group"), _("Coffee with my sponsor"), _("An online meeting")],
        "professional": [_("My counselor"), _("The clinic"), _("Picking up my prescription")],
        "family": [_("Sunday dinner with family"), _("A call with my sister or brother"), _("A walk with a friend")],
        "online": [_("A recovery forum, evenings")],
        "other": [_("Volunteering"), _("A class")],
    },
    Part.HELP_ME: {
        "do": [
            _("Sit with me, you don't have to fix it"),
            _("Go for a walk with me"),
            _("Bring food"),
            _("Ask me straight: are you safe?"),
        ],
        "leave": [
            _("Asking if I used, first thing"),
            _("Searching my things"),
            _("Telling others"),
            _("Long talks when I'm tired"),
        ],
        "say": [
            _("“I'm glad you called.”"),
            _("“We'll get through the next hour.”"),
            _("“Do you want company or quiet?”"),
        ],
    },
}
