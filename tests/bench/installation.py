"""An installation that was prepared once and is copied for each run, on SQLite or on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from tests.bench.cases import make_cases
from tests.house import settings_for
from tests.postgresql import Postgresql


@dataclass(frozen=True, slots=True)
class Template:
    """What was prepared: a folder with keys, the codes of the invitations, and a database there or on a `server`."""

    folder: Path
    codes: list[str]
    server: Postgresql | None = None
    database: str = ""

    @property
    def postmaster(self) -> int | None:
        """The process of the database server; None when there is none."""
        return self.server.postmaster if self.server else None

    @asynccontextmanager
    async def copy(self, folder: Path) -> AsyncIterator[str]:
        """Copy it to `folder`; yields the address of its database."""
        shutil.copytree(self.folder, folder)
        if self.server is None:
            yield f"sqlite+aiosqlite:///{folder}/voorzorg.db"
        else:
            async with self.server.database(self.database) as url:
                yield url


async def on_sqlite(folder: Path, count: int) -> Template:
    """Prepare an installation with `count` cases in `folder`."""
    return Template(folder, await make_cases(settings_for(folder, ""), count))


@asynccontextmanager
async def on_postgresql(server: Postgresql, folder: Path, count: int) -> AsyncIterator[Template]:
    """Prepare one whose database is on `server`, until the end of the context."""
    async with server.database() as url:
        codes = await make_cases(settings_for(folder, "", database_url=url), count)
        yield Template(folder, codes, server, make_url(url).database or "")
