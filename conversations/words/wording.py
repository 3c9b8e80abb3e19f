"""Words for one reader: translated texts, dates, times and numbers in their language."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from conversations.content.files.placeholders import filled
from conversations.words.reasons import Reason

CATALOGUES = Path(__file__).parents[2] / "locales"
DOMAIN = "messages"
# Those that have a catalogue; Dutch first, and in place of any other.
DEFAULT = "nl"
# Controls that turn the order of what follows (Unicode Annex 9), and those that set a text apart.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"
# In one word: an address with or without a scheme, of mail, of a person or a bot, a tag, a command.
_LINK = re.compile(r"://|\w[.@][^\W\d_]|^\W*[@#/]\w")
_WORD = re.compile(r"\S+")
LANGUAGES = (DEFAULT, *sorted({path.name for path in CATALOGUES.iterdir() if path.is_dir()} - {DEFAULT, "__pycache__"}))


class OwnText(str):
    """A text of content with translations of its own, by language: they go before the catalogues."""

    translations: Mapping[str, str]

    def __new__(cls, text: str, translations: Mapping[str, str]) -> OwnText:
        """Return a text that says the same as `text`."""
        own = super().__new__(cls, text)
        own.translations = translations
        return own


@lru_cache
def catalogue(language: str) -> Catalog:
    """Return the texts of a language as its file has them, read once; none where it has no file."""
    source = CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not source.exists():
        return Catalog(language)
    with source.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache
def _translations(language: str) -> Translations:
    """Return a language's catalogue, compiled in memory: no compiled file can lag behind its source."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


def escape(text: str) -> str:
    """Return somebody's own words so that they stand in a message as they are, and turn nothing around them."""
    escaped = html.escape(text, quote=False)
    if escaped.isascii():
        return escaped
    escaped = _TURNS.sub("", escaped)
    # Words that run from right to left are set apart: figures and points beside them keep their place.
    if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in escaped):
        return f"{_ISOLATE}{escaped}{_END}"
    return escaped


def unlinked(text: str) -> str:
    """Return `escape(text)` with whatever Telegram would make a link of as plain characters: nobody taps on it."""
    return _WORD.sub(lambda word: f"<code>{word[0]}</code>" if _LINK.search(word[0]) else word[0], escape(text))


@lru_cache
def words_for(language: str, zone: ZoneInfo) -> Words:
    """Return the words of a language, made once."""
    return Words(language, zone)


class Words:
    """What is said in one language. Values put into a text are escaped: nobody's name becomes markup."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.zone = zone
        self.catalogue = _translations(language)

    def text(self, msgid: str, **values: object) -> str:
        """Return a text of the code in this language, with `values` filled in."""
        return self._fill(str(self.catalogue.gettext(msgid)), values, msgid)

    def content(self, context: str, msgid: str, **values: object) -> str:
        """Return a text of the content (a question, an option, an action) in this language."""
        return self._fill(self.raw(msgid, context), values, msgid)

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a text that fits `number`, which it may name as {number}."""
        return self._fill(str(self.catalogue.ngettext(one, many, number)), values | {"number": number}, many)

    def raw(self, msgid: str, context: str | None = None) -> str:
        """Return a text in this language with its placeholders as they stand."""
        if isinstance(msgid, OwnText) and (own := msgid.translations.get(self.language)):
            return own
        if context is None:
            return str(self.catalogue.gettext(msgid))
        return str(self.catalogue.pgettext(context, msgid))

    def reason(self, reason: Reason) -> str:
        """Return a reason in this language, as it goes on paper and into JSON: for a message it has to be escaped."""
        return reason.worded(self.raw)

    @staticmethod
    def _fill(text: str, values: dict[str, object], english: str) -> str:
        """Fill in what a text names; one that was translated wrongly is said in English rather than not at all."""
        if "{" not in text and "}" not in text:
            return text
        escaped = {name: escape(str(value)) for name, value in values.items()}
        return filled(text, escaped, english if english != text else "")

    def day(self, day: date) -> str:
        """Return a day in full without its year: dinsdag 9 maart."""
        return format_date(day, "EEEE d MMMM", locale=self.locale)

    def full_date(self, day: date) -> str:
        """Return a day in full: dinsdag 9 maart 2027."""
        return format_date(day, "EEEE d MMMM y", locale=self.locale)

    def dated(self, moment: datetime) -> str:
        """Return a moment as read off the wall, for paper: 9 maart 2027, 10:00."""
        return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=self.zone, locale=self.locale)

    def day_and_month(self, day: date) -> str:
        """Return a day without its weekday: 9 maart."""
        return format_date(day, "d MMMM", locale=self.locale)

    def month(self, day: date) -> str:
        """Return the month of a day: maart 2027."""
        return format_date(day, "MMMM y", locale=self.locale)

    def short(self, day: date) -> str:
        """Return a day for lists of professionals: 9 mrt."""
        return format_date(day, "d MMM", locale=self.locale)

    def weekday(self, day: date) -> str:
        """Return a day of the week, short: ma."""
        return format_date(day, "EEEEEE", locale=self.locale)

    def weekdays(self, days: str) -> str:
        """Return the days of a week of which "1111100" has a 1, in full and in a list: maandag, dinsdag en vrijdag."""
        monday = date(2026, 1, 5)
        names = [
            format_date(monday + timedelta(days=n), "EEEE", locale=self.locale) for n in range(7) if days[n] == "1"
        ]
        return self.listed(names)

    def listed(self, names: list[str]) -> str:
        """Return names in a list: maart en april."""
        return format_list(names, locale=self.locale)

    def decimal(self, number: float) -> str:
        """Return a number with at most one decimal: 56,5."""
        return format_decimal(number, format="0.#", locale=self.locale)

    def time(self, at: time) -> str:
        """Return a time of the day: 10:00."""
        return format_time(at, "HH:mm", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """Return a moment as read off the wall: dinsdag 9 maart, 10:00."""
        return format_datetime(moment, "EEEE d MMMM, HH:mm", tzinfo=self.zone, locale=self.locale)
