"""Content as data: how a TOML file becomes checked, frozen objects, with complaints that say where and what to mend."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]


class ContentError(ValueError):
    """A file of content cannot be used: where it is wrong, and what was expected there."""


class Data(BaseModel):
    """A table of a file: what it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ContentFile(Data):
    """A whole file. A subclass names the packaged one."""

    @classmethod
    def packaged(cls) -> str:
        """Return the name of the packaged file."""
        raise NotImplementedError

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Return the content of the file at `path`, or of the packaged one; raises ContentError."""
        name = cls.packaged()
        source = path if path is not None else resources.files("conversations") / "content" / name
        label = name if path is None else str(path)
        try:
            return cls.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ContentError(f"{label} cannot be read: {error}") from error
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
            lines = [f"{label}: {'.'.join(map(str, f['loc'])) or 'file'}: {f['msg']}" for f in faults]
            raise ContentError("\n".join(lines)) from error
