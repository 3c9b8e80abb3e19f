"""Crisis, as data: after which answers and typed words somebody sees which help, and what else is heard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from conversations.content.checklist.model import Condition
from conversations.content.files import placeholders
from conversations.content.files.content_file import ContentFile, Data, Id, Text, refuse, twice
from conversations.content.files.worded import Worded

# Before words of the file: they are the whole text.
WHOLE = "="
# A * among words of the file stands for at most so many others.
BETWEEN = 3
# What is always heard, whatever file stands in the place of the packaged one; and the number that it must name.
Means = Literal["suicide", "violence"]
NUMBERS: dict[Means, frozenset[str]] = {
    "suicide": frozenset({"suicide", "suicide_free"}),
    "violence": frozenset({"violence"}),
}
FILLED = ("helper", "number", "suicide", "suicide_free", "violence", "legal", "legal_days", "emergency")
# Words of another language in one text, from which on it is taken for that language.
ENOUGH = 2


class Help(Worded):
    """Help that fits what was said. `quiet`: it can be put out of sight with a tap.

    `means`: what no file can leave out: who thinks of dying, and who is not safe at home, is always heard.
    """

    texts = ("say",)

    id: Id
    means: Means | None = None
    say: str = Field(min_length=1, max_length=600)
    quiet: bool = False
    answers: tuple[Condition, ...] = ()
    words: tuple[Text, ...] = ()


class Rude(Data):
    """Words that get a calm answer."""

    words: tuple[Text, ...] = ()


class Spoken(Data):
    """A language, known by its words or its script; `say`: one sentence in it, when the screens do not speak it."""

    language: Text
    words: tuple[Text, ...] = ()
    script: Text | None = None
    say: Text | None = None
    verify: bool = False


def plain(text: str) -> str:
    """Return words as they are compared: small letters without accents, one space apart."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    # Marks, apostrophes, and what shows nothing (joiners, directions), which would cut a word in two.
    kept = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Me", "Cf") and c not in "'’`´")
    # Who means it much writes a letter many times.
    return re.sub(r"(\w)\1{2,}", r"\1\1", " ".join(re.sub(r"[\W_]+", " ", kept).split()))


# Letters apart, so many at least: z e l f, d.o.o.d. Initials are fewer, or no words.
_APART = re.compile(r"\b[^\W\d_](?: [^\W\d_]){3,}\b")


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    gap = rf"(?:\w+ ){{0,{BETWEEN}}}"
    found = []
    for phrase in words:
        parts = [plain(part) for part in phrase.split("*")]
        pattern = f" {gap}".join(re.escape(part) for part in parts)
        found.append(f"^{pattern}$" if phrase.startswith(WHOLE) else pattern)
    return re.compile(rf"\b(?:{'|'.join(found)})\b") if found else None


class Crisis(ContentFile):
    """All of it. `signal`: typed words raise an urgent signal for the worker."""

    packaged = "crisis.toml"

    signal: bool = True
    helps: tuple[Help, ...] = Field(alias="crisis", min_length=1)
    rude: Rude = Rude()
    spoken: tuple[Spoken, ...] = ()

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Return the content of a file, with what is built in where it leaves that out; raises ContentError."""
        own = super().load(path)
        return own if path is None else own.with_built_in(super().load(None))

    def with_built_in(self, packaged: Self) -> Self:
        """Return this with the packaged help of each meaning that it lacks, and the packaged words of those it has.

        A municipality says it in its own words, and adds to what is heard; it cannot make anybody unheard.
        """
        helps = list(self.helps)
        for built_in in packaged.helps:
            if built_in.means is None:
                continue
            # A file that was copied before meanings were declared has the packaged id.
            own = next((n for n, one in enumerate(helps) if one.means == built_in.means), None)
            own = next((n for n, one in enumerate(helps) if one.id == built_in.id), None) if own is None else own
            if own is None:
                helps.insert(0, built_in)
            else:
                words = tuple(dict.fromkeys((*helps[own].words, *built_in.words)))
                helps[own] = helps[own].model_copy(update={"words": words, "means": built_in.means})
        return self.model_copy(update={"helps": tuple(helps)})

    @model_validator(mode="after")
    def _can_be_said(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        yield from twice("crisis", (one.id for one in self.helps))
        meant = [one.means for one in self.helps if one.means]
        yield from (
            f"crisis.{one}: several mean it; keep one of each" for one in sorted(set(meant)) if meant.count(one) > 1
        )
        yield from twice("spoken", (one.language for one in self.spoken), "keep one of each language")
        for one in self.helps:
            yield from (f"crisis.{one.id}.say: {fault}" for fault in placeholders.faults(one.say, FILLED))
            if one.means and not any(f"{{{name}}}" in one.say for name in NUMBERS[one.means]):
                name = max(NUMBERS[one.means], key=len)
                yield f"crisis.{one.id}.say: {{{name}}} is missing; write whom to call"
        for language in self.spoken:
            faults = placeholders.faults(language.say or "{number}", needed=("number",))
            yield from (f"spoken.{language.language}.say: {fault}" for fault in faults)

    @cached_property
    def _patterns(self) -> list[tuple[Help, re.Pattern[str]]]:
        return [(one, pattern) for one in self.helps if (pattern := _pattern(one.words))]

    @cached_property
    def _run_together(self) -> list[tuple[Help, tuple[str, ...]]]:
        """Return the words of the file without spaces, for who types every letter apart."""
        return [
            (one, tuple(plain(w.replace("*", "")).replace(" ", "") for w in one.words if not w.startswith(WHOLE)))
            for one in self.helps
        ]

    @cached_property
    def _rude(self) -> re.Pattern[str] | None:
        return _pattern(self.rude.words)

    @cached_property
    def _spoken(self) -> list[tuple[Spoken, frozenset[str]]]:
        return [(one, frozenset(plain(word) for word in one.words)) for one in self.spoken]

    def help(self, help_id: str) -> Help | None:
        """Return help by its id."""
        return next((one for one in self.helps if one.id == help_id), None)

    def after(self, question: str, said: Iterable[str]) -> Help | None:
        """Return the help that fits an answer."""
        options = set(said)
        return next(
            (one for one in self.helps for c in one.answers if c.question == question and options & set(c.options)),
            None,
        )

    def heard(self, text: str) -> Help | None:
        """Return the help that fits typed words, also where letters stand apart."""
        words = plain(text)
        apart = [_joined(match) for match in _APART.finditer(words)]
        said = (words, _APART.sub(_joined, words)) if apart else (words,)
        found = next((one for one, pattern in self._patterns if any(map(pattern.search, said))), None)
        if found is None and apart:
            run = self._run_together
            found = next(
                (one for one, together in run if any(w in letters for letters in apart for w in together)), None
            )
        return found

    def is_rude(self, text: str) -> bool:
        """Tell whether typed words are rude."""
        return self._rude is not None and self._rude.search(plain(text)) is not None

    def language_of(self, text: str) -> Spoken | None:
        """Return the language in which somebody types, when it shows that it is one of these."""
        for one in self.spoken:
            if one.script and any(c.isalpha() and one.script in unicodedata.name(c, "") for c in text):
                return one
        words = plain(text).split()
        counted = [(len({*words} & known), one) for one, known in self._spoken]
        most, likeliest = max(counted, key=lambda pair: pair[0], default=(0, None))
        return likeliest if most >= ENOUGH else None


# Nine digits with little between them; not a part of a longer number, nor of a telephone number with a country's.
_NINE = re.compile(r"(?<![\d+])(?<!\d[ .-])(?:\d[ ./_-]{0,3}){8}\d(?!\d)")
# Eight of them: a first zero was left out. Only where the number is called by its name, or stands alone.
_EIGHT = re.compile(r"(?<![\d+])(?<!\d[ .-])(?:\d[ ./_-]{0,3}){7}\d(?!\d)")
_NAMED = re.compile(r"bsn|sofi|burgerservice|citizen service", re.IGNORECASE)


def _passes(digits: str) -> bool:
    """Apply the eleven-test of citizen service numbers."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    numbers = [int(c) for c in digits]
    return any(numbers) and sum(n * w for n, w in zip(numbers, weights, strict=True)) % 11 == 0


def _is_a_day(digits: str) -> bool:
    """Tell whether eight digits can be a date, with the day or the year first."""
    year, month, day = digits[4:], digits[2:4], digits[:2]
    if digits[:2] in ("19", "20") and int(digits[4:6]) <= 12:
        year, month, day = digits[:4], digits[4:6], digits[6:]
    return year[:2] in ("19", "20") and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def holds_citizen_number(text: str) -> bool:
    """Tell whether a text holds a number that passes the eleven-test of citizen service numbers."""
    letters = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in letters if unicodedata.category(c) != "Cf")
    for match in _NINE.finditer(seen):
        if _passes("".join(str(int(c)) for c in match[0] if c.isdecimal())):
            return True
    for match in _EIGHT.finditer(seen):
        digits = "".join(str(int(c)) for c in match[0] if c.isdecimal())
        alone = match[0] == seen.strip() and not _is_a_day(digits)
        if (alone or _NAMED.search(seen)) and _passes(f"0{digits}"):
            return True
    return False
