"""A content file: how TOML becomes checked, frozen objects, with complaints that say where and what to mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from conversations.content.files.lines import NAMES, Step, line_of

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]
# What stands on a button is read whole, also on a small phone with large letters.
Label = Annotated[str, Field(min_length=1, max_length=40)]
Symbol = Annotated[str, Field(min_length=1, max_length=8)]
# A chat takes it for the beginning of markup, and refuses the whole screen.
MARKUP = "holds a <, which no phone shows; write it in words"
# Bytes of a file; the packaged ones have a tenth of that at most.
LARGEST = 1_000_000

# What to do about what pydantic says, where its own words do not say it.
_MENDS = {
    "extra_forbidden": "this key is not known; take it out or mend its spelling",
    "missing": "is not there; write it",
    "string_too_long": "is too long (at most {max_length} characters); make it shorter",
    "string_too_short": "is empty; write a text",
    "too_short": "is too short (at least {min_length}); write more of them",
    "too_long": "is too long (at most {max_length}); leave some out",
    "string_pattern_mismatch": "does not look as it should ({pattern}); write it anew",
    "string_type": "is no text; put it between quotes",
}
_NO_TOML = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")
# How a sentence begins that says where: keys and ids with points between them.
_WHERE = re.compile(r"([\w /-]+(?:\.[\w /-]+)*): ")
_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'")


class ContentError(ValueError):
    """A file of content cannot be used: where it is wrong, and what was expected there; a line each."""


class Data(BaseModel):
    """A table of a file: what it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="after")
    def _is_shown_as_it_stands(self) -> Self:
        refuse(f"{key}: {MARKUP}" for key in type(self).model_fields if has_markup(getattr(self, key)))
        return self


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read; `label`: what to call it."""

    label: str
    text: str
    data: dict[str, Any]

    def says(self, fault: str, *wanted: Sequence[Step]) -> str:
        """Return a complaint about this file with the line of the first of `wanted`, else of what it names itself."""
        line = line_of(self.text, *wanted, *_named(fault))
        return f"{self.label}, line {line}: {fault}" if line else f"{self.label}: {fault}"


def read_toml(path: Path | None, packaged: str) -> Source:
    """Return the file at `path`, or the packaged one; raises ContentError."""
    source = path if path is not None else resources.files("conversations.content") / "packaged" / packaged
    label = packaged if path is None else str(path)
    refused = f"{label} cannot be read:"
    try:
        if path is not None:
            _look(path, refused)
        written = source.read_bytes()
    except FileNotFoundError as error:
        raise ContentError(f"{refused} it is not there; write the right path in the settings") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ContentError(f"{refused} {why}; look at the path and who may read it") from error
    try:
        # Editors on Windows put a mark before the first character.
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(f"{refused} it has another encoding; save it as UTF-8") from error
    if "\0" in text:
        raise ContentError(f"{refused} it has another encoding; save it as UTF-8")
    if not text.strip():
        raise ContentError(f"{refused} it is empty; write it, or leave it out for the packaged one")
    try:
        # As tomllib counts lines.
        return Source(label, text.replace("\r\n", "\n"), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _NO_TOML.fullmatch(str(error))
        why, line = (found[1], found[2] or text.count("\n") + 1) if found else (str(error), 1)
        mend = "look there for a quote, bracket or = too few"
        raise ContentError(f"{label}, line {line}: cannot be read: {why}; {mend}") from error


def _look(path: Path, refused: str) -> None:
    """Look at a file before it is read: what is no content does not fill the memory, or never end."""
    if path.is_dir():
        raise ContentError(f"{refused} it is a folder; write the path of a file")
    size = path.stat().st_size
    if not path.is_file():
        raise ContentError(f"{refused} it is no file; write the path of a file")
    if size > LARGEST:
        raise ContentError(f"{refused} it is larger than {LARGEST // 1_000_000} MB; look whether it is the right file")


def complaints(error: ValidationError, source: Source, examples: dict[str, str] | None = None) -> Iterator[str]:
    """Say of each wrong key where it stands, by the ids of the file, what is wrong, and what to do about it.

    `examples`: what to write for a key of this name.
    """
    faults = error.errors(include_url=False)
    for fault in faults:
        path = fault["loc"]
        # Of which each element is wrong, pydantic finds that there are too few.
        if fault["type"] == "too_short" and any(one["loc"][: len(path)] == path for one in faults if one is not fault):
            continue
        where = ".".join(_path(path, source.data))
        said = _said(fault, examples or {})
        for line in said.splitlines():
            if fault["type"] != "value_error":
                wanted = [path[:length] for length in range(len(path), 0, -1)]
                yield source.says(f"{where or 'file'}: {line}", *wanted)
            else:
                wanted = [(*path, *steps) for steps in _named(line)]
                yield source.says(f"{where}: {line}" if where else line, *wanted, *_named(line), path)


def _said(fault: Any, examples: dict[str, str]) -> str:
    if fault["type"] == "value_error":
        return str(fault["msg"].removeprefix("Value error, "))
    known = _MENDS.get(fault["type"])
    said = known.format(**fault.get("ctx", {})) if known else f"{fault['msg']}; write it anew"
    example = next((examples[str(part)] for part in reversed(fault["loc"]) if part in examples), None)
    if example is None or fault["type"] == "extra_forbidden":
        return said
    return f"{said.rpartition('; ')[0]}; write {example}"


def _path(steps: Sequence[int | str], data: Any) -> Iterator[str]:
    """Return the steps to a key; of a list not the place, but the id or the name of what stands there."""
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        named = next((data[key] for key in NAMES if key in data), None) if isinstance(data, dict) else None
        yield named if isinstance(step, int) and isinstance(named, str) else str(step)


def _named(fault: str) -> list[tuple[Step, ...]]:
    """Return the paths that a sentence can mean: what it begins with, ever less of it, and what it quotes."""
    steps: list[tuple[Step, ...]] = []
    if found := _WHERE.match(fault):
        parts = tuple(part for part in re.split(r"[./ ]", found[1]) if part)
        steps = [parts[:length] for length in range(len(parts), 0, -1)]
    quoted: list[tuple[Step, ...]] = [(one or other,) for one, other in _QUOTED.findall(fault)]
    return [*steps[:1], *quoted, *steps[1:]]


def twice(table: str, ids: Iterable[str], mend: str = "give it an id of its own") -> Iterator[str]:
    """Yield of each id that a table has more than once that it does."""
    seen: set[str] = set()
    again = sorted({one for one in ids if one in seen or seen.add(one)})  # type: ignore[func-returns-value]
    yield from (f"{table}.{one}: stands there twice; {mend}" for one in again)


def refuse(faults: Iterable[str]) -> None:
    """Raise ValueError with all faults, a line each, if there are any."""
    if found := list(faults):
        raise ValueError("\n".join(found))


def has_markup(said: object) -> bool:
    """Tell whether a text, or one of several, holds what a chat takes for markup."""
    return any(isinstance(text, str) and "<" in text for text in (said if isinstance(said, tuple) else (said,)))


class ContentFile(Data):
    """A whole file. `packaged`: the name of the packaged one; `examples`: what to write for a key of this name."""

    packaged: ClassVar[str]
    examples: ClassVar[dict[str, str]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Return the content of the file at `path`, or of the packaged one; raises ContentError."""
        return cls.from_source(read_toml(path, cls.packaged))

    @classmethod
    def from_source(cls, source: Source) -> Self:
        """Return the content of a file that was read; raises ContentError."""
        try:
            return cls.model_validate(source.data)
        except ValidationError as error:
            raise ContentError("\n".join(complaints(error, source, cls.examples))) from error
