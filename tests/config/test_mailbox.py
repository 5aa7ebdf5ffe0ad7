"""The mailbox shows sign-up codes, so it opens on this machine only, and only in the embedded default."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def mails(settings, tmp_path):
    settings.MAILBOX = tmp_path
    return tmp_path


@pytest.fixture
def here() -> Client:
    """A browser on this machine."""
    return Client(HTTP_HOST="localhost")


def write(folder, subject: str, text: str) -> None:
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    connection.send_messages([EmailMessage(subject, text, "hello@localhost", ["new@example.org"])])


def test_mailbox_lists_the_newest_first(mails, here):
    write(mails, "Your code", "ABC-123")
    write(mails, "A later one", "see http://localhost:8000/off/x/")

    page = here.get(reverse("mailbox")).content.decode()

    assert page.index("A later one") < page.index("Your code")


def test_mailbox_mail_is_shown_as_text_not_as_a_page(mails, here):
    write(mails, "Your code", "The code is ABC-123 – grüße 🙂\n<script>alert(1)</script>")
    name = f"{next(mails.glob('*.log')).stem}-0"

    one = here.get(reverse("mail", args=[name])).content.decode()

    assert "ABC-123 – grüße 🙂" in one
    assert "&lt;script&gt;" in one


def test_mailbox_with_nothing_in_it_says_so(mails, here):
    assert "No mail yet" in here.get(reverse("mailbox")).content.decode()


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fmaster.key", "a\\b"])
def test_mailbox_shows_nothing_outside_its_folder(mails, here, name):
    (mails.parent / "master.key").write_text("never shown")

    assert here.get(f"/mailbox/{name}/").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_HOST": "way.example.org"},
    ],
)
def test_mailbox_is_not_there_for_anyone_elsewhere(mails, settings, sent):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "way.example.org"]
    write(mails, "Your code", "ABC-123")

    assert Client(HTTP_HOST="localhost").get(reverse("mailbox"), **sent).status_code == 404


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9", "[::1]:8000"])
def test_mailbox_opens_under_each_name_of_this_machine(mails, settings, host):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

    assert Client(HTTP_HOST=host).get(reverse("mailbox")).status_code == 200


def test_mailbox_is_not_there_where_mail_is_sent(settings):
    settings.MAILBOX = None

    assert Client(HTTP_HOST="localhost").get(reverse("mailbox")).status_code == 404
