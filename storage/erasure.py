"""Erasing a case: its key, its rows, its indexes; and a ledger outside the database, so that no list brings it back.

The ledger holds keyed hashes of overview numbers, a line each. It lies beside the key ring, outside the database and
its backups: a backup from before an erasure is brought up to it, and next week's overview is checked against it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from sqlalchemy import bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case import Case
from storage.monitoring import let_go
from storage.schema import cases, inbox, outbox, subject_keys
from storage.vault import Vault

_CASE = delete(cases).where(cases.c.id == bindparam("case"))
_KEY = delete(subject_keys).where(subject_keys.c.subject == bindparam("case"))
_WAITING_OUT = (
    update(outbox).where(outbox.c.chat_id == bindparam("chat")).values(state="dropped", reason="erased", payload=None)
)
_WAITING_IN = (
    update(inbox)
    .where(inbox.c.chat_index == bindparam("index"), inbox.c.state != "done")
    .values(state="done", payload=None)
)


async def erase(connection: AsyncConnection, case: Case, chat: tuple[str, bytes] | None) -> None:
    """Delete everything of a case; `chat` is its chat's id and blind index. Rows that hang from it go with it.

    Its row among the figures stays, without it.
    """
    if chat is not None:
        await connection.execute(_WAITING_OUT, {"chat": chat[0]})
        await connection.execute(_WAITING_IN, {"index": chat[1]})
    await let_go(connection, case.id)
    await connection.execute(_CASE, {"case": case.id})
    await connection.execute(_KEY, {"case": case.id})


class ErasureLedger:
    """The hashes of what was erased at own request."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self._path = path
        self._vault = vault

    @classmethod
    def beside(cls, key_file: Path, vault: Vault) -> ErasureLedger:
        """Return the ledger that lies beside a key file."""
        return cls(key_file.with_suffix(".erased"), vault)

    def _hash(self, number: str) -> str:
        return self._vault.blind("overview", number).hex()

    def note(self, number: str | None, day: date) -> None:
        """Write down that the case with this overview number was erased, before its rows go."""
        if number is None:
            return
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{self._hash(number)} {day.isoformat()}\n")
            file.flush()
            os.fsync(file.fileno())

    def hashes(self) -> set[str]:
        """Return the hashes of all that was erased."""
        if not self._path.exists():
            return set()
        return {line.split()[0] for line in self._path.read_text().splitlines() if line.strip()}

    def holds(self, number: str, hashes: set[str]) -> bool:
        """Tell whether this number is among `hashes`."""
        return self._hash(number) in hashes
