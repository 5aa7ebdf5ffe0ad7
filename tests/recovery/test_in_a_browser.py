"""The check-in and Insights in a real browser: what is asked when, and what fits a phone."""

import pytest
from playwright.sync_api import expect

from recovery.models import Journey
from tests.recovery.factories import JourneyFactory


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain-forms"])
def test_whether_it_was_more_than_planned_is_asked_once_use_is_said(open_site, alice, scripts):
    JourneyFactory(person=alice, aim=Journey.Aim.CUT_DOWN)
    site = open_site(java_script_enabled=scripts)
    site.sign_in(alice)
    site.open("/check-in/")
    used = site.page.get_by_role("group", name="Any drinking or using")
    more = site.page.get_by_role("group", name="Was it more than you planned?")

    expect(more).to_be_hidden()
    used.get_by_role("radio", name="Yes").check(force=True)
    expect(more).to_be_visible()
    used.get_by_role("radio", name="No").check(force=True)
    expect(more).to_be_hidden()
