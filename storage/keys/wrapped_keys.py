"""Wrapped keys in the database: the installation's own, and one for each subject."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.database import Database
from storage.keys.vault import SYSTEM_SUBJECTS, KeyRing, Subject, Vault, VaultError, WrappedKey
from storage.schema import subject_keys

_LOAD = select(subject_keys).where(subject_keys.c.subject.in_(bindparam("subjects", expanding=True)))
_INSERT = insert(subject_keys)


async def open_vault(database: Database, ring: KeyRing) -> Vault:
    """Return the vault of this database; raises VaultError when the ring is not the one it was made with."""
    async with database.read() as connection:
        return Vault(ring, await load_subjects(connection, ring, SYSTEM_SUBJECTS))


async def make_system_keys(database: Database, ring: KeyRing) -> None:
    """Make the installation's own keys where they are missing; raises VaultError when the ring does not fit."""
    async with database.write() as connection:
        there = await load_subjects(connection, ring, SYSTEM_SUBJECTS)
        if there and len(there) < len(SYSTEM_SUBJECTS):
            raise VaultError("Some of the database's own keys are missing. Restore it from a backup.")
        if not there:
            await keep_keys(connection, [ring.new_subject(name)[1] for name in SYSTEM_SUBJECTS])


async def load_subjects(connection: AsyncConnection, ring: KeyRing, ids: Iterable[str]) -> dict[str, Subject]:
    """Return the subjects that have a key, unwrapped, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await connection.execute(_LOAD, {"subjects": wanted})
    return {row.subject: ring.unwrap(row.subject, row.master, row.wrapped) for row in rows}


async def load_readable(connection: AsyncConnection, ring: KeyRing, ids: Iterable[str]) -> dict[str, Subject]:
    """Return the subjects whose key opens, by id; of the others it is noted that they are damaged."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = {}
    for row in await connection.execute(_LOAD, {"subjects": wanted}):
        try:
            found[row.subject] = ring.unwrap(row.subject, row.master, row.wrapped)
        except VaultError:
            ring.damage.meet("subject_key", row.subject)
    return found


async def keep_keys(connection: AsyncConnection, keys: list[WrappedKey]) -> None:
    """Keep the wrapped keys of new subjects."""
    if keys:
        await connection.execute(
            _INSERT, [{"subject": k.subject, "master": k.master, "wrapped": k.wrapped} for k in keys]
        )
