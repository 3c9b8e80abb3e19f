"""Invitations: a code that binds one phone to one case or one member of staff, once, and for a limited time."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import installation
from storage.case.case_parts import new_id
from storage.keys.vault import Vault
from storage.schema import invitations

# Wrong years of birth, after which an invitation is burned.
TRIES = 3
# Codes that open nothing, by whomever, after which the administrators hear of it, once an hour: nobody is shut out.
WRONG_AN_HOUR = 50
# Random bytes of a code: 22 characters of base64url (Bot API: a start payload has at most 64 of A-Za-z0-9_-).
CODE_BYTES = 16
# A typed code: 12 characters without look-alikes, in groups of four.
SHORT_ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
SHORT_LENGTH = 12
_LONG = re.compile(r"[A-Za-z0-9_-]{22}")
# What stands around a code when it is typed or copied: quotes, brackets, a full stop; and between its groups: spaces
# and every kind of dash, a dot, a slash.
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN = re.compile(r"[\W_]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")
_LONG_INSIDE = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")
_GROUP = f"[{SHORT_ALPHABET}]{{4}}"
_SHORT_INSIDE = re.compile(
    rf"(?<![^\W_])(?<![^\W_]-){_GROUP}[\s-]{{0,3}}{_GROUP}[\s-]{{0,3}}{_GROUP}(?!-?[^\W_])", re.IGNORECASE
)

_INSERT = insert(invitations)
_END = (
    update(invitations)
    .where(
        or_(invitations.c.case_id == bindparam("of_case"), invitations.c.staff_id == bindparam("of_staff")),
        invitations.c.used_at.is_(None),
        invitations.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"))
)
_FIND = select(invitations).where(
    or_(invitations.c.code_hash == bindparam("hash"), invitations.c.short_hash == bindparam("hash"))
)
# One statement decides who is first: two phones with one code at the same time give one success.
_USE = (
    update(invitations)
    .where(
        invitations.c.id == bindparam("row_id"),
        invitations.c.used_at.is_(None),
        invitations.c.ended_at.is_(None),
        invitations.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
)
_TRY = update(invitations).where(invitations.c.id == bindparam("row_id")).values(tries=invitations.c.tries + 1)
_BURN = update(invitations).where(invitations.c.id == bindparam("row_id")).values(ended_at=bindparam("now"))


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is kept: its code only as a hash."""

    id: str
    case_id: str | None
    staff_id: str | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    tries: int

    def is_open(self, now: datetime) -> bool:
        """Tell whether it still opens anything."""
        return self.used_at is None and self.ended_at is None and self.expires_at > now


@dataclass(frozen=True, slots=True, repr=False)
class FreshCode:
    """A code, known only now: to be printed or shown, never kept."""

    code: str
    short_code: str
    expires: datetime


def read_code(text: str) -> str | None:
    """Return a well-formed code in its own spelling (long, or short without what divides its groups), else None."""
    text = _EDGES.sub("", text) if not _LONG.fullmatch(text.strip()) else text.strip()
    if _LONG.fullmatch(text):
        return text
    short = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    return short if len(short) == SHORT_LENGTH and set(short) <= set(SHORT_ALPHABET) else None


def find_code(text: str) -> str | None:
    """Return the code that a text is, or that stands between other words or at the end of a link; else None.

    Between words it must look like one: a long word, or three of four letters, is none.
    """
    if code := read_code(text):
        return code
    plain = unicodedata.normalize("NFKC", text)
    for found in _LONG_INSIDE.finditer(plain):
        if _looks_made_up(found[0]):
            return found[0]
    for found in _SHORT_INSIDE.finditer(_DASHES.sub("-", plain)):
        typed = found[0]
        if "-" in typed or any(c.isdigit() for c in typed) or typed.isupper():
            return _BETWEEN.sub("", typed).upper()
    return None


def _looks_made_up(token: str) -> bool:
    """Tell a random token from a long word, also one that begins a sentence or is written in capitals."""
    rest = token[1:]
    return any(c.isdigit() for c in token) or (any(c.islower() for c in rest) and any(c.isupper() for c in rest))


class Invitations:
    """All invitations, found by the blind index of their code."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def make(
        self,
        connection: AsyncConnection,
        now: datetime,
        expires: datetime,
        case_id: str | None = None,
        staff_id: str | None = None,
    ) -> FreshCode:
        """Make an invitation for a case or a member of staff; a former one ends."""
        await connection.execute(_END, {"of_case": case_id, "of_staff": staff_id, "now": now})
        code = secrets.token_urlsafe(CODE_BYTES)
        short = "".join(secrets.choice(SHORT_ALPHABET) for _ in range(SHORT_LENGTH))
        row: dict[str, Any] = {
            "id": new_id(),
            "case_id": case_id,
            "staff_id": staff_id,
            "code_hash": self._vault.blind("invitation", code),
            "short_hash": self._vault.blind("invitation", short),
            "made_at": now,
            "expires_at": expires,
            "tries": 0,
        }
        await connection.execute(_INSERT, [row])
        return FreshCode(code, "-".join(short[i : i + 4] for i in range(0, SHORT_LENGTH, 4)), expires)

    async def find(self, connection: AsyncConnection, code: str) -> Invitation | None:
        """Return the invitation of a well-formed code, whatever its state."""
        row = (await connection.execute(_FIND, {"hash": self._vault.blind("invitation", code)})).first()
        if row is None:
            return None
        times = (row.made_at, row.expires_at, row.used_at, row.ended_at)
        return Invitation(row.id, row.case_id, row.staff_id, *times, row.tries)

    async def wrong(self, connection: AsyncConnection, now: datetime) -> int:
        """Return how many codes that open nothing were tried in the hour that began with the first of them."""
        count, _, since = (await installation.get(connection, installation.WRONG_CODES) or "").partition(" ")
        return int(count) if since and now - datetime.fromisoformat(since) < timedelta(hours=1) else 0

    async def count_wrong(self, connection: AsyncConnection, more: int, now: datetime) -> bool:
        """Add to them; the first of an hour begins it. True when these were the ones of which somebody must hear."""
        before = await self.wrong(connection, now)
        kept = await installation.get(connection, installation.WRONG_CODES) or ""
        since = kept.partition(" ")[2] if before else now.isoformat()
        await installation.keep(connection, installation.WRONG_CODES, f"{before + more} {since}")
        return before < WRONG_AN_HOUR <= before + more

    async def use(self, connection: AsyncConnection, invitation: Invitation, now: datetime) -> bool:
        """Use it up; False when somebody else was first or its time is over."""
        return bool((await connection.execute(_USE, {"row_id": invitation.id, "now": now})).rowcount)

    async def end(self, connection: AsyncConnection, case_id: str, now: datetime) -> None:
        """End what is open for a case."""
        await connection.execute(_END, {"of_case": case_id, "of_staff": None, "now": now})

    async def burn(self, connection: AsyncConnection, invitation: Invitation, now: datetime) -> None:
        """End an invitation that others have seen."""
        await connection.execute(_BURN, {"row_id": invitation.id, "now": now})

    async def miss(self, connection: AsyncConnection, invitation: Invitation, now: datetime) -> bool:
        """Count a wrong year of birth; True when that was the last try and the invitation is burned."""
        await connection.execute(_TRY, {"row_id": invitation.id})
        if invitation.tries + 1 < TRIES:
            return False
        await connection.execute(_BURN, {"row_id": invitation.id, "now": now})
        return True
