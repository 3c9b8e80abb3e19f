"""The invitation sheet: on paper, for one person, with both pictures; what they lead to is what was made."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pyotp
import pypdfium2
import zxingcpp

from bot.settings import Settings
from storage import installation
from storage.engines.database import Database
from tests.cli.command_line import CommandLine


def _named() -> None:
    """The bot has been reached once: its name is known."""

    async def keep() -> None:
        database = Database(Settings().database_url)
        await database.open()
        async with database.write() as connection:
            await installation.keep(connection, installation.BOT_NAME, "voorzorg_bot")
        await database.close()

    asyncio.run(keep())


def _pictures(file: Path) -> set[str]:
    page = pypdfium2.PdfDocument(file)[0]
    return {found.text for found in zxingcpp.read_barcodes(page.render(scale=3).to_pil())}


def test_the_sheet_has_the_secret_and_the_way_in_as_pictures_and_as_text(cli: CommandLine, tmp_path: Path) -> None:
    _named()
    sheet = tmp_path / "anneke.pdf"
    words = ("--role", "worker", "--name", "Anneke & co", "--area", "Groningen", "--sheet", str(sheet))
    made = cli.json("team", "invite", *words)
    assert _pictures(sheet) == {made["totp_uri"], made["link"]}
    text = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    secret = pyotp.parse_uri(made["totp_uri"]).secret
    assert secret in text.replace(" ", "").replace("\r\n", "")
    assert "Anneke & co" in text
    assert "Vernietig" in text
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600


def test_before_the_bot_has_a_name_the_code_is_typed(cli: CommandLine, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = cli.json("team", "invite", "--role", "worker", "--name", "A", "--area", "all", "--sheet", str(sheet))
    assert _pictures(sheet) == {made["totp_uri"]}


def test_a_sheet_that_cannot_be_written_makes_no_invitation(cli: CommandLine, tmp_path: Path) -> None:
    words = ("--role", "worker", "--name", "A", "--area", "all", "--sheet", str(tmp_path / "none" / "sheet.pdf"))
    assert "cannot be written" in cli.refused("team", "invite", *words)
    assert [m["name"] for m in cli.json("team", "list")] == ["Coby"]


def test_a_casemanager_works_in_a_prison(cli: CommandLine) -> None:
    words = ("--role", "casemanager", "--name", "Karin", "--area")
    assert "works in a prison" in cli.refused("team", "invite", *words, "Groningen")
    assert cli.json("team", "invite", *words, "Veenhuizen")["area"] == "PI Veenhuizen"
