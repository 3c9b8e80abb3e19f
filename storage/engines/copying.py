"""Copying of everything from one database into another, empty one: in one transaction there, compared row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, String, Table, collate, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import lease, metadata

# Rows read and written at once.
BATCH = 500
# A lease is about processes, not about what they keep. Parents come before what hangs from them.
TABLES = tuple(table for table in metadata.sorted_tables if table is not lease)


class CopyError(Exception):
    """The target is not empty, or what stands there is not what was read."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One table: its rows, and the hash of all of them in the order of their keys, the same on both sides."""

    table: str
    rows: int
    sha256: str


class _Digest:
    """A hash over rows in one form, whatever database they come from."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, row: Sequence[Any]) -> None:
        """Take one row."""
        self.rows += 1
        self._hash.update(json.dumps([_canonical(value) for value in row]).encode() + b"\n")

    @property
    def result(self) -> tuple[int, str]:
        """How many rows there were, and their hash."""
        return self.rows, self._hash.hexdigest()


def _canonical(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return [type(value).__name__, value.hex() if isinstance(value, bytes) else value.isoformat()]


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    """Read a table in the order of its keys, a batch at a time."""
    # Both sort text by its bytes: SQLite always, PostgreSQL when it is told to.
    keys = [
        collate(key, "C") if isinstance(key.type, String) and connection.dialect.name == "postgresql" else key
        for key in table.primary_key
    ]
    async with connection.stream(select(table).order_by(*keys)) as result:
        async for batch in result.partitions(BATCH):
            yield batch


async def _digest(connection: AsyncConnection, table: Table) -> tuple[int, str]:
    digest = _Digest()
    async for batch in _rows(connection, table):
        for row in batch:
            digest.add(row)
    return digest.result


async def is_empty(connection: AsyncConnection) -> bool:
    """Tell whether no table holds a row."""
    for table in TABLES:
        if (await connection.execute(select(literal(1)).select_from(table).limit(1))).first() is not None:
            return False
    return True


async def copy_all(source: AsyncConnection, target: AsyncConnection) -> list[Copied]:
    """Copy all rows between two writing transactions, and return what was copied, table by table.

    Raises CopyError when the target is not empty, or does not hold in the end what was read: its transaction must not
    be kept then.
    """
    if not await is_empty(target):
        raise CopyError("There is something in the target already. Copy into an empty database.")
    read = {}
    for table in TABLES:
        digest, adding = _Digest(), insert(table)
        async for batch in _rows(source, table):
            for row in batch:
                digest.add(row)
            await target.execute(adding, [dict(row._mapping) for row in batch])
        read[table] = digest.result
    copied = []
    for table in TABLES:
        if await _digest(target, table) != read[table]:
            raise CopyError(f"Table {table.name} is not the same in the target. Nothing was kept there.")
        await _number_on(target, table)
        copied.append(Copied(table.name, *read[table]))
    return copied


async def _number_on(target: AsyncConnection, table: Table) -> None:
    """Let new rows be numbered after those that were copied; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is not None and target.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
        following = f"(SELECT coalesce(max({column.name}), 0) + 1 FROM {table.name})"
        await target.execute(text(f"SELECT setval({sequence}, {following}, false)"))
