"""Erasing a person: the ledger, what waits about them in anybody's chat, and then the case with all that hangs from it.

Paper, pictures and screens about them that colleagues wait for do not leave any more; a batch of letters leaves without
theirs, and so does a list that waits for its yes. What a colleague's phone shows of the case folds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.outgoing import showing, to_chat
from bot.stores import Stores
from conversations import notices
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.engines.plain_json import dumps, loads
from storage.keys.erasure import ErasureLedger, erase
from storage.people.chats import Chat
from storage.people.names import identity_key, person_key
from storage.queues import drafts
from storage.queues.outbox import Outbox, Outgoing
from storage.schema import invitations, staff

# A place that no conversation has: its first one is shown instead (conversations/router.py).
GONE: dict[str, Any] = {"kind": "gone"}
# What stands for them in a list of cases without names.
NOBODY = "–"
_CODE = re.compile(r"start=([A-Za-z0-9_-]{22})")
_CODES = select(invitations.c.code_hash).where(invitations.c.case_id.is_not(None))
_STAFF = select(staff.c.id)


class Gone:
    """Somebody who is erased, as what waits may mention them: by reference, by a code, or in a row of a list."""

    def __init__(self, case: Case, codes: set[bytes], stores: Stores) -> None:
        self.ref = case.ref
        self._who = case.identity
        self._municipality = case.municipality
        self._codes = codes
        self._vault = stores.vault

    def is_in(self, text: str) -> bool:
        """Tell whether a text, or data as text, is about them."""
        if self.ref in text:
            return True
        return any(self._vault.blind("invitation", found[1]) in self._codes for found in _CODE.finditer(text))

    def is_row(self, cells: list[Any]) -> bool:
        """Tell whether a row of a list is theirs: by its number, or by name and year."""
        said = [str(cell) for cell in cells if cell is not None]
        if self._who.number is not None and self._who.number in said:
            return True
        first, last, year = identity_key(self._who)
        names = {person_key(cell, "", None)[0] for cell in said}
        return bool(first and last) and {first, last} <= names and str(year) in said

    def is_listed(self, row: dict[str, Any]) -> bool:
        """Tell whether a row of an overview that waits for its yes is theirs."""
        if row["number"] == self._who.number:
            return True
        who = person_key(row["first_name"], row["last_name"], row["birth_year"])
        return (
            row["municipality"] == self._municipality and who == identity_key(self._who) and bool(self._who.last_name)
        )

    def leave(self, content: dict[str, Any]) -> bool:
        """Take their rows out of an overview that waits for its yes; True when there were any."""
        overview = content["overview"]
        theirs = [row for row in overview.get("rows", ()) if self.is_listed(row)]
        refused = [row for row in overview.get("rejected", ()) if self.is_row(row["cells"])]
        if not theirs and not refused:
            return False
        nothing: dict[str, Any] = {"cells": [], "meant": None, "offers": [], "number": ""}
        content["overview"] = overview | {
            "rows": [row for row in overview["rows"] if row not in theirs],
            "rejected": [row | nothing if row in refused else row for row in overview["rejected"]],
            "numbers": [number for number in overview["numbers"] if number != self._who.number],
        }
        # Refused as such in the dry run (bot/lookups/waiting_overviews.py).
        said = [[row["row"], row["municipality"], row["province"]] for row in theirs]
        content["erased"] = [*content.get("erased", ()), *said]
        return True

    def without(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """Return what may still leave of a message: itself, the rest of what several people are in, or None."""
        document = payload.get("document")
        if isinstance(document, dict):
            if "letters" in document:
                left = [letter for letter in document["letters"] if not self.is_in(dumps(letter))]
                return _with(payload, document, letters=left) if left else None
            if document.get("template") == "workbook":  # what is counted of them stays, without them
                counted: dict[str, Any] = loads(dumps(payload).replace(self.ref, NOBODY))
                return counted
            if document.get("template") == "posting_list":
                lines = [line for line in document["rows"] if not self.is_in(dumps(line))]
                return _with(payload, document, rows=lines) if lines else None
            if document.get("template") == "table":
                sheets = [s | {"rows": [r for r in s["rows"] if not self.is_row(r)]} for s in document["sheets"]]
                return _with(payload, document, sheets=sheets) if any(s["rows"] for s in sheets) else None
        return None if self.is_in(dumps(payload)) else payload


def _with(payload: dict[str, Any], document: dict[str, Any], **part: Any) -> dict[str, Any]:
    return payload | {"document": document | part}


def mentions(thing: Outgoing, refs: Iterable[str]) -> bool:
    """Tell whether something to be sent is about one of these cases."""
    text = dumps(thing.payload)
    return any(ref in text for ref in refs)


async def erase_person(
    connection: AsyncConnection,
    stores: Stores,
    ledger: ErasureLedger,
    case: Case,
    chat: Chat | None,
    day: date,
    zone: ZoneInfo,
) -> list[Outgoing]:
    """Erase a case; returns what is to be sent because of it: screens that fold on the phones of colleagues."""
    ledger.note(case.identity, case.municipality, day)
    mine = _CODES.where(invitations.c.case_id == case.id)
    codes = set((await connection.execute(mine)).scalars())
    gone = Gone(case, codes, stores)
    stranded = await _withdraw(connection, stores, gone, None if chat is None else chat.id)
    folds = await _lead_away(connection, stores, gone, stranded, zone)
    await erase(connection, case, (chat.id, chat.index) if chat else None)
    return folds


async def _withdraw(connection: AsyncConnection, stores: Stores, gone: Gone, own: str | None) -> set[str]:
    """Take back what waits about somebody; returns the chats that wait for a screen in vain."""
    outbox = Outbox(stores.vault)
    dropped: list[tuple[int, str, str | None]] = []
    stranded: set[str] = set()
    for row in await outbox.messages(connection):
        if row.chat_id == own:
            continue
        left = gone.without(row.payload)
        if left is None:
            dropped.append((row.seq, "dropped", "erased"))
            if row.kind == "screen":
                stranded.add(row.chat_id)
        elif left != row.payload:
            row.payload = left
            await outbox.rewrite(connection, row)
    await outbox.finish(connection, dropped)
    return stranded


async def _lead_away(
    connection: AsyncConnection, stores: Stores, gone: Gone, stranded: set[str], zone: ZoneInfo
) -> list[Outgoing]:
    """Take somebody out of what colleagues are at: the place of their chat, and lists that wait for a yes."""
    members = await stores.team.load(connection, list((await connection.execute(_STAFF)).scalars()))
    chats = await stores.chats.of_staff(connection, members)
    folds, changed = [], []
    for chat in chats.values():
        if gone.is_in(dumps(chat.place)):
            chat.place = dict(GONE)
            changed.append(chat)
        elif chat.id not in stranded:
            continue
        if chat.screen_message is not None and chat.blocked_at is None:
            folds.append(_fold(chat, zone))
    await stores.chats.save(connection, changed)
    for draft, member in await drafts.all_of(connection, members):
        if gone.leave(draft.content):
            await drafts.save(connection, member, draft)
    return folds


def _fold(chat: Chat, zone: ZoneInfo) -> Outgoing:
    """Let a colleague's screen fold to a neutral line, with the way on."""
    return to_chat(chat, "fold", showing(notices.folded(words_for(chat.language, zone))))
