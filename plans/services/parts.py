"""Activities and reasons."""

from datetime import datetime

from accounts.models import User
from plans.models import Activity, Reason
from plans.services import lists


def add_activity(*, person: User, name: str, now: datetime, when: str = "") -> Activity:
    """Add something good to do, last in the order."""
    return lists.put_last(Activity, person=person, now=now, name=name, when=when)


def change_activity(*, activity: Activity, name: str, when: str, now: datetime) -> Activity:
    return lists.change(activity, now=now, name=name, when=when)


def add_reason(*, person: User, text: str, now: datetime) -> Reason:
    """Add a reason, last in the order; the first one is shown at 2 am."""
    return lists.put_last(Reason, person=person, now=now, text=text)


def change_reason(*, reason: Reason, text: str, now: datetime) -> Reason:
    return lists.change(reason, now=now, text=text)
