"""A checkup: what is wrong with an installation, and the mend: settings, keys, database, token, content."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

from babel.messages.pofile import read_po
from pydantic import ValidationError
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.introduction import ask_who_we_are
from bot.settings import Settings
from bot.upkeep.content_checkup import look_at_content
from bot.upkeep.finding import Finding
from conversations.content import whole
from conversations.words.wording import CATALOGUES, DEFAULT, LANGUAGES
from storage import installation
from storage.engines.connection import SQLAlchemyError
from storage.engines.database import Database
from storage.engines.errors import SchemaError
from storage.keys.vault import KeyRing, VaultError
from storage.keys.wrapped_keys import open_vault

# A bot's name shows on lock screens (safety.md, G3.5).
TELLING = ("straf", "gevang", "detentie", "justitie", "reclass", "zelfmeld", "schuld", "prison", "penitent")


async def check_up(settings: Settings | ValidationError, ask_telegram: bool = True) -> list[Finding]:
    """Look at everything, and return what was found in the order of mending."""
    if isinstance(settings, ValidationError):
        return [
            Finding("wrong", f"VOORZORG_{str(fault['loc'][0]).upper()}", fault["msg"], "Correct it in .env.")
            for fault in settings.errors()
        ]
    found = [*_settings(settings), *look_at_content(settings), *_catalogues()]
    found += [finding async for finding in _data(settings)]
    if ask_telegram and settings.bot_token.get_secret_value():
        found.append(await _telegram(settings))
    return found


def _settings(settings: Settings) -> Iterator[Finding]:
    token = settings.bot_token.get_secret_value()
    head, _, secret = token.partition(":")
    if not token:
        yield Finding(
            "wrong", "VOORZORG_BOT_TOKEN", "is not set", "Ask @BotFather for a bot, and put its token in .env."
        )
    elif not head.isdecimal() or len(secret) < 8:
        yield Finding("wrong", "VOORZORG_BOT_TOKEN", "does not look like a token", "It looks like 123456:ABC-DEF…")
    else:
        yield Finding("good", "VOORZORG_BOT_TOKEN", "is set")
    if not settings.bot_api_url.startswith("https://") and "127.0.0.1" not in settings.bot_api_url:
        yield Finding("wrong", "VOORZORG_BOT_API_URL", "is not https", "Everything would be readable on the way.")
    if settings.staff_totp == "off":
        yield Finding("wrong", "VOORZORG_STAFF_TOTP", "is off", "Remove it: staff sign in with a code (BIO 5.17.01).")
    if settings.log_level == "DEBUG":
        yield Finding("mind", "VOORZORG_LOG_LEVEL", "is DEBUG", "Use INFO where real people are.")


def _catalogues() -> Iterator[Finding]:
    texts = {}
    for language in LANGUAGES:
        with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            texts[language] = {(str(m.id), m.context): m.string for m in read_po(file) if m.id}
    for language in LANGUAGES:
        missing = [key for key in texts[DEFAULT] if not texts[language].get(key)]
        if missing:
            mend = "Translate them in locales/."
            yield Finding("wrong", f"texts in {language}", f"{len(missing)} are missing", mend)
        else:
            yield Finding("good", f"texts in {language}", f"{len(texts[language])}, complete")
    for line in whole.catalogues():
        said, _, mend = line.rpartition("; ")
        yield Finding("wrong", "texts", said, mend[:1].upper() + mend[1:] + ".")


async def _data(settings: Settings) -> AsyncIterator[Finding]:
    path = settings.master_key_file
    try:
        ring = await asyncio.to_thread(KeyRing.load, path)
    except VaultError as error:
        yield Finding("wrong", "keys", str(error), "Run 'voorzorg init', or put the key file back.")
        return
    mode = stat.S_IMODE((await asyncio.to_thread(path.stat)).st_mode)
    if mode & 0o077:
        yield Finding("wrong", "keys", f"others may read {path} (mode {mode:o})", f"chmod 600 {path}")
    else:
        yield Finding("good", "keys", f"{len(ring.keys)} in the ring")
    database = Database(settings.database_url)
    where = Path(database.url.database or "") if database.is_sqlite else None
    if where is not None and where.resolve().parent == path.resolve().parent:
        mend = "Move it with VOORZORG_MASTER_KEY_FILE, so that no backup of the folder holds both."
        yield Finding("mind", "keys", "the key file lies in the database's folder", mend)
    try:
        await database.open()
        await open_vault(database, ring)
    except (SchemaError, VaultError) as error:
        yield Finding("wrong", "database", str(error), "Run 'voorzorg init', or restore what belongs together.")
    except (SQLAlchemyError, OSError) as error:
        says = f"does not open ({type(error).__name__})"
        yield Finding("wrong", "database", says, "Is VOORZORG_DATABASE_URL right, and the folder writable?")
    else:
        yield Finding("good", "database", f"{database.url.get_backend_name()} opens with these keys")
    finally:
        await database.close()


async def _keep(settings: Settings, name: str) -> None:
    """Keep the bot's name for invitations, where there is a database for it."""
    database = Database(settings.database_url)
    with suppress(SchemaError, SQLAlchemyError, OSError):  # what is wrong with it is said of the database
        await database.open()
        async with database.write() as connection:
            await installation.keep(connection, installation.BOT_NAME, name)
    await database.close()


async def _telegram(settings: Settings) -> Finding:
    try:
        me = await ask_who_we_are(settings)
    except InvalidToken:
        return Finding("wrong", "Telegram", "does not know this token", "Ask @BotFather for the token of your bot.")
    except (TelegramError, TimeoutError) as error:
        says = f"cannot be reached at {settings.bot_api_url} ({type(error).__name__})"
        return Finding("wrong", "Telegram", says, "Is the network open, and VOORZORG_BOT_API_URL right?")
    await _keep(settings, me.username or "")
    shown = f"{me.first_name} {me.username}".lower()
    if telling := [word for word in TELLING if word in shown]:
        mend = "It shows on lock screens: choose a neutral name with @BotFather."
        return Finding("wrong", "Telegram", f"the bot's name says {telling[0]!r}", mend)
    return Finding("good", "Telegram", f"@{me.username} answers")
