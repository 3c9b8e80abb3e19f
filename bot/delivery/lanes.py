"""Lanes: the rows of one batch by chat, each in order, up to and with its first message."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from storage.queues.outbox import MESSAGES, Outgoing

# Messages in one batch, at most: a kill sends these twice.
MOST = 64

Lane = list[Outgoing]


def in_lanes(rows: Iterable[Outgoing], chat_waits: Callable[[int], float]) -> list[Lane]:
    """Group rows by chat, in order, each lane up to and with its first message; chats that must wait stay out.

    `chat_waits`: the seconds for which a chat waits yet, by the number that the channel knows it by.
    """
    lanes: dict[str, Lane] = {}
    full: set[str] = set()
    messages = 0
    for row in rows:
        lane = row.chat_id or f"row {row.seq}"
        if row.damaged:
            lanes.setdefault(f"{lane} damaged", []).append(row)
        elif row.kind == "answer":  # the tapped button stops its clock at once, whatever else waits
            lanes.setdefault(f"{lane} answers", []).append(row)
        elif lane not in full:
            if row.kind in MESSAGES:
                full.add(lane)
                if messages >= MOST or chat_waits(row.payload["to"]):
                    continue
                messages += 1
            lanes.setdefault(lane, []).append(row)
    return [lane for lane in lanes.values() if lane]
