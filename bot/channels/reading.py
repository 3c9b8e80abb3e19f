"""Reading: from what came in, by whatever channel, to whose it is and what was said."""

from __future__ import annotations

from typing import Any

from telegram import Bot

from bot.channels.telegram import envelope, read
from bot.channels.telegram.envelope import Envelope
from conversations.said import Came, NotDelivered, Said

posted_in, query_in = read.posted_in, read.query_in

# What we say to ourselves: what came of an errand, or that something did not arrive.
OURS = "voorzorg"


def address(update: Any) -> Envelope:
    """Return whose chat an update is of; `ours`: what we say to ourselves."""
    if isinstance(update, dict) and OURS in update and "update_id" not in update:
        return Envelope("ours", update[OURS]["telegram_id"])
    return envelope.read_envelope(update)


def said_in(update: dict[str, Any], bot: Bot) -> Said:
    """Return what was said in a private chat; raises NothingSaidError when nobody can tell."""
    if OURS not in update:
        return read.read(update, bot)
    ours = update[OURS]
    if "result" in ours:
        return Came(kind=ours["kind"], by=ours["by"], about=ours.get("about"), result=ours["result"])
    return NotDelivered(kind=ours["kind"])
