"""What a phone keeps of the site so that it opens without a network: addresses, and a name for this version of them.

Nothing on this list is anybody's own: each page is drawn as for a visitor who never signed in.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from resources.tools import TOOLS

# Styles, scripts and fonts of the pages below.
FILES = (
    *("css/tokens.css", "css/app.css", "css/pages.css", "css/plans.css", "css/tools.css", "css/recovery.css"),
    *("js/hide.js", "js/app.js", "js/device.js", "js/vault.js", "js/outbox.js", "js/wave.js", "js/tool.js"),
    *("js/rise.js", "js/keep.js", "js/kept.js", "js/later.js", "js/closed.js"),
    *("fonts/sign.woff2", "fonts/text.woff2", "icons/favicon.svg", "django_htmx/htmx-2.min.js"),
)
# Help waits this long for the network before the copy on the phone is shown; the others only where a signal hangs.
HELP_PATIENCE, PATIENCE = 1_000, 8_000  # milliseconds
WORKER = Path(__file__).resolve().parent.parent / "static" / "js" / "worker.js"
PUSH = WORKER.with_name("push-worker.js")  # the same worker shows notifications, where the person wants any


def pages() -> dict[str, tuple[str, int]]:
    """Return for each address what stands in for it without a network, and how long the network may take."""
    instead = {
        "help-now": ("offline-help", HELP_PATIENCE),
        "plan": ("offline-plan", PATIENCE),
        "recovery:checkin": ("offline-checkin", PATIENCE),
        "recovery:right-now": ("offline-after", PATIENCE),
    }
    found = {reverse(name): (reverse(copy), patience) for name, (copy, patience) in instead.items()}
    for slug, tool in TOOLS.items():
        if not tool.page:
            found[f"/tools/{slug}/"] = (reverse("offline-tool", args=[slug]), PATIENCE)
    return found


@cache
def version() -> str:
    """Return a name for what is kept: it changes with each file that a phone has to fetch anew."""
    sums = hashlib.sha256()
    for path in (*map(_source, FILES), WORKER, PUSH, *sorted((settings.BASE_DIR / "templates").rglob("*.html"))):
        sums.update(path.read_bytes())
    return sums.hexdigest()[:12]


def _source(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


@cache
def script() -> str:
    """Return the worker: its code with what it has to keep written on top."""
    table = pages()
    kept = {
        "version": version(),
        "pages": {address: {"copy": copy, "patience": patience} for address, (copy, patience) in table.items()},
        "fallback": reverse("offline"),
        "cover": reverse("cover"),
        "uncover": reverse("uncover"),
        "closed": reverse("offline-cover"),
        "waiting": reverse("offline-waiting"),
        "help": reverse("offline-help"),
        "files": [static(name) for name in FILES],
    }
    parts = [
        f"const SHELL = {json.dumps(kept, indent=1)};",
        *(path.read_text(encoding="utf-8") for path in (WORKER, PUSH)),
    ]
    return "\n".join(parts)
