"""A content file: how TOML becomes checked, frozen objects, with complaints that say where and what to mend."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]

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


class ContentError(ValueError):
    """A file of content cannot be used: where it is wrong, and what was expected there; a line each."""


class Data(BaseModel):
    """A table of a file: what it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_toml(path: Path | None, packaged: str) -> tuple[str, dict[str, Any]]:
    """Return what to call a file, and what stands in it: that at `path`, or the packaged one; raises ContentError."""
    source = path if path is not None else resources.files("conversations.content") / "packaged" / packaged
    label = packaged if path is None else str(path)
    try:
        # Editors on Windows put a mark before the first character.
        return label, tomllib.loads(source.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ContentError(f"{label} cannot be read: it is not there; write the right path in the settings") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ContentError(f"{label} cannot be read: {why}; look at the path and who may read it") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{label} cannot be read: it has another encoding; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{label} cannot be read: {error}; look there for a quote, bracket or = too few") from error


def complaints(error: ValidationError, data: dict[str, Any]) -> Iterator[str]:
    """Say of each wrong key where it stands, by the ids of the file, what is wrong, and what to do about it."""
    for fault in error.errors(include_url=False):
        where = ".".join(_path(fault["loc"], data)) or "file"
        known = _MENDS.get(fault["type"])
        if fault["type"] == "value_error":
            said = fault["msg"].removeprefix("Value error, ")
        else:
            said = known.format(**fault.get("ctx", {})) if known else f"{fault['msg']}; write it anew"
        yield from (f"{where}: {line}" for line in said.splitlines())


def _path(steps: Sequence[int | str], data: Any) -> Iterator[str]:
    """Return the steps to a key; of a list not the place, but the id or the name of what stands there."""
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        named = data.get("id") or data.get("name") or data.get("code") if isinstance(data, dict) else None
        yield named if isinstance(step, int) and isinstance(named, str) else str(step)


def twice(ids: Iterable[str]) -> list[str]:
    """Return what stands in `ids` more than once."""
    seen: set[str] = set()
    return sorted({one for one in ids if one in seen or seen.add(one)})  # type: ignore[func-returns-value]


class ContentFile(Data):
    """A whole file. A subclass names the packaged one."""

    @classmethod
    def packaged(cls) -> str:
        """Return the name of the packaged file."""
        raise NotImplementedError

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Return the content of the file at `path`, or of the packaged one; raises ContentError."""
        label, data = read_toml(path, cls.packaged())
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise ContentError("\n".join(f"{label}: {line}" for line in complaints(error, data))) from error
