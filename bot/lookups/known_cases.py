"""Known cases, by what an overview or a command says of them: a case number's index, a reference, an area."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case import Case
from storage.case.cases import Cases
from storage.schema import cases
from storage.scope import Scope

# Values in one statement: SQLite takes 32,766, PostgreSQL 32,767.
CHUNK = 500

_NUMBERED = select(cases.c.id, cases.c.overview_index).where(
    cases.c.overview_index.in_(bindparam("indexes", expanding=True))
)
_LISTED = select(
    cases.c.id,
    cases.c.ref,
    cases.c.overview_index,
    cases.c.missing_since,
    cases.c.phase,
    cases.c.municipality,
    cases.c.province,
    cases.c.prison,
).where(cases.c.overview_index.is_not(None))
_REFS = select(cases.c.ref)


async def references(connection: AsyncConnection) -> set[str]:
    """Return every reference that is taken."""
    return set((await connection.execute(_REFS)).scalars())


async def with_reference(connection: AsyncConnection, stores: Cases, ref: str) -> Case | None:
    """Return the case of a reference, None when there is none or it does not open."""
    found = await stores.find(connection, cases.c.ref == ref)
    return next(iter((await stores.load(connection, found)).values()), None)


async def with_references(connection: AsyncConnection, stores: Cases, refs: Sequence[str]) -> AsyncIterator[list[Case]]:
    """Load the cases of references, many or few, so many at a time as one statement takes."""
    for at in range(0, len(refs), CHUNK):
        ids = await stores.find(connection, cases.c.ref.in_(refs[at : at + CHUNK]))
        yield list((await stores.load(connection, ids)).values())


async def with_numbers(connection: AsyncConnection, indexes: Sequence[bytes]) -> dict[str, bytes]:
    """Return the blind indexes of case numbers by the ids of their cases; at most CHUNK of them."""
    rows = await connection.execute(_NUMBERED, {"indexes": indexes})
    return {row.id: row.overview_index for row in rows}


async def listed(connection: AsyncConnection, scope: Scope) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what is plain of the cases that a list brought and whose area may be imported, by reference."""
    rows = await connection.execute(_LISTED.where(scope.visible("import")).order_by(cases.c.ref))
    return rows.all()


async def added_by_hand(connection: AsyncConnection, stores: Cases, scope: Scope, places: Collection[str]) -> list[str]:
    """Return the ids of the open cases in these municipalities that no list has brought."""
    by_hand = (cases.c.overview_index.is_(None), cases.c.phase != "closed", cases.c.municipality.in_(places))
    return await stores.find(connection, scope.visible("import"), *by_hand)
