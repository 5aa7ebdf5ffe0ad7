"""The description of the API: complete, committed, and no different from what runs."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

COMMITTED = Path(settings.BASE_DIR) / "docs" / "api.yaml"


@pytest.mark.embedded  # the other database has other bounds for whole numbers, which the description names
def test_the_committed_description_is_the_one_that_runs(tmp_path):
    fresh = tmp_path / "api.yaml"

    call_command("spectacular", validate=True, fail_on_warn=True, file=str(fresh))

    assert fresh.read_text() == COMMITTED.read_text(), (
        "The API has changed. Write it anew: ./dev manage spectacular --validate --fail-on-warn --file docs/api.yaml"
    )


def test_every_operation_says_what_it_answers_to_a_stranger():
    import yaml

    paths = yaml.safe_load(COMMITTED.read_text())["paths"]

    for address, methods in paths.items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"} and address.startswith("/api/v1/"):
                assert {"401", "404"} <= set(operation["responses"]), f"{method} {address}"


@pytest.mark.parametrize("address", ["/api/", "/api/schema/"])
@pytest.mark.django_db(databases=["default", "keys"])
def test_the_pages_about_the_api_are_open_and_name_no_other_host(client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert b"https://" not in answer.content.replace(b"https://www.w3.org", b"")


def test_the_page_that_reads_the_description_runs_under_the_strict_policy(site):
    site.open("/api/")

    # The page draws what is in sight and the rest while it is scrolled: the first of the alphabet stands on top.
    site.page.locator("[data-path='/api/v1/accesses/']").first.wait_for()
