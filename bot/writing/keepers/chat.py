"""The chat of a turn: the answer to a tap, what goes out of it, and its screen."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.outgoing import showing
from bot.writing.writing import Writing
from conversations import notices
from conversations.effects.chat import Answer, Show, Sweep, TakeOut
from conversations.turn import Turn
from storage.queues.outbox import STUB, Outgoing


def answer(chat_id: str, effect: Answer) -> Outgoing:
    """Return the answer to a tap."""
    return Outgoing(chat_id, "answer", {"tap": effect.tap, "text": effect.text})


def taken_out(chat_id: str, turn: Turn, effect: TakeOut) -> Outgoing:
    """Return what takes a message out of the chat of a turn."""
    said = {"to": turn.chat.telegram_id, "message_id": effect.message_id}
    if not effect.was_screen:
        return Outgoing(chat_id, "delete", said)
    return Outgoing(chat_id, "clear", said | showing(notices.superseded(turn.words)))


async def keep_answers(writing: Writing, effects: Iterable[tuple[Turn, Answer]]) -> None:
    """Answer taps, before all else."""
    writing.outcome.outgoing += [answer(turn.chat.id, effect) for turn, effect in effects]


async def keep_taken_out(writing: Writing, effects: Iterable[tuple[Turn, TakeOut]]) -> None:
    """Take messages out, before a screen is shown: then it is edited where it stands."""
    writing.outcome.outgoing += [taken_out(turn.chat.id, turn, effect) for turn, effect in effects]


async def keep_swept(writing: Writing, effects: Iterable[tuple[Turn, Sweep]]) -> None:
    """Take all out that still can go."""
    for turn, _ in effects:
        if standing := turn.chat.sweep(turn.now):
            writing.send(turn.chat, "sweep", {"message_ids": standing})


async def keep_shown(writing: Writing, effects: Iterable[tuple[Turn, Show]]) -> None:
    """Show screens; where others may see the lock screen, a neutral line comes first if it must be a new message."""
    for turn, effect in effects:
        payload = showing(effect.screen, effect.number)
        if effect.private:
            payload[STUB] = showing(notices.folded(turn.words))
        writing.send(turn.chat, "screen", payload)
