"""A checkup: what is wrong with an installation, and the mend: settings, keys, database, token, content."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from babel.messages.pofile import read_po
from pydantic import ValidationError
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.introduction import ask_who_we_are
from bot.settings import Settings
from bot.upkeep.recordings import spoken_content, without_a_text
from conversations.content import whole
from conversations.content.audio import Audio
from conversations.content.checklist.model import Checklist, ChecklistError
from conversations.content.content_file import ContentError
from conversations.content.crisis import Crisis
from conversations.content.dispatch import Dispatch
from conversations.content.extraction import extract
from conversations.content.facts import Facts
from conversations.content.letter_languages import LetterLanguages
from conversations.content.measures import Measures
from conversations.content.region import Region, RegionError
from conversations.content.sentences import Sentences
from conversations.figures.figures import Targets
from conversations.words.letter_texts import LetterRules
from conversations.words.wording import CATALOGUES, DEFAULT, LANGUAGES
from storage import installation
from storage.engines.connection import SQLAlchemyError
from storage.engines.database import Database
from storage.engines.errors import SchemaError
from storage.keys.vault import KeyRing, VaultError
from storage.keys.wrapped_keys import open_vault
from storage.scope import PROVINCE

# A bot's name shows on lock screens (safety.md, G3.5).
TELLING = ("straf", "gevang", "detentie", "justitie", "reclass", "zelfmeld", "schuld", "prison", "penitent")


Loaded = TypeVar("Loaded")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at. `wrong` must be mended before people use it, `mind` is worth a look."""

    state: Literal["good", "mind", "wrong"]
    about: str
    says: str
    mend: str = ""


async def check_up(settings: Settings | ValidationError, ask_telegram: bool = True) -> list[Finding]:
    """Look at everything, and return what was found in the order of mending."""
    if isinstance(settings, ValidationError):
        return [
            Finding("wrong", f"VOORZORG_{str(fault['loc'][0]).upper()}", fault["msg"], "Correct it in .env.")
            for fault in settings.errors()
        ]
    found = [*_settings(settings), *_content(settings), *_catalogues()]
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


def _content(settings: Settings) -> Iterator[Finding]:
    try:
        region = Region.load(settings.region_file)
    except RegionError as error:
        yield from (Finding("wrong", "region", line, "Correct the region file.") for line in str(error).splitlines())
    else:
        yield Finding("good", "region", f"{region.name}: {len(region.municipalities)} municipalities")
        for key in region.unverified():
            mend = "Put your own in a region file (VOORZORG_REGION_FILE) and take `verify` away."
            yield Finding("mind", f"region {key}", "is made up or unchecked", mend)
    try:
        checklist = Checklist.load(settings.checklist_file)
    except ChecklistError as error:
        lines = str(error).splitlines()
        yield from (Finding("wrong", "checklist", line, "Correct the checklist file.") for line in lines)
    else:
        yield Finding("good", "checklist", f"version {checklist.version}: {len(checklist.questions)} questions")
        if settings.checklist_file is not None:
            yield from _own_texts(settings.checklist_file)
    yield from _worker_content(settings)


def _own_texts(checklist_file: Path) -> Iterator[Finding]:
    """A text of one's own that no catalogue has is shown as it is written, whatever somebody reads."""
    with checklist_file.open("rb") as file:
        texts = {(text, context) for _, _, (context, text), _ in extract(file, (), (), {})}
    with (CATALOGUES / DEFAULT / "LC_MESSAGES" / "messages.po").open("rb") as file:
        known = {(str(m.id), m.context) for m in read_po(file) if m.id}
    if new := len(texts - known):
        says = "1 text is in no catalogue" if new == 1 else f"{new} texts are in no catalogue"
        yield Finding("mind", "checklist", says, "Write them in plain Dutch, or translate them in locales/.")


def _loaded(what: str, mend: str, load: Callable[[], Loaded]) -> Generator[Finding, None, Loaded | None]:
    """Load a piece of content, or say of each line what is wrong with it."""
    try:
        return load()
    except ContentError as error:
        yield from (Finding("wrong", what, line, mend) for line in str(error).splitlines())
        return None


def _worker_content(settings: Settings) -> Iterator[Finding]:
    measures = yield from _loaded(
        "measures", "Correct the file of measures.", lambda: Measures.load(settings.measures_file)
    )
    if measures is not None:
        yield Finding("good", "measures", f"{len(measures.measures)} measures")
        if unsure := [one.id for one in measures.measures if one.verify]:
            mend = "Check them with the municipality, and put them in a file of your own (VOORZORG_MEASURES_FILE)."
            yield Finding("mind", "measures", f"{len(unsure)} are not checked: {', '.join(unsure)}", mend)
    sentences = yield from _loaded(
        "sentences", "Correct the file of sentences.", lambda: Sentences.load(settings.sentences_file)
    )
    if sentences is not None:
        number = sum(len(group.sentences) for group in sentences.groups)
        yield Finding("good", "sentences", f"{number} ready sentences")
    dispatch = yield from _loaded(
        "dispatch", "Correct the file of dispatch.", lambda: Dispatch.load(settings.dispatch_file)
    )
    if dispatch is not None:
        yield Finding("good", "dispatch", f"{len(dispatch.rules)} rules")
        yield from _places(settings, "dispatch", {r.municipality for r in dispatch.rules if r.municipality})
        yield from _places(settings, "dispatch", {r.province for r in dispatch.rules if r.province}, provinces=True)
    ladder = yield from _loaded(
        "letters", "Correct the file of letters.", lambda: LetterRules.load(settings.letters_file)
    )
    if ladder is not None:
        yield from _places(settings, "letters", set(ladder.municipalities))
    if settings.letter_template is not None and not settings.letter_template.is_file():
        mend = "Set VOORZORG_LETTER_TEMPLATE to a .typ file, or leave it out."
        yield Finding("wrong", "letters", f"there is no template {settings.letter_template}", mend)
    written = yield from _loaded(
        "letters", "Correct the languages of letters.", lambda: LetterLanguages.load(settings.letter_languages_file)
    )
    if written is not None and (unsure := [side.code for side in written.languages if side.verify]):
        mend = "Have a native speaker read them, in a file of your own (VOORZORG_LETTER_LANGUAGES_FILE)."
        yield Finding("mind", "letters", f"backs of letters are not checked: {', '.join(unsure)}", mend)
    crisis = yield from _loaded(
        "crisis", "Correct the file of crisis texts.", lambda: Crisis.load(settings.crisis_file)
    )
    if crisis is not None:
        yield Finding("good", "crisis", f"{len(crisis.helps)} kinds of help")
        if unsure := [one.language for one in crisis.spoken if one.verify]:
            mend = "Have a native speaker read them, in a file of your own (VOORZORG_CRISIS_FILE)."
            yield Finding("mind", "crisis", f"sentences are not checked: {', '.join(unsure)}", mend)
    yield from _figures(settings)
    yield from _together(settings, crisis)
    mend = "Correct the folder of recordings (VOORZORG_AUDIO_FOLDER)."
    audio = yield from _loaded("audio", mend, lambda: Audio.load(settings.audio_folder))
    if audio is not None:
        yield Finding("good", "audio", f"{len(audio.files)} recordings")
        yield from _lost_recordings(settings)


def _together(settings: Settings, crisis: Crisis | None) -> Iterator[Finding]:
    """What is wrong between files; what is wrong with a file alone is said of that file."""
    with suppress(ContentError):
        checklist, facts = Checklist.load(settings.checklist_file), Facts.load(settings.facts_file)
        if crisis is not None:
            for line in whole.references(checklist, facts, crisis):
                what, _, says = line.partition(": ")
                said, _, mend = says.rpartition("; ")
                yield Finding("wrong", what, said, mend[:1].upper() + mend[1:] + ".")


def _figures(settings: Settings) -> Iterator[Finding]:
    facts = yield from _loaded("facts", "Correct the file of facts.", lambda: Facts.load(settings.facts_file))
    if facts is not None:
        yield Finding("good", "facts", f"{len(facts.facts)} facts for the figures")
    targets = yield from _loaded("targets", "Correct the file of targets.", lambda: Targets.load(settings.targets_file))
    if targets is not None:
        yield Finding("good", "targets", f"{len(targets.targets)} targets")
        areas = {target.area for target in targets.targets} - {"all"}
        yield from _places(settings, "targets", {area for area in areas if not area.startswith(PROVINCE)})
        of_provinces = {area.removeprefix(PROVINCE) for area in areas if area.startswith(PROVINCE)}
        yield from _places(settings, "targets", of_provinces, provinces=True)


def _places(settings: Settings, what: str, named: set[str], provinces: bool = False) -> Iterator[Finding]:
    """A rule for a place that the region does not have holds for nobody, and nobody notices."""
    with suppress(RegionError):  # what is wrong with the region is said of the region
        region = Region.load(settings.region_file)
        known = {province.name for province in region.provinces} if provinces else set(region.municipalities)
        for name in sorted(named - known):
            match = None if provinces else region.municipality(name)
            mend = f"Write {match.name!r}." if match else "Write it as the region file does."
            yield Finding("wrong", what, f"there is no {name!r} in the region", mend)


def _lost_recordings(settings: Settings) -> Iterator[Finding]:
    """A recording under an id that no text has is heard by nobody."""
    with suppress(ContentError, ChecklistError, RegionError):  # what is wrong with the content is said of the content
        if lost := without_a_text(spoken_content(settings)):
            says = f"no text has the id of {', '.join(lost)}"
            yield Finding("mind", "audio", says, "Rename what is there: 'voorzorg audio list' gives the ids.")


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
