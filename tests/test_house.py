"""The house's own rules: what must hold in every room, whoever builds there next."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from accounts.models import OwnedModel, owned_models
from config import exporting
from tests.words import data_strings, script_strings, stigmatising, visible_strings, visible_text

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "charts", "config", "plans", "recovery", "reminders", "resources", "support")
TEMPLATES = HOUSE / "templates"
MOST_LINES = 400

# Pages that open without an account, each with its reason. A view that says @login_not_required belongs here.
PUBLIC = {
    "home": "what this is, and the way in",
    "cover": "the quick way out works for everyone",
    "uncover": "and the way back",
    "worker": "the same for everybody",
    "manifest": "a name and signs to install under",
    "offline": "kept on the phone for whoever holds it",
    "offline-help": "Help, as for a visitor",
    "offline-after": "being safe after use, as for a visitor",
    "offline-plan": "a page without a plan on it",
    "offline-checkin": "questions without answers",
    "offline-waiting": "a page without anything on it",
    "offline-tool": "the text of an exercise",
    "offline-cover": "the closed page",
    "offline-session": "tells a visitor that they are one",
    "account-gone": "whoever has just deleted an account has none",
    "api-pages": "describes the API, holds nobody's data",
    "api-schema": "describes the API, holds nobody's data",
    "account_login": "the way in",
    "account_signup": "the way in",
    "account_logout": "the way out",
    "account_inactive": "says that an account is closed",
    "account_email_verification_sent": "the code that comes by mail",
    "account_reset_password": "a forgotten password",
    "account_confirm_password_reset_code": "a forgotten password",
    "account_complete_password_reset": "a forgotten password",
    "account_password_reset_completed": "a forgotten password",
    "account_confirm_login_code": "sends back to sign-in: codes to sign in are off",
    "mfa_authenticate": "the second step of the way in",
    "mfa_login_webauthn": "the way in with a passkey",
    "terms": "to read before agreeing",
    "privacy": "to read before agreeing",
    "plans:open-tool": "breathing, grounding and riding an urge need no account",
    "help-now": "never behind a sign-in",
    "help-start": "starts the timer without a script",
    "help-country": "chooses the numbers on Help, in a cookie",
    "resources:listing-list": "phone numbers are for everyone",
    "resources:meetings-feed": "meetings are for everyone, other programs too",
    "resources:listings-table": "the public directory, for spreadsheets",
    "resources:bmlt-json": "meetings are for everyone, programs that read BMLT too",
    "resources:bmlt-jsonp": "the same, for pages of other sites",
    "resources:hsds-services": "the public directory, for programs that read HSDS",
    "resources:listing-calendar": "when a meeting is, for one’s own calendar",
    "resources:on-now": "meetings are for everyone, and most of all on Help",
    "resources:near-choose": "what is near is for everyone; the place stays in the browser",
    "resources:listing-detail": "phone numbers are for everyone",
    "resources:treatment-list": "what each kind of treatment is, for everyone",
    "resources:treatment-detail": "what each kind of treatment is, for everyone",
    "resources:report-new": "whoever sees that a number is wrong can say so, without an account",
    "resources:report-thanks": "the answer to that",
    "reminders:off": "stops reminders from a mail, without signing in",
    "metrics": "numbers about the engine, for this machine or whoever has the token",
    "reminders:calendar-feed": "calendars have no sign-in; the address is the permission, and it says only when",
    "mailbox": "embedded only, for whoever sits at this machine",
    "mail": "embedded only, for whoever sits at this machine",
    "recovery:before-you-stop": "what is dangerous to stop alone is for everyone; no answer is kept",
    "recovery:right-now": "being safe after use needs no account",
    "healthz": "for machines that watch over this one",
    "readyz": "for machines that watch over this one",
    "robots": "tells search engines to stay away",
}

# Models whose rows have no owner, each with its reason.
WITHOUT_OWNER = {
    "accounts.PersonKey": "lives in the keys database, which cannot point into the other; destroyed with the account",
    "accounts.User": "the owner",
    "accounts.Session": "before a sign-in it is nobody's; goes with the account, with the sign-out and when left idle",
    "accounts.Role": "belongs to an account, not to a record; goes with it and stands in the export",
    "resources.Access": "how to reach a public service",
    "resources.ChangeProposal": "a question to curators about a public entry",
    "resources.Group": "people who meet in public; who comes is nowhere",
    "resources.ImportRun": "one reading of a public source",
    "resources.Listing": "a public service; it says nothing about who looks at it",
    "resources.Organization": "who runs a public service",
    "resources.Place": "where a public service is",
    "resources.Program": "the name of a public program",
    "resources.Report": "says that a public entry is wrong; who said so is not kept, on purpose",
    "resources.RunChange": "what one reading did to a public entry",
    "resources.Schedule": "when a public service is open",
    "resources.Slot": "when in the week a public service begins",
    "resources.Source": "where public entries come from",
    "resources.SourceRecord": "what a source said about a public entry",
    "resources.Verification": "that a public entry was checked; stays when the curator's account goes",
    "reminders.ChannelPause": "that a mail server is away, for the whole house",
    "reminders.Tick": "when the clock last ran, for the whole house",
    "recovery.Instrument": "a questionnaire as it was loaded; the same for everyone, and nothing about anyone",
    "resources.StoryReport": "asks to look at a story again; who asked is not kept, on purpose",
    "resources.ToolReview": "that a text of ours was reviewed; it says nothing about who reads it",
    "recovery.SafetyText": "who signed which safety text; the same for everyone",
    "resources.TreatmentReview": "that a text of ours was reviewed; it says nothing about who reads it",
    "recovery.StageSet": "the ways to divide the road are the same for everyone",
    "recovery.Stage": "the stages are the same for everyone",
    "recovery.StageTask": "the tasks of a stage are the same for everyone",
    "recovery.StageSign": "the signs of a stage are the same for everyone",
    "recovery.StageStrategy": "what helps in a stage is the same for everyone",
    "recovery.StageComponent": "the parts of a stage are the same for everyone",
    "support.Access": "outlives both accounts; a trigger lets nobody change it; stands in the export by the plain id",
    "support.AccessChain": "where a person's access log ends; outlives the account with it",
    "support.LogMaintenance": "about the log as a whole, not about anybody in it",
}

# Only addresses that a person chooses to open, never loaded by a page. Template → hosts.
LINKED_HOSTS: dict[str, set[str]] = {}


def files(*endings: str) -> Iterator[Path]:
    """Yield our own files by ending, generated ones left out."""
    for top in (*ROOMS, "templates", "static", "tests"):
        for path in sorted((HOUSE / top).rglob("*")):
            if path.suffix in endings and "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    return (path for path in files(".html", ".txt", ".jinja") if TEMPLATES in path.parents)


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route of ours by its name; the stock admin and the API have walls of their own."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern)), entry
        elif entry.namespace not in {"admin", "api"}:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, prefix, inner)


def test_no_room_imports_from_a_floor_above():
    # Every wall of pyproject.toml, of which the floors are the first; the reasons stand in what it prints.
    assert lint_imports(cache_dir=None, no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_file_holds_two_versions_of_itself():
    torn = [named(path) for path in files(".py", ".html", ".css", ".js", ".jinja", ".json", ".md")
            if re.search(r"^(<{7}|>{7}) ", path.read_text(), re.MULTILINE)]  # fmt: skip

    assert torn == []


def test_no_file_has_more_than_400_lines():
    long = {named(path): len(path.read_text().splitlines()) for path in files(".py", ".html", ".css", ".js", ".jinja")}

    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


# Parts of a template that hold no words, or words that are the same in every language.
NOT_WORDS = re.compile(
    r"{#.*?#}|{% blocktrans.*?{% endblocktrans\w* %}|{% block (?:pagecls|theme|bodyattrs) %}.*?{% endblock %}"
    r"|{% trans .*?{% endtrans %}|{%.*?%}|{{.*?}}|&\w+;|Español",
    re.DOTALL,
)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
# Written by hand for when nothing works, the translations included; or read by people who build on the API.
IN_ENGLISH = {"500.html", "drf_spectacular/swagger_ui.html"}


def test_every_word_of_a_page_can_be_translated():
    bare: dict[str, list[str]] = {}
    for path in templates():
        if path.suffix in {".html", ".jinja"} and path.relative_to(TEMPLATES).as_posix() not in IN_ENGLISH:
            words = re.findall(r"[A-Za-z]{3,}[^\n]*", MARKUP.sub("\n", NOT_WORDS.sub("", path.read_text())))
            bare |= {named(path): words} if words else {}

    assert bare == {}, "put them into translate or blocktranslate"


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in files(".py", ".html", ".txt", ".jinja"))
    unused = []
    for path in templates():
        name = path.relative_to(TEMPLATES).as_posix()
        asked_for = f'"{name}"' in sources or re.search(rf'[/"]{re.escape(path.name)}"', sources)
        if not asked_for and not overrides_a_library(name) and not re.fullmatch(r"\d{3}\.html", name):
            unused.append(name)

    assert unused == []


def overrides_a_library(name: str) -> bool:
    """Whether a template replaces one that an installed library asks for by the same name."""
    ours = {HOUSE / room for room in ROOMS}
    for config in apps.get_app_configs():
        home = Path(config.path)
        if home not in ours and any((home / folder / name).exists() for folder in ("templates", "jinja2")):
            return True
    return name.startswith(("account/email/", "account/messages/"))


def test_every_static_file_that_a_template_names_is_there():
    asked = {
        name for path in files(".html") for name in re.findall(r"""{% static ["']([^"']+)["']""", path.read_text())
    }

    assert {name for name in asked if finders.find(name) is None} == set()


@pytest.mark.parametrize("path", files(".html", ".jinja"), ids=named)
def test_no_template_loads_or_runs_anything_that_is_not_ours(path: Path):
    markup = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL)

    loaded = re.findall(r"""(?:src|srcset|poster|data|action|url\()\s*=?\s*["']?(?:https?:)?//[^"'\s>]+""", markup)
    linked = set(re.findall(r"""href=["']https?://([^/"'\s>]+)""", markup))
    inline = re.findall(r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|<script(?![^>]*\ssrc=)[^>]*>""", markup)

    assert loaded == []
    assert linked <= LINKED_HOSTS.get(named(path), set())
    assert inline == []


@pytest.mark.parametrize("path", files(".css", ".js"), ids=named)
def test_no_style_or_script_reaches_another_host(path: Path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).replace("http://www.w3.org/", "")

    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"')]*", code) == []
    assert re.findall(r"\beval\(|new Function\(|document\.write|innerHTML", code) == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_no_page_or_mail_uses_a_stigmatising_word(path: Path):
    assert stigmatising(visible_text(path.read_text())) == []


@pytest.mark.parametrize("path", [path for path in files(".py") if "tests" not in path.parts], ids=named)
def test_no_sentence_in_the_code_uses_a_stigmatising_word(path: Path):
    sentences = visible_strings(ast.parse(path.read_text()))

    assert [found for sentence in sentences for found in stigmatising(sentence, page=False)] == []


@pytest.mark.parametrize("path", files(".js"), ids=named)
def test_no_sentence_in_a_script_uses_a_stigmatising_word(path: Path):
    assert [found for sentence in script_strings(path.read_text()) for found in stigmatising(sentence)] == []


@pytest.mark.parametrize(
    "path", [path for path in files(".json", ".webmanifest") if "tests" not in path.parts], ids=named
)
def test_no_sentence_in_a_data_file_uses_a_stigmatising_word(path: Path):
    sentences = data_strings(json.loads(path.read_text()))

    assert [found for sentence in sentences for found in stigmatising(sentence)] == []


@pytest.mark.parametrize(
    ("finder", "source"),
    [
        (script_strings, 'say("You stayed clean"); // a streak\n'),
        (data_strings, {"entries": [{"notes": "You stayed clean", "url": "https://x.example/habit"}]}),
        (lambda source: visible_strings(ast.parse(source)), 'say("You stayed clean")'),
    ],
)
def test_the_finders_of_words_see_what_people_read_and_nothing_else(finder, source):
    assert [found for sentence in finder(source) for found in stigmatising(sentence)] == ["stayed clean"]


def test_every_public_view_is_on_the_list():
    opened = {name for name, route in routes() if getattr(route.callback, "login_required", True) is False}

    assert opened == PUBLIC.keys()


def test_every_model_has_an_owner_or_a_reason():
    ours = [model for room in ROOMS if apps.is_installed(room) for model in apps.get_app_config(room).get_models()]
    without = {model._meta.label for model in ours if not issubclass(model, OwnedModel)}

    assert without == WITHOUT_OWNER.keys(), "give the model an owner, or write down why it has none"


def test_every_model_stands_in_the_table_of_what_is_kept():
    table = (HOUSE / "docs" / "data.md").read_text()
    rooms = [room for room in ROOMS if apps.is_installed(room)]
    ours = {model._meta.label for room in rooms for model in apps.get_app_config(room).get_models()}

    assert {label for label in ours if f"`{label}`" not in table} == set(), (
        "say in docs/data.md what it holds, how long"
    )
    named = set(re.findall(r"`((?:accounts|reminders|resources|plans|recovery|support)\.[A-Z]\w+)`", table))
    assert named == ours


def test_every_owned_model_is_in_the_export():
    exported = {model._meta.label for model in exporting.exported_models()}

    assert {model._meta.label for model in owned_models()} - exported == exporting.LEFT_OUT.keys()


def test_every_owned_model_goes_with_the_account():
    for model in owned_models():
        person = model._meta.get_field("person")
        assert isinstance(person, models.ForeignKey)
        assert person.remote_field.on_delete is models.CASCADE, model._meta.label


def test_every_module_starts_with_a_sentence():
    silent = []
    for path in files(".py"):
        if path.name == "__init__.py" and not path.read_text().strip():
            continue
        if not ast.get_docstring(ast.parse(path.read_text())):
            silent.append(named(path))

    assert silent == []
