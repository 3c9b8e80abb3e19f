"""Admission of what comes in, before it counts: too much from one person, or so old that it is not meant for now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from conversations.said import Left, Said, Tapped
from conversations.self_reporter.phrases import number
from conversations.turn import Turn
from storage.people.chats import Chat

# What one person may send: twice a second for a whole minute, all at once or spread, taps and all. Nobody types or
# taps that much by hand; a script does (hostile input 12).
AT_ONCE = timedelta(minutes=1)
EACH = AT_ONCE / 120
# Who went over it is heard again after as long a silence.
SILENCE = timedelta(minutes=1)
# Telegram keeps a message for a day: one that is older when it comes was kept by nobody we know (hostile input 6).
OLDEST = timedelta(hours=24)


def admitted(turn: Turn, said: Said, received_at: datetime) -> bool:
    """Tell whether what was said is to be handled; what is not is answered here, once or, for a tap, each time.

    Time is counted from when updates came in, so that what waited for us is not held against anybody's pace.
    Whether we are blocked is always heard.
    """
    if isinstance(said, Left):
        return True
    excess = _excess(turn.chat, received_at)
    if excess != "none":
        if excess == "first":
            turn.remark(
                turn.text(
                    "You send a lot of messages. I do not read them now. Wait 1 minute. Then send it once more.\n\n"
                    "Is it urgent? Call {number}",
                    number=number(turn),
                )
            )
        elif isinstance(said, Tapped):
            turn.toast = turn.text("That goes too fast. Wait 1 minute.")
        return False
    if said.written is not None and received_at.timestamp() - said.written > OLDEST.total_seconds():
        turn.delete(turn.message_id)
        turn.remark(turn.text("That message is old. Do you still mean it? Type it once more."))
        return False
    return True


def _excess(chat: Chat, at: datetime) -> Literal["none", "first", "again"]:
    """Count one more thing from this chat; tell whether it is the first too many, or one more of those."""
    ahead = max(chat.busy_until or at, at)
    if ahead > at + AT_ONCE + SILENCE + EACH:
        ahead = at  # further ahead than anybody gets: our clock has been set back since
    if ahead - at > AT_ONCE:
        chat.busy_until = at + AT_ONCE + SILENCE
        return "again"
    chat.busy_until = ahead + EACH
    if chat.busy_until - at <= AT_ONCE:
        return "none"
    chat.busy_until = at + AT_ONCE + SILENCE
    return "first"
