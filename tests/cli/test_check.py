"""`voorzorg check` finds every misconfiguration that it knows, and names the mend."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.upkeep.checkup import check_up
from bot.webchat.server import Server
from tests.house import TOKEN, settings_for

REGION = Path(__file__).parents[2] / "conversations" / "content" / "packaged" / "region.toml"
MEASURES = REGION.with_name("measures.toml")
CRISIS = REGION.with_name("crisis.toml")
FACT = '[[fact]]\nid = "care"\nyes = [{{ question = "{}", options = ["a"] }}]\n'
FACT += 'no = [{{ question = "home", options = ["own"] }}]'
HELP = '[[crisis]]\nid = "x"\nsay = "y"\nanswers = [{{ question = "{}", options = ["a"] }}]'
RULE = '[[rule]]\nmunicipality = "{}"\nworker = "Anneke"'
TARGET = '[[target]]\nindicator = "{}"\narea = "{}"\nfrom = 2026-01-01\nvalue = 60'
BACKS = REGION.with_name("letter_languages.toml")
Break = Callable[[pytest.MonkeyPatch, Path], None]


def setting(name: str, value: str) -> Break:
    return lambda patch, _folder: patch.setenv(f"VOORZORG_{name}", value)


def content(name: str, text: str) -> Break:
    def wrong(patch: pytest.MonkeyPatch, folder: Path) -> None:
        (folder / "wrong.toml").write_text(text)
        patch.setenv(f"VOORZORG_{name}", str(folder / "wrong.toml"))

    return wrong


def open_to_all(_patch: pytest.MonkeyPatch, folder: Path) -> None:
    os.chmod(folder / "keys" / "master.keys", 0o644)


def without_key(_patch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "keys" / "master.keys").unlink()


def another_key(_patch: pytest.MonkeyPatch, folder: Path) -> None:
    keys = folder / "keys" / "master.keys"
    keys.write_text(f"{keys.read_text().split()[0]} {'A' * 43}=\n")


def without_database(_patch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "data" / "voorzorg.db").unlink()


def not_a_database(_patch: pytest.MonkeyPatch, folder: Path) -> None:
    for path in (folder / "data").iterdir():
        path.unlink()
    (folder / "data" / "voorzorg.db").write_text("this is no database " * 100)


def recording(name: str) -> Break:
    def wrong(patch: pytest.MonkeyPatch, folder: Path) -> None:
        (folder / "audio" / "nl").mkdir(parents=True)
        (folder / "audio" / "nl" / "letter.ogg").write_bytes(b"OggS")
        (folder / "audio" / "nl" / name).write_bytes(b"OggS")
        patch.setenv("VOORZORG_AUDIO_FOLDER", str(folder / "audio"))

    return wrong


def folder_with(name: str, text: str) -> Break:
    """Use a content folder in which this file lies."""

    def wrong(patch: pytest.MonkeyPatch, folder: Path) -> None:
        (folder / "own").mkdir()
        (folder / "own" / name).write_text(text)
        patch.setenv("VOORZORG_CONTENT_FOLDER", str(folder / "own"))

    return wrong


def checklist(old: str, new: str) -> Break:
    """Use a checklist of one's own, in which something is changed."""
    packaged = (REGION.parent / "checklist.toml").read_text()
    assert old in packaged
    return content("CHECKLIST_FILE", packaged.replace(old, new))


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound installation, keys apart from the data."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOORZORG_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOORZORG_MASTER_KEY_FILE", str(tmp_path / "keys" / "master.keys"))
    monkeypatch.setenv("VOORZORG_MEASURES_FILE", str(tmp_path / "measures.toml"))
    (tmp_path / "measures.toml").write_text(MEASURES.read_text().replace("verify = true", "verify = false"))
    monkeypatch.setenv("VOORZORG_CRISIS_FILE", str(tmp_path / "crisis.toml"))
    (tmp_path / "crisis.toml").write_text(CRISIS.read_text().replace("verify = true", "verify = false"))
    monkeypatch.setenv("VOORZORG_LETTER_LANGUAGES_FILE", str(tmp_path / "backs.toml"))
    (tmp_path / "backs.toml").write_text(BACKS.read_text().replace("verify = true", "verify = false"))
    text = REGION.read_text().replace("verify = true", "verify = false")
    (tmp_path / "region.toml").write_text(text)
    monkeypatch.setenv("VOORZORG_REGION_FILE", str(tmp_path / "region.toml"))
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    return tmp_path


def test_a_sound_installation_has_nothing_to_mend(installation: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--offline", "--json"])
    assert result.exit_code == 0, result.output
    assert {finding["state"] for finding in json.loads(result.stdout)} == {"good"}


@pytest.mark.parametrize(
    ("broken", "about", "says", "mend"),
    [
        (setting("BOT_TOKEN", ""), "VOORZORG_BOT_TOKEN", "not set", "@BotFather"),
        (setting("BOT_TOKEN", "hello"), "VOORZORG_BOT_TOKEN", "not look like", "123456:"),
        (setting("BOT_API_URL", "http://example.org"), "VOORZORG_BOT_API_URL", "not https", "readable"),
        (setting("STAFF_TOTP", "off"), "VOORZORG_STAFF_TOTP", "is off", "Remove it"),
        (setting("STAFF_TOTP", "maybe"), "VOORZORG_STAFF_TOTP", "'required' or 'off'", ".env"),
        (setting("TIMEZONE", "Europe/Amsterdm"), "VOORZORG_TIMEZONE", "no time zone", ".env"),
        (setting("LOG_LEVEL", "DEBUG"), "VOORZORG_LOG_LEVEL", "is DEBUG", "INFO"),
        (setting("REGION_FILE", "nowhere.toml"), "region", "cannot be read", "region file"),
        (content("REGION_FILE", 'name = "x"'), "region", "provinces", "region file"),
        (content("CHECKLIST_FILE", 'version = "x"'), "checklist", "question", "checklist file"),
        (checklist('"pets", "tense"', '"pets", "pest"'), "checklist", "no question pest", "checklist file"),
        (
            checklist('"income", "job_known"', '"job_known", "income"'),
            "checklist",
            "ask income before job_known",
            "checklist file",
        ),
        (checklist('["wish", "letter",', '["wish", "wish",'), "checklist", "first: asks wish twice", "checklist file"),
        (
            checklist('options = ["yes", "needed"]', 'options = ["often"]'),
            "checklist",
            "no option often",
            "checklist file",
        ),
        (checklist('id = "digid"', 'id = "sign_in_of_state"'), "checklist", "no question digid", "checklist file"),
        (checklist("lead = 28\nsoon = 7", "days = 3"), "checklist", "counted with lead alone", "checklist file"),
        (checklist("Do you have pets?", "Got pets?"), "checklist", "1 text is in no catalogue", "locales/"),
        (setting("REGION_FILE", str(REGION)), "region contact", "made up", "VOORZORG_REGION_FILE"),
        (content("FACTS_FILE", '[[fact]]\nid = "nothing"'), "facts", "fact", "Correct the facts file"),
        (content("FACTS_FILE", FACT.format("huis")), "facts", "no question huis", "replace the file of facts too"),
        (checklist('id = "carer"', 'id = "zorg"'), "checklist", "there is no question carer", "checklist file"),
        (checklist('{ id = "today", symbol', '{ id = "now", symbol'), "checklist", "no option today", "checklist file"),
        (
            checklist('id = "rent", symbol = "🏠"', 'id = "huur", symbol = "🏠"'),
            "checklist",
            "no option rent",
            "checklist",
        ),
        (
            checklist('{ id = "study", symbol', '{ id = "school", symbol'),
            "checklist",
            "no option study",
            "checklist file",
        ),
        (checklist("for a buddy.", "for a {budy}."), "checklist", "{budy} is not known here", "checklist file"),
        (content("CRISIS_FILE", HELP.format("huis")), "crisis", "no question huis", "replace the file of crisis too"),
        (content("TARGETS_FILE", TARGET.format("nothing", "all")), "targets", "nothing", "Correct the targets file"),
        (
            content("TARGETS_FILE", TARGET.format("contact", "Asen")),
            "targets",
            "no 'Asen' in the region",
            "Write 'Assen'",
        ),
        (content("DISPATCH_FILE", RULE.format("Asen")), "dispatch", "no 'Asen' in the region", "Write 'Assen'"),
        (content("LETTERS_FILE", '[municipalities."Fryslan"]'), "letters", "no 'Fryslan' in the region", "region file"),
        (setting("CONTENT_FOLDER", "nowhere"), "content folder", "it is no folder", "VOORZORG_CONTENT_FOLDER"),
        (folder_with("theme.toml", ""), "content folder", "no content goes by this name", "Rename it to themes.toml"),
        (folder_with("themes.toml", '[[theme]]\nid = "x"'), "themes", "line 1: theme.x.name: is not there", "Write it"),
        (setting("DATABASE_URL", "sqlite+aiosqlite:///nowhere/v.db"), "database", "no database", "init"),
        (recording("lettre.ogg"), "audio", "no text has the id of nl/lettre", "voorzorg audio list"),
        (open_to_all, "keys", "others may read", "chmod 600"),
        (without_key, "keys", "cannot be read", "put the key file back"),
        (another_key, "database", "not the one", "belongs together"),
        (without_database, "database", "no database", "init"),
        (not_a_database, "database", "is not a database", "restore"),
        (setting("DATABASE_URL", "mysql://host/db"), "VOORZORG_DATABASE_URL", "not the address", ".env"),
    ],
)
def test_each_misconfiguration_is_found_with_its_mend(
    installation: Path, monkeypatch: pytest.MonkeyPatch, broken: Break, about: str, says: str, mend: str
) -> None:
    broken(monkeypatch, installation)
    result = CliRunner().invoke(app, ["check", "--offline", "--json"])
    found = [finding for finding in json.loads(result.stdout) if finding["state"] != "good"]
    assert [f for f in found if f["about"] == about and says in f["says"] and mend in f["mend"]], found
    assert result.exit_code == (1 if any(f["state"] == "wrong" for f in found) else 0)
    told = CliRunner().invoke(app, ["check", "--offline"])
    assert mend in told.stdout


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (
            content("FACTS_FILE", FACT.format("huis")),
            "wrong.toml, line 3: fact.care.yes.0.question: the checklist has no question huis; mend the name",
        ),
        (checklist("for a buddy.", "for a {budy}."), "buddy.text: {budy} is not known here; write one of {helper}"),
        (content("SENTENCES_FILE", "[[group]"), "look there for a quote, bracket or = too few"),
        (setting("CRISIS_FILE", "nowhere.toml"), "nowhere.toml cannot be read: it is not there; write the right path"),
    ],
)
def test_the_program_says_what_is_wrong_with_its_content_instead_of_starting(
    installation: Path, monkeypatch: pytest.MonkeyPatch, broken: Break, says: str
) -> None:
    broken(monkeypatch, installation)
    result = CliRunner().invoke(app, ["run"])
    assert result.exit_code == 1
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_keys_in_the_databases_folder_are_worth_a_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    assert "so that no backup of the folder holds both" in CliRunner().invoke(app, ["check", "--offline"]).stdout


@pytest.mark.parametrize(
    ("token", "name", "state", "says"),
    [
        (TOKEN, "Voorzorg", "good", "@voorzorg_bot answers"),
        ("4242:another-token-altogether", "Voorzorg", "wrong", "does not know this token"),
        (TOKEN, "Zelfmelders Groningen", "wrong", "the bot's name says 'zelfmeld'"),
    ],
)
async def test_telegram_is_asked(tmp_path: Path, token: str, name: str, state: str, says: str) -> None:
    async with Server(token=TOKEN, bot_name=name) as server:
        found = await check_up(settings_for(tmp_path, server.url, bot_token=token))
    [finding] = [f for f in found if f.about == "Telegram"]
    assert (finding.state, finding.says) == (state, says)
    assert "another-token" not in str(found)


async def test_a_telegram_that_does_not_answer_is_said(tmp_path: Path) -> None:
    found = await check_up(settings_for(tmp_path, "http://127.0.0.1:9"))
    [finding] = [f for f in found if f.about == "Telegram"]
    assert finding.state == "wrong"
    assert "cannot be reached" in finding.says
