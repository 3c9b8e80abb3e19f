"""Erasure of a case: its key, its rows, its indexes; and a ledger outside the database, so that no list brings it back.

The ledger holds keyed hashes, a line each: of the number on the lists, and of name, year of birth and municipality,
since who was added by hand has no number. It lies beside the key ring, outside the database and its backups: a backup
from before an erasure is brought up to it; next week's overview is checked against it, and who is added by hand.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from sqlalchemy import bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.engines import residue
from storage.figures.monitoring import let_go
from storage.keys.vault import Vault
from storage.people.names import person_key
from storage.schema import cases, inbox, outbox, subject_keys

# The key itself; a chat before it was this person's, and the queues, are sealed under the installation's own.
OPENED_BY_OTHER_KEYS = ("subject_key", "chat", "inbox", "outbox", "overview_draft")
_CASE = delete(cases).where(cases.c.id == bindparam("case"))
_KEY = delete(subject_keys).where(subject_keys.c.subject == bindparam("case"))
_WAITING_OUT = (
    update(outbox).where(outbox.c.chat_id == bindparam("chat")).values(state="dropped", reason="erased", payload=None)
)
_WAITING_IN = (
    update(inbox).where(inbox.c.chat_index == bindparam("index")).values(state="done", payload=None, chat_index=None)
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
    await residue.note(connection, *OPENED_BY_OTHER_KEYS, residue.OF_CASES)


class ErasureLedger:
    """The hashes of what was erased at own request."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self._path = path
        self._vault = vault

    @classmethod
    def beside(cls, key_file: Path, vault: Vault) -> ErasureLedger:
        """Return the ledger that lies beside a key file."""
        return cls(key_file.with_suffix(".erased"), vault)

    def _of_number(self, number: str) -> str:
        return self._vault.blind("overview", number).hex()

    def _of_person(self, first_name: str, last_name: str, birth_year: int | None, municipality: str) -> str | None:
        first, last, year = person_key(first_name, last_name, birth_year)
        if not first or not last or year is None:
            return None  # a list that was taken over without names: everybody of that year would look alike
        return self._vault.blind("erased", "\x00".join((first, last, str(year), municipality.casefold()))).hex()

    def note(self, who: Identity, municipality: str, day: date) -> None:
        """Write down that the case of this person was erased, before its rows go."""
        person = self._of_person(who.first_name, who.last_name, who.birth_year, municipality)
        hashes = [hash_ for hash_ in (who.number and self._of_number(who.number), person) if hash_]
        if not hashes:
            return
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("".join(f"{hash_} {day.isoformat()}\n" for hash_ in hashes))
            file.flush()
            os.fsync(file.fileno())

    def hashes(self) -> set[str]:
        """Return the hashes of all that was erased."""
        if not self._path.exists():
            return set()
        return {line.split()[0] for line in self._path.read_text().splitlines() if line.strip()}

    def holds(self, number: str, hashes: set[str]) -> bool:
        """Tell whether this number is among `hashes`."""
        return self._of_number(number) in hashes

    def holds_person(
        self, first_name: str, last_name: str, birth_year: int, municipality: str, among: set[str]
    ) -> bool:
        """Tell whether somebody of this name, year of birth and municipality is `among` these hashes."""
        return self._of_person(first_name, last_name, birth_year, municipality) in among
