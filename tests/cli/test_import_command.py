"""`cases import` and `letters`: the same as in the chat, at a cli, also for what the chat does not take."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from bot.cli import session
from storage import installation
from storage.clock import SetClock
from tests.cli.command_line import SAMPLES, CommandLine
from tests.overviews.making import HEADINGS, book, overview, repacked

WEEK47, MESSY = str(SAMPLES / "overview-week47.xlsx"), str(SAMPLES / "overview-messy.csv")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """An installation with a coordinator and a worker."""
    monkeypatch.chdir(tmp_path)
    cli = CommandLine()
    cli.run("init")
    for role, name, area in (("coordinator", "Coby", "all"), ("worker", "Anneke", "Assen")):
        cli.run("team", "invite", "--role", role, "--name", name, "--area", area)
    return cli


def kept(folder: Path, data: bytes, name: str = "overzicht.xlsx") -> str:
    file = folder / name
    file.write_bytes(data)
    return str(file)


def test_a_dry_run_says_who_would_hear_what_and_changes_nothing(cli: CommandLine, tmp_path: Path) -> None:
    said = cli.run("cases", "import", kept(tmp_path, overview({}, {})), "--as", "Coby", "--dry-run")
    assert "Nothing is kept" in said
    assert "Anneke hears half an hour after the import: 2 new" in said
    assert cli.json("cases", "list", "--as", "Coby") == []


def test_refused_rows_are_written_to_be_mended_and_brought_in_again(cli: CommandLine, tmp_path: Path) -> None:
    rejected = tmp_path / "mend.xlsx"
    cli.run("cases", "import", MESSY, "--as", "Coby", "--rejected", str(rejected))
    assert oct(rejected.stat().st_mode)[-3:] == "600"
    sheet = openpyxl.load_workbook(rejected).worksheets[0]
    rows = [[cell.value or "" for cell in row] for row in sheet]
    assert rows[0][-1] == "Reden van afkeuring"
    assert len(rows) == 1 + 9  # the empty row is left out
    for row in range(2, sheet.max_row + 1):
        for cell in sheet[row]:
            if cell.value == "Leeuwaarden":
                cell.value = "Leeuwarden"
    stream = BytesIO()
    sheet.parent.save(stream)
    again = cli.json("cases", "import", kept(tmp_path, stream.getvalue(), "again.xlsx"), "--as", "Coby")
    assert (again["new"], len(again["rejected"])) == (1, 8)


def test_rows_of_another_area_are_written_to_be_passed_on(cli: CommandLine, tmp_path: Path) -> None:
    for name, area in (("Dirk", "Drenthe"), ("Gerda", "provincie Groningen")):
        cli.run("team", "invite", "--role", "coordinator", "--name", name, "--area", area)
    file = kept(tmp_path, overview({}, {"Gemeente": "Oldambt", "Melddatum": None}, {"Gemeente": "Maastricht"}))
    there, beyond = tmp_path / "there.xlsx", tmp_path / "beyond.xlsx"
    words = ("--elsewhere", str(there), "--beyond", str(beyond))
    cli.run("cases", "import", file, "--as", "Dirk", *words)
    assert [oct(path.stat().st_mode)[-3:] for path in (there, beyond)] == ["600", "600"]
    assert openpyxl.load_workbook(beyond).worksheets[0]["E2"].value == "Maastricht"
    assert cli.json("cases", "import", str(there), "--as", "Gerda")["new"] == 1
    assert [case["municipality"] for case in cli.json("cases", "list", "--as", "Gerda")] == ["Oldambt"]


def test_misspelt_places_are_taken_for_what_is_proposed_when_asked(cli: CommandLine, tmp_path: Path) -> None:
    file = kept(tmp_path, overview({"Gemeente": "Asen"}))
    assert "'Asen' is probably 'Assen'" in cli.run("cases", "import", file, "--as", "Coby", "--dry-run")
    assert cli.json("cases", "import", file, "--as", "Coby", "--accept")["new"] == 1


def test_names_stay_out_when_they_are_off(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("cases", "import", kept(tmp_path, overview({})), "--as", "Coby", "--names", "off")
    # The same list with names brings them.
    assert cli.json("cases", "import", kept(tmp_path, overview({})), "--as", "Coby")["changed"] == 1


def test_messages_of_an_import_are_taken_back(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("cases", "import", kept(tmp_path, overview({})), "--as", "Coby")
    # Anneke has no chat yet: nothing waits for her.
    assert "0 messages taken back" in cli.run("cases", "recall", "--as", "Coby")


def test_without_anybody_to_ask_more_than_half_changed_needs_a_yes(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("cases", "import", kept(tmp_path, overview(*({} for _ in range(6)))), "--as", "Coby")
    moved = kept(tmp_path, overview(*({"Melddatum": date(2027, 5, 4)} for _ in range(6))), "moved.xlsx")
    assert "--yes" in cli.refused("cases", "import", moved, "--as", "Coby")
    assert cli.json("cases", "import", moved, "--as", "Coby", "--yes")["changed"] == 6


def test_without_anybody_to_ask_more_than_half_missing_needs_a_yes_too(cli: CommandLine, tmp_path: Path) -> None:
    rows = [{"Achternaam": f"{letter}ven"} for letter in "ABCDEFGH"]
    cli.run("cases", "import", kept(tmp_path, overview(*rows)), "--as", "Coby")
    few = kept(tmp_path, overview(*rows[:2]), "few.xlsx")
    assert "are missing from this list" in cli.refused("cases", "import", few, "--as", "Coby")
    assert cli.json("cases", "import", few, "--as", "Coby", "--yes")["missing"] == 6


def test_a_municipalitys_list_says_nothing_of_the_others_unless_it_is_the_areas(
    cli: CommandLine, tmp_path: Path
) -> None:
    places = ("Assen", "Assen", "Emmen", "Meppel")
    rows = [{"Achternaam": f"{'ABCD'[n]}ven", "Gemeente": place} for n, place in enumerate(places)]
    cli.run("cases", "import", kept(tmp_path, overview(*rows)), "--as", "Coby")
    assen = kept(tmp_path, overview(*rows[:1]), "assen.xlsx")
    for words, missing, elsewhere in (
        ((), 1, 2),
        (("--area", "Drenthe"), 3, 0),
        (("--area", "Emmen"), 1, 2),
        (("--area", "all"), 3, 0),
    ):
        said = cli.json("cases", "import", assen, "--as", "Coby", "--dry-run", *words)
        assert (said["missing"], said.get("elsewhere", 0)) == (missing, elsewhere), words
    assert "2 cases in places that this list does not name" in cli.run("cases", "import", assen, "--as", "Coby")


def test_unknown_columns_are_named_and_left_out_when_each_is_agreed_to(cli: CommandLine, tmp_path: Path) -> None:
    file = kept(tmp_path, overview({}, headings=(*HEADINGS, "Opmerkingen", "Status van zaak")))
    said = cli.refused("cases", "import", file, "--as", "Coby")
    assert "--without Opmerkingen --without 'Status van zaak'" in said
    assert "Status" in cli.refused("cases", "import", file, "--as", "Coby", "--without", "opmerkingen")
    words = ("--without", "Opmerkingen", "--without", "status van zaak")
    assert cli.json("cases", "import", file, "--as", "Coby", *words)["new"] == 1


def test_a_row_that_may_be_about_somebody_else_needs_a_yes_of_its_own(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("cases", "import", kept(tmp_path, overview({}, {}, {})), "--as", "Coby")
    rows = [{"Achternaam": "Bos"}, {"Geboortejaar": 1970}, {"Achternaam": "Bos", "Geboortejaar": 1970}]
    other = kept(tmp_path, overview(*rows), "other.xlsx")
    said = cli.json("cases", "import", other, "--as", "Coby", "--yes")
    assert (said["changed"], len(said["rejected"])) == (0, 3)
    assert [(d["row"], d["differs"]) for d in said["doubts"]] == [(2, "last_name"), (3, "birth_year")]
    ref = said["doubts"][0]["ref"]
    assert f"--same {ref}" in cli.run("cases", "import", other, "--as", "Coby")
    again = cli.json("cases", "import", other, "--as", "Coby", "--same", ref.lower())
    assert (again["changed"], len(again["rejected"])) == (1, 2)


def test_a_file_that_is_too_large_for_the_chat_is_read_here(cli: CommandLine, tmp_path: Path) -> None:
    picture = os.urandom(21 * 2**20)
    large = repacked(overview({}, {}, {}), lambda name, content: content, **{"xl/media/image1.png": picture})
    file = kept(tmp_path, large)
    assert Path(file).stat().st_size > 20 * 2**20
    assert cli.json("cases", "import", file, "--as", "Coby")["new"] == 3


def test_letters_wait_until_the_name_of_the_bot_is_known(cli: CommandLine, tmp_path: Path) -> None:
    cli.run(
        "cases",
        "import",
        kept(tmp_path, book([HEADINGS, ("Z1", "Jan", "Bos", 1980, "Assen", "", None, 28)])),
        "--as",
        "Coby",
    )
    out = tmp_path / "brieven.pdf"
    said = cli.refused("letters", "--as", "Coby", "--out", str(out))
    assert "Run 'voorzorg check'" in said
    assert not out.exists()


class _RunningClock(SetClock):
    """A clock that runs, as clocks at a cli do: no two looks at it see the same."""

    def now(self) -> datetime:
        self.forward(milliseconds=1)
        return self.moment


def test_letters_noted_as_sent_are_taken_back_the_same_day(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "clock", _RunningClock(datetime(2026, 11, 24, 10, tzinfo=UTC)))
    cli.run("cases", "import", kept(tmp_path, overview({}, {})), "--as", "Coby")
    assert "No letters were noted" in cli.refused("letters", "--as", "Coby", "--not-sent")

    async def name_the_bot() -> None:
        async with session.opened() as at, at.database.write() as connection:
            await installation.keep(connection, installation.BOT_NAME, "voorzorg_bot")

    asyncio.run(name_the_bot())
    out = str(tmp_path / "brieven.pdf")
    assert cli.json("letters", "--as", "Coby", "--out", out, "--sent")["letters"] == 2
    assert cli.json("letters", "--as", "Coby", "--out", out)["letters"] == 0
    assert "No letters" in cli.refused("letters", "--as", "Anneke", "--not-sent")
    said = cli.run("letters", "--as", "Coby", "--not-sent")
    assert "2 letters, noted at 11:00, count as not sent again." in said
    assert cli.json("letters", "--as", "Coby", "--out", out, "--sent")["letters"] == 2
    assert cli.json("letters", "--as", "Coby", "--not-sent")["letters"] == 2


def test_a_worker_makes_no_letters(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("cases", "import", WEEK47, "--as", "Coby")
    made = cli.json("letters", "--as", "Anneke", "--out", str(tmp_path / "x.pdf"))
    assert made["letters"] == 0
    assert not (tmp_path / "x.pdf").exists()
