"""Kept things about the person of a case, outside the case itself: for them to read, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.coordination.bottlenecks import Bottleneck
from storage.engines.plain_json import loads
from storage.figures.monitoring import FACTS
from storage.keys.vault import Vault
from storage.schema import audit, inbox, invitations, monitoring, outbox

_TRAIL = (
    select(audit.c.at, audit.c.actor, audit.c.origin, audit.c.verb, audit.c.object, audit.c.result)
    .where(or_(audit.c.object.in_(bindparam("objects", expanding=True)), audit.c.actor == bindparam("of_case")))
    .order_by(audit.c.seq)
)
_INVITED = (
    select(*(invitations.c[name] for name in ("made_at", "expires_at", "used_at", "ended_at", "tries")))
    .where(invitations.c.case_id == bindparam("of_case"))
    .order_by(invitations.c.made_at, invitations.c.id)
)
_OUT = (
    select(outbox.c.key, outbox.c.kind, outbox.c.made_at, outbox.c.not_before, outbox.c.payload)
    .where(outbox.c.chat_id == bindparam("of_chat"), outbox.c.payload.is_not(None))
    .order_by(outbox.c.seq)
)
_IN = (
    select(inbox.c.seq, inbox.c.state, inbox.c.received_at)
    .where(inbox.c.chat_index == bindparam("of_chat"), inbox.c.state == "parked")
    .order_by(inbox.c.seq)
)
_COUNTED = select(*(monitoring.c[name] for name in FACTS)).where(monitoring.c.case_id == bindparam("of_case"))


@dataclass(frozen=True, slots=True)
class Trace:
    """A line of the audit trail that is about the case, or that the person left."""

    at: datetime
    actor: str | None
    origin: str
    verb: str
    object: str | None
    result: str


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made for the case; its code is kept by nobody."""

    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    tries: int


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """Something that has not left yet; `text`: what stands in it, where it has words."""

    kind: str
    made_at: datetime
    not_before: datetime
    text: str


@dataclass(slots=True, repr=False)
class Kept:
    """All of it. `names`: of members of the team, by id. `parked`: when something came in that could not be read."""

    names: dict[str, str] = field(default_factory=dict)
    trail: list[Trace] = field(default_factory=list)
    invitations: list[Invited] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    parked: list[datetime] = field(default_factory=list)
    bottlenecks: list[Bottleneck] = field(default_factory=list)
    counted: dict[str, Any] | None = None


def _open(vault: Vault, row: Any) -> str:
    return vault.transit.open("outbox", "payload", row.key, row.payload)


async def read_kept(connection: AsyncConnection, vault: Vault, case: tuple[str, str], chat: tuple[str, bytes]) -> Kept:
    """Return it, without names and bottlenecks; `case`: id and reference, `chat`: id and blind index."""
    case_id, ref = case
    trail = await connection.execute(_TRAIL, {"objects": [ref, case_id, chat[0]], "of_case": case_id})
    invited = await connection.execute(_INVITED, {"of_case": case_id})
    kept = Kept(trail=[Trace(*row) for row in trail], invitations=[Invited(*row) for row in invited])
    for row in await connection.execute(_OUT, {"of_chat": chat[0]}):
        text = vault.ring.damage.opened("outbox", row.key, partial(_open, vault, row))
        payload = {} if text is None else loads(text)
        said = payload["screen"][0] if "screen" in payload else payload.get("caption") or payload.get("text") or ""
        kept.waiting.append(Waiting(row.kind, row.made_at, row.not_before, said))
    kept.parked = [row.received_at for row in await connection.execute(_IN, {"of_chat": chat[1]})]
    counted = (await connection.execute(_COUNTED, {"of_case": case_id})).mappings().first()
    kept.counted = dict(counted) if counted is not None else None
    return kept
