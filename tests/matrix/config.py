"""Who gets in where: the hallway, the admin and the API's own pages."""

from accounts.models import Export
from plans.models import Ride
from tests.matrix import ADMIN_CURATORS, ADMIN_SUPERUSERS, MEMBERS, OWNER, PUBLIC, Row, row, stock

ROWS: dict[str, Row] = {
    "home": row(PUBLIC, get={200, 302}),  # the landing page, or on to Today
    "terms": row(PUBLIC),
    "privacy": row(PUBLIC),
    "robots": row(PUBLIC),
    "help-now": row(PUBLIC),
    "help-start": row(PUBLIC, get=302),
    "help-country": row(PUBLIC, "POST", deed={302}),
    "help-ride-rate": row(MEMBERS, "POST", deed={302}),
    "help-ride": row(MEMBERS, "POST", deed={302}),
    "help-ride-ended": row(OWNER, "GET HEAD POST", args=lambda stage: [stage.one(Ride).pk], body={"strongest": "7"}),
    "onboarding": row(MEMBERS, get=302),
    "onboarding-step": row(MEMBERS, "GET HEAD POST", args=lambda stage: [2]),
    "you": row(MEMBERS),
    "profile": row(MEMBERS, "GET HEAD POST"),
    "zone-take": row(MEMBERS, "POST", deed={302}),
    "zone-later": row(MEMBERS, "POST", deed={302}),
    "my-data": row(MEMBERS),
    "export-ask": row(MEMBERS, "POST"),
    "export-take": row(OWNER, "POST", args=lambda stage: [stage.one(Export).pk]),
    "export-drop": row(OWNER, "POST", args=lambda stage: [stage.one(Export).pk]),
    "account-delete": row(MEMBERS, "POST"),
    "account-gone": row(PUBLIC),
    "healthz": row(PUBLIC),
    "readyz": row(PUBLIC, get={200, 503}),  # red in tests, where no beat ticks
    "metrics": row(PUBLIC, get={200, 404}),  # this machine only, or a token; tests/reminders/test_operators.py
    "mailbox": row(PUBLIC, get={200, 404}),  # whoever sits at this machine; tests/config/test_mailbox.py says who not
    "mail": row(PUBLIC, args=lambda stage: ["none"], get={404}),
    "cover": row(PUBLIC, "GET POST", get=302, deed={204}),
    "uncover": row(PUBLIC, "POST", deed={302}),
    "worker": row(PUBLIC),
    "manifest": row(PUBLIC, args=lambda stage: ["notes"]),
    "offline": row(PUBLIC),
    "offline-help": row(PUBLIC),
    "offline-after": row(PUBLIC),
    "offline-plan": row(PUBLIC),
    "offline-checkin": row(PUBLIC),
    "offline-waiting": row(PUBLIC),
    "offline-tool": row(PUBLIC, args=lambda stage: ["grounding"]),
    "offline-cover": row(PUBLIC),
    "offline-session": row(PUBLIC),
    "phone": row(MEMBERS),
    "look-take": row(MEMBERS, "POST", body={"look": "notes"}),
    "hide-take": row(MEMBERS, "POST", body={"to": "closed"}),
    "pin-set": row(MEMBERS, "POST"),
    "pin-remove": row(MEMBERS, "POST"),
    "pin-check": row(MEMBERS, "POST"),
    "plan-copy": row(MEMBERS),
    "api-schema": row(PUBLIC),
    "api-pages": row(PUBLIC),
    # The stock admin. Rows for a room's own models stand in the room's file (“admin:resources_listing_*”).
    "admin:index": stock(ADMIN_CURATORS),
    "admin:login": stock(PUBLIC, get={302, 404}),  # leads to our own sign-in; nothing is there for who is in already
    "admin:logout": stock(ADMIN_CURATORS, get={405}),
    "admin:password_change": stock(ADMIN_CURATORS),
    "admin:password_change_done": stock(ADMIN_CURATORS),
    "admin:autocomplete": stock(ADMIN_CURATORS, get={403}),  # nothing names a field to complete
    "admin:jsi18n": stock(ADMIN_CURATORS),
    "admin:view_on_site": stock(ADMIN_CURATORS, args=lambda stage: [0, 0], get={404}),
    "admin:app_list": stock(ADMIN_SUPERUSERS, args=lambda stage: ["accounts"]),
    r"admin/(?P<url>.*)$": stock(ADMIN_CURATORS, url=lambda stage: "/admin/nothing-here/", get={404}),
}
